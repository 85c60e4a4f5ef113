"""A file as the intake sees it: sheets in Unicode, what was converted, and which tables there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from truongso.intake.data import load
from truongso.intake.text import folded, letter
from truongso.lib.sheets import Cell, Sheet, Unreadable, legacy, read_guarded
from truongso.lib.sheets.syllables import has_letters_of_ours

WRITINGS = {"tcvn3": "TCVN3 (ABC, .VnTime)", "vni": "VNI", "utf8": "UTF-8"}


class Refused(ValueError):
    """Nothing can be taken from this file; the sentence says why and what to do."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(slots=True)
class Book:
    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)


def open_book(content: bytes) -> Book:
    """Read and convert. Raises Refused."""
    try:
        sheets = read_guarded(content)
    except Unreadable as error:
        raise Refused(_sentence(error)) from None
    book = Book([])
    for sheet in sheets:
        book.sheets.append(_converted(sheet, book.notes))
    return book


def _sentence(error: Unreadable) -> str:
    return {
        "password": _("Tệp có mật khẩu nên không đọc được. Xin mở bằng Excel, vào Tệp › Thông tin › Bảo vệ sổ làm việc, xoá mật khẩu, lưu rồi gửi lại."),
        "broken": _("Tệp hỏng hoặc không phải là bảng tính, không mở được. Xin mở bằng Excel, lưu lại thành .xlsx rồi gửi lại."),
        "empty": _("Tệp trống, không có dòng nào. Xin chọn tệp khác."),
        "large": _("Tệp lớn quá hoặc có ô ở quá xa, không đọc hết được. Xin chỉ giữ các trang và cột cần nhập rồi lưu thành tệp mới."),
        "old": _("Tệp do Excel đời rất cũ (95 trở về trước) làm ra. Xin mở bằng Excel, lưu lại thành .xlsx rồi gửi lại."),
        "kind": _("Đây là tệp %(what)s, không phải bảng tính. Xin gửi tệp Excel (.xlsx, .xls) hoặc .csv.") % {"what": error.what},
    }[error.why]  # fmt: skip


def _converted(sheet: Sheet, notes: list[str]) -> Sheet:
    width = max((len(row) for row in sheet.rows), default=0)
    columns = [[row[c] for row in sheet.rows if c < len(row) and isinstance(row[c], str)] for c in range(width)]
    texts = [[str(t) for t in column if not str(t).isascii()] for column in columns]
    if not any(texts):
        return sheet
    writings = [legacy.guess(column) for column in texts]
    ours = sum(1 for column in texts for t in column if has_letters_of_ours(t))
    whole = legacy.guess([t for column in texts for t in column]) if not ours else None
    rows: list[Sequence[Cell]] = []
    seen: dict[str, tuple[str, str]] = {}
    touched: dict[str, set[int]] = {}
    for row in sheet.rows:
        made: list[Cell] = list(row)
        for c, cell in enumerate(row):
            if not isinstance(cell, str) or cell.isascii():
                continue
            writing = writings[c] or whole
            new = legacy.convert(cell, writing) if writing else cell
            if not writing and (found := legacy.better(cell)):
                writing, new = found
            if writing and new != cell:
                made[c] = new
                seen.setdefault(writing, (cell, new))
                touched.setdefault(writing, set()).add(c)
        rows.append(made)
    for writing, (old, new) in seen.items():
        notes.append(
            _("Trang “%(sheet)s”: đã chuyển chữ %(writing)s sang Unicode ở cột %(columns)s, ví dụ “%(old)s” thành “%(new)s”.")
            % {"sheet": sheet.name, "writing": WRITINGS[writing], "old": old[:40], "new": new[:40],
               "columns": ", ".join(letter(c) for c in sorted(touched[writing]))}
        )  # fmt: skip
    return Sheet(sheet.name, rows, sheet.merged, sheet.hidden)


def is_instruction(name: str) -> bool:
    return any(word in folded(name) for word in load("headers")["kinds"]["instruction_sheets"])
