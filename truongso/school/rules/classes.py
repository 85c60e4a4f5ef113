"""Class names: the grade in them, and the quick way of writing many ("6A1-6A5, 7A1..7A4")."""

from __future__ import annotations

import re

from truongso.lib import vi

MOST_CLASSES = 100  # in one go: a longer list is a slip of the hand


class UnreadableNames(ValueError):
    """`piece` is the part that cannot be read; `why` is "shape", "order" or "many"."""

    def __init__(self, piece: str, why: str) -> None:
        super().__init__(piece)
        self.piece, self.why = piece, why


def clean_name(text: str) -> str:
    """As the school writes it: "lớp 6a1" → "6A1", "6 A 1" → "6A1"; other names only lose spare spaces."""
    plain = re.sub(r"^l[oớ]p\s+", "", vi.nfc(text), flags=re.I)
    tight = re.sub(r"\s+", "", plain)
    return tight.upper() if re.fullmatch(r"\d{1,2}[^\W\d_]{0,3}\d{0,2}([./-]\d{1,2})?", tight) else plain


def grade_of(name: str) -> int | None:
    """The grade that a name begins with: "6A1" → 6, "10A2" → 10; None when it says none."""
    digits = re.match(r"\s*(1[0-2]|[1-9])(?!\d)", name)
    return int(digits[1]) if digits else None


def expand(text: str) -> list[str]:
    """Names of a list with spans, in the order written, each once. Raises UnreadableNames."""
    found: dict[str, None] = {}
    for piece in re.split(r"[,;\n]+", text):
        if not piece.strip():
            continue
        for name in _span(piece):
            found.setdefault(name)
            if len(found) > MOST_CLASSES:
                raise UnreadableNames(piece.strip(), "many")
    return list(found)


def _span(piece: str) -> list[str]:
    ends = [clean_name(end) for end in re.split(r"\s*(?:\.{2,}|…|→|–|-|\s+đến\s+)\s*", piece.strip())]
    parts = [re.fullmatch(r"(.*?\D)(\d{1,2})", end) for end in ends]
    if len(ends) == 1 and ends[0]:
        return ends
    if len(ends) == 2 and ends[1].isdigit() and parts[0]:  # 6A1-5
        ends[1] = f"{parts[0][1]}{ends[1]}"
        parts[1] = re.fullmatch(r"(.*?\D)(\d{1,2})", ends[1])
    if len(ends) == 2 and parts[0] and parts[1] and parts[0][1] == parts[1][1]:
        first, last = int(parts[0][2]), int(parts[1][2])
        if first > last:
            raise UnreadableNames(piece.strip(), "order")
        return [f"{parts[0][1]}{n}" for n in range(first, last + 1)]
    letters = [re.fullmatch(r"(\d{1,2})([A-Z])", end) for end in ends]
    if len(ends) == 2 and letters[0] and letters[1] and letters[0][1] == letters[1][1]:  # 6A-6E
        if letters[0][2] > letters[1][2]:
            raise UnreadableNames(piece.strip(), "order")
        return [f"{letters[0][1]}{chr(n)}" for n in range(ord(letters[0][2]), ord(letters[1][2]) + 1)]
    raise UnreadableNames(piece.strip(), "shape")
