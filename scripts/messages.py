#!/usr/bin/env python3
"""The message catalogues. Vietnamese is the source; English must be complete; `vi` only fills what Django lacks.

messages.py update    extract every marked string into truongso/locale/*/LC_MESSAGES/django.po
messages.py compile   make the .mo files (part of every build; they are not committed)
messages.py check     say which strings are not extracted, not translated, or translated with other placeholders
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "truongso"
METHODS = [
    ("**/tests/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
]
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "N_": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),  # type: ignore[dict-item]
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def po_path(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def extracted() -> Catalog:
    """Every string marked for translation in our code and templates, in the order of its text."""
    catalog = Catalog(project="truongso", charset="utf-8")
    options = {"jinja2": {}, "**/templates/**.html": {"trimmed": "true", "silent": "false"}}
    for name, _line, message, comments, context in extract_from_dir(
        PACKAGE, METHODS, options, keywords=KEYWORDS, comment_tags=["Translators:"]
    ):
        catalog.add(message, None, [(f"truongso/{name}", 1)], auto_comments=comments, context=context)
    return catalog


def read(language: str) -> Catalog:
    path = po_path(language)
    if not path.is_file():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as handle:
        return read_po(handle, locale=language)


def update() -> None:
    found = extracted()
    english = read("en")
    english.update(found, no_fuzzy_matching=True)
    english.obsolete.clear()
    for message in english:
        message.locations = sorted({(name, 1) for name, _ in message.locations})
    with po_path("en").open("wb") as handle:
        write_po(handle, english, sort_output=True, include_lineno=False, omit_header=False, width=120)


def compile_all() -> None:
    for language in ("en", "vi"):
        if po_path(language).is_file():
            with po_path(language).with_suffix(".mo").open("wb") as handle:
                write_mo(handle, read(language))


def problems() -> list[str]:
    """Sentences about what is missing or wrong in the English catalogue; empty when it is complete."""
    english = read("en")
    wrong = []
    for message in extracted():
        if not message.id:
            continue
        ours = english.get(message.id, message.context)
        if ours is None or not ours.string or (isinstance(ours.string, tuple) and not all(ours.string)):
            wrong.append(f"not translated: {message.id!r} ({message.locations[0][0]})")
            continue
        source = message.id if isinstance(message.id, tuple) else (message.id,)
        target = ours.string if isinstance(ours.string, tuple) else (ours.string,)
        if {p for text in source for p in PLACEHOLDER.findall(text)} != {
            p for t in target for p in PLACEHOLDER.findall(t)
        }:
            wrong.append(f"other placeholders: {message.id!r}")
    return wrong


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update"]:
            update()
        case ["compile"]:
            compile_all()
        case ["check"]:
            wrong = problems()
            print("\n".join(wrong) or "The English catalogue is complete.")
            return bool(wrong)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
