"""Assignments as people type them: "Toán 6A, 6B; HĐTN 6A (CN)", "Toán: 6A1,2,3; Tin 7A1-7A3", "Lý 8A (KHTN)", "CN 6A1"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from truongso.intake.text import folded, plain
from truongso.school.rules.classes import clean_name

_CLASS = r"(?:1[0-2]|[1-9])\s?(?:[A-ZĐa-zđ]\s?\d{0,2}|[./]\s?\d{1,2})"
_SPAN = rf"{_CLASS}\s*(?:-|–|→|đến|den|\.\.+)\s*(?:{_CLASS}|\d{{1,2}}(?!\d|[A-Za-z/.])|[A-ZĐ]\d{{0,2}}(?!\w))"
_ONE = re.compile(rf"{_SPAN}|{_CLASS}", re.I)
_MORE = re.compile(r"\s*[,+;&]\s*(\d{1,2}|[A-ZĐ]\d{0,2})(?![\w/.])")
_HOMEROOM = {"cn", "chu nhiem", "gvcn", "chu nhiem lop", "cn lop", "chunhiem", "c nhiem"}
_PERIODS = re.compile(r"\(?\s*\d{1,2}\s*(?:tiết|tiet|t)(?:\s*/\s*\w+)?\s*\)?", re.I)


@dataclass(frozen=True, slots=True)
class Teach:
    """One subject in one class; `subject` is the text that stands there, `hint` what stood in brackets."""

    subject: str
    class_name: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Homeroom:
    class_name: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """A piece that says two things or none: `why` is "cn" (chủ nhiệm or Công nghệ?) or "shape"."""

    text: str
    why: str
    classes: tuple[str, ...] = ()


Piece = Teach | Homeroom | Unclear


def parse(text: str, *, teaches: Callable[[str], bool], own_technology: bool | None = None) -> list[Piece]:
    """The pieces of a cell. `teaches` says whether a word is a subject; `own_technology` whether this teacher teaches
    Công nghệ (None: not known), which decides what "CN 6A1" means."""
    found: list[Piece] = []
    subject = ""
    for chunk in _chunks(_PERIODS.sub(" ", plain_lines(text))):
        subject = _chunk(chunk, subject, found, teaches, own_technology)
    return list(dict.fromkeys(found))


def plain_lines(text: str) -> str:
    return ";".join(plain(line) for line in re.split(r"[\n\r]+", text))


def _chunks(text: str) -> list[str]:
    """Cut before each word that is followed by classes: separators are unreliable ("Toán 6A, 6B, Tin 7A")."""
    pieces = [p for p in re.split(r";|\.\s+(?=[^\W\d_])|\s\|\s", text) if p.strip(" ,.:-+")]
    cut: list[str] = []
    for piece in pieces:
        cut += [
            p
            for p in re.split(
                r",\s*(?=[^\W\d_]{2,})|(?<=[\d)])\s*[-–]\s*(?=[^\W\d_]{2,})|(?<=\d[A-Za-zĐ])\s*[-–]\s*(?=[^\W\d_]{2,})|\+\s*(?=[^\W\d_]{2,})|(?<=[\d)])\s+(?=[^\W\d_]{2,}[^,;]*\d)|(?<=\d[A-Za-zĐ])\s+(?=[^\W\d_]{2,}[^,;]*\d)",
                piece,
            )
            if p.strip(" ,.:-+")
        ]
    return cut


def _chunk(
    chunk: str, before: str, found: list[Piece], teaches: Callable[[str], bool], own_technology: bool | None
) -> str:
    hints = [h.strip() for h in re.findall(r"\(([^)]*)\)", chunk)]
    bare = re.sub(r"\(([^)]*)\)", lambda m: f" {m[1]} " if _ONE.search(m[1]) and not _homeroom(m[1]) else " ", chunk)
    first = _ONE.search(bare)
    word = (bare[: first.start()] if first else bare).strip(" ,.:-–+")
    word = re.sub(r"^(dạy|môn|giảng dạy|day|mon)\s+", "", word, flags=re.I)
    word = re.sub(r"\s*(?:các\s+)?(?:lớp|lop|khối|khoi)\s*:?\s*$", "", word, flags=re.I).strip(" :,-–")
    classes = class_list(bare[first.start() :]) if first else []
    if not first:
        if (word and not teaches(word)) or word:
            found.append(Unclear(chunk.strip(), "shape"))
        return word or before
    if classes and folded(word) in {"", "va", "lop", "cac lop"}:
        word = before
    homeroom_hint = any(_homeroom(h) for h in hints)
    hint = next((h for h in hints if h and not _homeroom(h) and not _ONE.search(h)), "")
    if _homeroom(word):
        _homeroom_or_technology(chunk, word, classes, found, own_technology)
        return word
    if not word:
        found.append(Unclear(chunk.strip(), "shape", tuple(classes)))
        return before
    found += [Teach(word, name, hint) for name in classes]
    if homeroom_hint and classes:
        found.append(Homeroom(classes[-1] if len(classes) > 1 else classes[0]))
    return word


def _homeroom_or_technology(
    chunk: str, word: str, classes: list[str], found: list[Piece], own_technology: bool | None
) -> None:
    if folded(word) != "cn":
        found.extend(Homeroom(name) for name in classes)
    elif len(classes) > 1 or (own_technology is True and any(isinstance(p, Homeroom) for p in found)):
        found.extend(Teach("Công nghệ", name) for name in classes)  # nobody is homeroom teacher of two classes
    elif own_technology is False:
        found.extend(Homeroom(name) for name in classes)
    else:
        found.append(Unclear(chunk.strip(), "cn", tuple(classes)))


def _homeroom(text: str) -> bool:
    return folded(text) in _HOMEROOM


def class_list(text: str) -> list[str]:
    """ "6A1,2,3 và 7A1-7A3" → six names"""
    names: list[str] = []
    at = 0
    while (hit := _ONE.search(text, at)) is not None:
        made = expand(hit[0])
        names += made
        at = hit.end()
        stem = re.match(r"(\d{1,2}\s?[A-ZĐ]?[./]?)", made[-1], re.I) if made else None
        while stem and (more := _MORE.match(text, at)):
            tail = more[1]
            head = stem[1] if tail.isdigit() else re.match(r"\d{1,2}", made[-1])[0]  # type: ignore[index]
            if tail.isdigit() and not re.search(r"\D$", head):
                break
            names.append(clean_name(head + tail))
            at = more.end()
    return list(dict.fromkeys(names))


def expand(text: str) -> list[str]:
    """ "7A1-7A3", "7A1-3", "6A-C" → each class; one name stays one."""
    ends = [e for e in re.split(r"\s*(?:-|–|→|đến|den|\.\.+)\s*", text.strip()) if e]
    if len(ends) != 2:
        return [clean_name(text)]
    first, last = clean_name(ends[0]), ends[1].replace(" ", "").upper()
    numbered = re.fullmatch(r"(.*?\D)(\d{1,2})", first)
    if numbered:
        until = re.search(r"(\d{1,2})$", last)
        if (
            until
            and int(numbered[2]) <= int(until[1]) <= 40
            and (last.isdigit() or clean_name(last).startswith(numbered[1]))
        ):
            return [f"{numbered[1]}{n}" for n in range(int(numbered[2]), int(until[1]) + 1)]
    lettered = re.fullmatch(r"(\d{1,2})([A-Z])", first)
    if lettered and last[-1:].isalpha() and ord(lettered[2]) <= ord(last[-1]):
        return [f"{lettered[1]}{chr(n)}" for n in range(ord(lettered[2]), ord(last[-1]) + 1)]
    return [first, clean_name(ends[1])]
