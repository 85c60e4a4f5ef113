"""Which field a column is, by what stands over it. Known words only: an unknown header is left, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from truongso.intake.data import load
from truongso.intake.text import folded, plain

_YEARS = re.compile(r"\b20\d\d\s*[-–—/]\s*(20)?\d\d\b")  # "Lớp 2026-2027"
_BOTH = re.compile(r"((?:ho (?:va )?)?ten)(?: va)? (?:sdt|dt|so dt|so dien thoai|dien thoai)")  # one cell for both
OWNERS = ("father", "mother", "guardian", "parent")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    fields: dict[str, str]  # folded header → field
    of: dict[str, str]  # folded attribute → name; "" is the name itself
    owners: tuple[tuple[str, str], ...]  # (words, owner), longest first
    noise: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    data = load("headers")
    fields = {words: name for name, all_words in data["fields"].items() for words in all_words}
    of = {words: name for name, all_words in data["of"].items() for words in all_words}
    owners = sorted(((w, o) for o, ws in data["owners"].items() for w in ws), key=lambda p: -len(p[0]))
    noise = sorted(data["noise"], key=len, reverse=True)
    return Vocabulary(fields, of, tuple(owners), tuple(noise))


def _without(text: str, words: str) -> str | None:
    """`text` without these whole words; None when they are not in it."""
    found = re.search(rf"(?:^|\s){re.escape(words)}(?=\s|$)", text)
    return " ".join((text[: found.start()] + " " + text[found.end() :]).split()) if found else None


def _quiet(text: str, words: Vocabulary) -> str:
    for noise in words.noise:
        shorter = _without(text, noise)
        while shorter:
            text, shorter = shorter, _without(shorter, noise)
    return text


def _own(text: str, words: Vocabulary) -> str | None:
    """A field of the row's own person."""
    for tried in (text, _quiet(text, words)):
        if tried in words.fields:
            return words.fields[tried]
        if tried and tried in words.of:
            return {"name": "full_name", "birth_year": "birth_year"}.get(words.of[tried], words.of[tried])
    return None


def _of_owner(text: str, words: Vocabulary) -> str | None:
    for tried in (text, _quiet(text, words)):
        for said, owner in words.owners:
            rest = _without(tried, said)
            if rest is None:
                continue
            for left in (rest, _quiet(rest, words), *_BOTH.findall(rest)[:1]):
                if left in words.of:
                    return f"{owner}.{words.of[left]}"
    return None


def owner_in(header: str) -> str | None:
    """Whose column it is, where the header names a parent."""
    words, text = vocabulary(), _quiet(_safe(header), vocabulary())
    return next((owner for said, owner in words.owners if _without(text, said) is not None), None)


def _safe(header: str) -> str:
    """Folded; but "Bộ" (the ministry) is not "bố" (the father): only where the marks say so."""
    return (
        folded(re.sub(r"\bbộ\b(?!\s*(?:gd|giáo))", " ", plain(header), flags=re.I))
        if "bộ" in plain(header).lower()
        else folded(header)
    )


@lru_cache(maxsize=20_000)
def field_of(header: str) -> str | None:
    """The field of one header text, with and without what stands in brackets."""
    if len(header) > 150:
        return None
    words = vocabulary()
    if plain(header).strip().lower() == "năm":
        return "birth_year_part"  # beside "Ngày", "Tháng"; "Nam" is for boys: only the marks tell
    header = _YEARS.sub(" ", plain(header))
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]|\*", " ", header)
    for text in dict.fromkeys((folded(header), folded(bare))):
        found = _own(text, words) if text else None
        if found:
            return found
    for text in dict.fromkeys((_safe(header), _safe(bare))):
        found = _of_owner(text, words) if text else None
        if found:
            return found
    return None


def field_of_path(path: Sequence[str]) -> str | None:
    """The field under headers that stand over each other: ("Cha", "Họ tên") or ("Ngày sinh", "Tháng")."""
    parts = [part for part in dict.fromkeys(map(plain, path)) if part]
    if not parts:
        return None
    if len(parts) == 1:
        return field_of(parts[0])
    if (side := _born(parts)) is not None:
        return side
    for start in range(len(parts) - 1):
        found = field_of(" ".join(parts[start:]))
        if found:
            return found
    above = [owner for part in parts[:-1] if (owner := owner_in(part))]
    if above and owner_in(parts[-1]) is None and not _several(parts[:-1]):
        return None  # the father's something that we do not keep
    return field_of(parts[-1])


def _born(parts: Sequence[str]) -> str | None:
    """Under the day of birth, "Nam | Nữ" (boys, girls) is not "Năm" (the year): only the marks tell."""
    last = parts[-1].lower()
    if last not in {"nam", "nữ"} or "sinh" not in folded(" ".join(parts[:-1])):
        return None
    return "birth_m" if last == "nam" else "birth_f"


def _several(parts: Sequence[str]) -> bool:
    """ "Thông tin học sinh và cha mẹ": a heading over both is nobody's."""
    text = " ".join(folded(p) for p in parts)
    return "hoc sinh" in text or "gia dinh" in text
