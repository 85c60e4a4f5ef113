"""Read a workbook as schools have them: .xlsx, .xls or .csv, by content and not by name."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook

Cell = str | int | float | bool | date | datetime | time | timedelta | None


class Unreadable(ValueError):
    """`why` is "password", "broken", "empty" or "kind"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows[r][c]` is the cell as the file has it; row 0 is row 1 of the sheet, also when rows above are empty."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column; all included


def read_workbook(content: bytes) -> list[Sheet]:
    """Every sheet of a file. Raises Unreadable."""
    if content[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}:
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        except Exception as error:
            raise Unreadable("password" if "password" in str(error).lower() else "broken") from None
        return [Sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    return [Sheet("", [list(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig")))])]
