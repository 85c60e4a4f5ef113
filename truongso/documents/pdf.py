"""PDF by typst with our own fonts: the same page on every machine.

Data reaches a template as JSON and is set as plain text, so nothing a person typed is ever read as markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst

FONTS = Path(__file__).parent / "fonts"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ud800-\udfff\ufffe\uffff]")
_one = Lock()  # one page is set at a time in a process: memory stays bounded, the cores stay free for pages


def render_typst(template: Path, data: Mapping[str, Any], *, archival: bool = False) -> bytes:
    """The PDF of a typst template, which reads `json(bytes(sys.inputs.data))`.

    `archival` makes it PDF/A-2b (official documents); a text with signs that no font of ours has (emoji) makes a plain
    PDF instead. Raises typst.TypstError when the template is wrong.
    """
    text = json.dumps(_clean(data), ensure_ascii=False)
    with _one:
        if archival:
            try:
                return _compile(template, text, ["a-2b"])
            except typst.TypstError as error:
                if "could not be displayed" not in str(error):
                    raise
        return _compile(template, text, [])


def _compile(template: Path, text: str, standards: list[Literal["a-2b"]]) -> bytes:
    made: bytes = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": text},
        pdf_standards=list(standards),
    )
    return made


def _clean(value: Any) -> Any:
    """Without characters that have no place on paper."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value)
    if isinstance(value, Mapping):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value
