"""Names of classes and years wherever they stand: cells, titles, names of sheets."""

from __future__ import annotations

import re

from truongso.intake.text import folded, plain
from truongso.school.rules.classes import clean_name, grade_of

_NAME = r"(?:1[0-2]|[1-9])\s?(?:[A-ZĐa-zđ]{1,2}\s?\d{0,2}|[./-]\s?\d{1,2})(?:[./-]\d{1,2})?"
_TITLE = re.compile(rf"(?:l[ớơờởo]p|lop)\s*(?:học|hoc)?\s*[:\-–.]?\s*({_NAME})(?![\w/])", re.I)
_BARE = re.compile(rf"(?<!\w)({_NAME})(?!\w)")
_YEAR = re.compile(r"(20\d\d)\s*[-–—/_]\s*(20\d\d|\d\d)(?!\d)")


def class_in_title(text: str) -> str:
    """ "DANH SÁCH HỌC SINH LỚP 6A1 – NĂM HỌC 2026-2027" → "6A1"; empty when there is none, or several."""
    found = {clean_name(m) for m in _TITLE.findall(plain(text))}
    return found.pop() if len(found) == 1 else ""


def class_in_sheet_name(name: str) -> str:
    """ "6A1", "Lop 6A1", "DS_6A1", "6A1 (2)" → "6A1" """
    bare = re.sub(r"[_\-]+", " ", re.sub(r"\(\d+\)", " ", plain(name)))
    bare = re.sub(r"\b(ds|danh sách|danh sach|lớp|lop|hs|học sinh|hoc sinh|sheet)\b", " ", bare, flags=re.I).strip()
    return clean_name(bare) if re.fullmatch(_NAME, bare) else class_in_title(name)


def year_in(text: str) -> str:
    """ "Năm học 2026 – 2027" → "2026-2027" """
    for first, second in _YEAR.findall(plain(text)):
        last = int(second) if len(second) == 4 else int(first[:2] + second)
        if last == int(first) + 1:
            return f"{first}-{last}"
    return ""


class NotAClass(ValueError):
    """`why`: "many" (several in one cell), "shape" (no class that begins with its grade)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def class_of_cell(text: str) -> str:
    """One class. Raises NotAClass."""
    said = plain(text)
    parts = [p for p in re.split(r"[,;\n]| và | - (?=\d)", said) if p.strip()]
    if len(parts) > 1 or len(_BARE.findall(said)) > 1:
        raise NotAClass("many")
    name = clean_name(re.sub(r"^(lớp|lop|l\.)\s*[:.]?\s*", "", said, flags=re.I))
    if grade_of(name) is None or name.isdigit() or len(name) > 20:
        raise NotAClass("shape")
    return name


def grade_of_text(text: str) -> int | None:
    """ "Khối 6", "6", "Lớp 6" → 6"""
    found = re.fullmatch(r"(?:khoi|lop|khoi lop)?\s*(1[0-2]|[1-9])", folded(text))
    return int(found[1]) if found else None
