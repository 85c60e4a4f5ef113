"""Write tables as .xlsx: one sheet a table, a frozen bold header, codes as text so that no leading zero is lost."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

Value = str | int | float | Decimal | date | datetime | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    width: int = 16  # in letters
    wrap: bool = False  # long text goes over lines


@dataclass(frozen=True, slots=True)
class Table:
    """`title` stands above the header, as people print it; leave it empty for a file that is read back."""

    name: str  # of the sheet: 31 letters at most, none of []:*?/\
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    title: str = ""


def workbook(*tables: Table) -> bytes:
    """The file's bytes. Text stays text (formulas and links in names are not run); days are real dates shown dd/mm/yyyy."""
    out = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, settings) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        title = book.add_format({"bold": True, "font_size": 14})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        text = book.add_format({"num_format": "@"})
        wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for table in tables:
            sheet = book.add_worksheet(_sheet_name(table.name))
            top = 0
            if table.title:
                sheet.write_string(0, 0, table.title, title)
                top = 2
            for place, column in enumerate(table.columns):
                sheet.write_string(top, place, column.label, head)
                sheet.set_column(place, place, column.width)
            for number, row in enumerate(table.rows, top + 1):
                for place, value in enumerate(row):
                    if value is None or value == "":
                        continue
                    if isinstance(value, datetime | date):
                        plain = value.replace(tzinfo=None) if isinstance(value, datetime) else value
                        sheet.write_datetime(number, place, plain, day)
                    elif isinstance(value, bool):
                        sheet.write_string(number, place, "x" if value else "")
                    elif isinstance(value, int | float | Decimal):
                        sheet.write_number(number, place, float(value))
                    else:
                        sheet.write_string(number, place, value, wrapped if table.columns[place].wrap else text)
            sheet.freeze_panes(top + 1, 0)
    return out.getvalue()


def _sheet_name(name: str) -> str:
    plain = "".join(" " if c in "[]:*?/\\'" else c for c in name).strip()[:31]
    return plain or "Sheet1"
