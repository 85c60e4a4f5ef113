"""Read a workbook as schools have them: .xlsx, .xls, .ods, .csv, or HTML and XML called .xls; by content, not by name."""

from __future__ import annotations

import io
from xml.etree.ElementTree import ParseError

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from truongso.lib.sheets import decode, markup, sniff
from truongso.lib.sheets.model import Cell, Merge, Sheet, Unreadable

MOST_CELLS = 1_500_000  # of a sheet's rectangle from A1 to its last cell
MOST_COLUMNS = 16_384  # as in Excel
MOST_ROWS = 100_000  # up to the last that says something
MOST_SHEETS = 200


def read_workbook(content: bytes) -> list[Sheet]:
    """Every sheet of a file. Raises Unreadable. For files from outside use `guarded.read_guarded`: it has limits."""
    kind = sniff.kind_of(content)
    if kind == "book":
        sheets = _book(content)
    elif kind == "html":
        sheets = markup.html_sheets(decode.text_of(content))
    elif kind == "xml":
        try:
            sheets = markup.spreadsheet_ml(decode.text_of(content))
        except ParseError:
            raise Unreadable("broken") from None
    else:
        sheets = [Sheet("", decode.rows_of(decode.text_of(content)))]
    if not any(any(_filled(cell) for cell in row) for sheet in sheets for row in sheet.rows):
        raise Unreadable("empty")
    rows = [len(row) for sheet in sheets for row in sheet.rows]
    if sum(rows) > MOST_CELLS or max(rows) > MOST_COLUMNS:  # cells that are lists of millions cost minutes later
        raise Unreadable("large")
    return sheets


def _filled(cell: Cell) -> bool:
    return cell is not None and cell != ""


def _book(content: bytes) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if len(book.sheet_names) > MOST_SHEETS:
            raise Unreadable("large")
        return [
            _sheet(book, meta.name, meta.visible != SheetVisibleEnum.Visible)
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except Unreadable:
        raise
    except PasswordError:
        raise Unreadable("password") from None
    except MemoryError:
        raise Unreadable("large") from None
    except BaseException as error:  # a panic of the Rust side is a BaseException
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise Unreadable("password" if "password" in str(error).lower() else "broken") from None


def _sheet(book: CalamineWorkbook, name: str, hidden: bool) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.end is None:
        return Sheet(name, [], (), hidden)
    if (sheet.end[0] + 1) * (sheet.end[1] + 1) > MOST_CELLS:
        raise Unreadable("large")
    rows = sheet.to_python(skip_empty_area=False)
    while rows and not any(map(_filled, rows[-1])):  # formatted down to the last row of Excel
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise Unreadable("large")
    merged: list[Merge] = [(a[0], a[1], b[0], b[1]) for a, b in (sheet.merged_cell_ranges or [])]
    return Sheet(name, rows, tuple(merged), hidden)
