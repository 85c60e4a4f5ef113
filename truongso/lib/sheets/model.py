from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Merge = tuple[int, int, int, int]


class Unreadable(ValueError):
    """`why` is "password", "broken", "empty", "large", "old" (Excel 95 and before) or "kind" (Word, PDF, a picture);
    `what` says which kind, where that is known."""

    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(why)
        self.why, self.what = why, what


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows[r][c]` is the cell as the file has it; row 0 is row 1 of the sheet, also when rows above are empty."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[Merge, ...] = ()  # first row, first column, last row, last column; all included
    hidden: bool = False
