"""Excel files as other programs make them: titles over the header, merged headers, lines under the list."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import xlsxwriter

Value = str | int | date | None
_MADE = datetime(2026, 8, 20, 8, 0)  # a file says when it was made: always the same here, so that its bytes are too


@dataclass(frozen=True, slots=True)
class Sheet:
    """`heads` are header rows of (text, columns it spans); a text over two rows stands in the first with "" below."""

    name: str
    titles: Sequence[str]
    heads: Sequence[Sequence[tuple[str, int]]]
    rows: Sequence[Sequence[Value]]
    below: Sequence[str] = field(default=())


def book(*sheets: Sheet) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as made:
        made.set_properties({"created": _MADE, "author": "Trường mẫu"})
        bold = made.add_format({"bold": True})
        head = made.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
        day = made.add_format({"num_format": "dd/mm/yyyy", "border": 1})
        cell = made.add_format({"num_format": "@", "border": 1})
        for sheet in sheets:
            page = made.add_worksheet(sheet.name)
            for number, title in enumerate(sheet.titles):
                page.write_string(number, 0, title, bold)
            top = len(sheet.titles) + bool(sheet.titles)
            for down, line in enumerate(sheet.heads):
                _header(page, top + down, line, last=down == len(sheet.heads) - 1, cell=head)
            top += len(sheet.heads)
            for down, row in enumerate(sheet.rows):
                for across, value in enumerate(row):
                    if isinstance(value, date):
                        page.write_datetime(top + down, across, datetime(value.year, value.month, value.day), day)
                    elif isinstance(value, int):
                        page.write_number(top + down, across, value)
                    elif value:
                        page.write_string(top + down, across, value, cell)
            for down, text in enumerate(sheet.below, top + len(sheet.rows) + 1):
                page.write_string(down, 1, text)
    return out.getvalue()


def _header(
    page: xlsxwriter.workbook.Worksheet, row: int, line: Sequence[tuple[str, int]], *, last: bool, cell: object
) -> None:
    across = 0
    for text, span in line:
        if span > 1:
            page.merge_range(row, across, row, across + span - 1, text, cell)
        elif text and not last:
            page.merge_range(row, across, row + 1, across, text, cell)
        elif text:
            page.write_string(row, across, text, cell)
        across += span
