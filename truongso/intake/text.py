"""What a cell says, as text: one form for Unicode, spaces and numbers that are codes."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from truongso.lib import vi
from truongso.lib.sheets import Cell

_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\ufffe]")
_HYPHENS = re.compile("[\u2010\u2011\u2012\u2212]")


def plain(text: str) -> str:
    """NFC, no invisible signs, single spaces; line breaks are spaces."""
    return vi.nfc(_HYPHENS.sub("-", _INVISIBLE.sub("", text)).replace("\u00a0", " ").replace("\u202f", " "))


def shown(cell: Cell) -> str:
    """As a person would read it in the sheet: no ".0" behind a whole number, dates dd/mm/yyyy."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, datetime | date):
        return f"{cell.day:02d}/{cell.month:02d}/{cell.year:04d}"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return plain(str(cell))


def folded(text: str) -> str:
    """For comparing headers: lower case, no marks, every sign a space."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", vi.fold(unicodedata.normalize("NFC", plain(text)))).split())


def letter(column: int) -> str:
    """0 → A, 26 → AA"""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
