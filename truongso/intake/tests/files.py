"""Real files of every sort, built in memory."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
import xlwt

SECTOR = [
    "STT",
    "Mã định danh Bộ GD&ĐT",
    "Họ tên",
    "Ngày sinh (dd/mm/yyyy)",
    "Giới tính",
    "Dân tộc",
    "Trạng thái",
    "SĐT liên hệ",
    "Nơi sinh chi tiết",
    "Tổ/thôn hộ khẩu thường trú",
    "Tỉnh thành quê quán",
    "Phường xã quê quán",
    "Chỗ ở hiện nay",
    "Số CMND",
    "Ngày cấp",
    "Nơi cấp",
    "Tên cha",
    "Nghề nghiệp cha",
    "Năm sinh cha",
    "Tên mẹ",
    "Nghề nghiệp mẹ",
    "Năm sinh mẹ",
    "Lớp học",
    "Khối học",
    "Số định danh cá nhân",
]
Rows = Sequence[Sequence[Any]]


def xlsx(
    sheets: dict[str, Rows] | Rows,
    *,
    merges: dict[str, Sequence[tuple[int, int, int, int]]] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """`merges` by sheet: (first row, first column, last row, last column); the text stands in the first cell."""
    out = io.BytesIO()
    if not isinstance(sheets, dict):
        sheets = {"Sheet1": sheets}
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if cell not in (None, ""):
                        sheet.write(r, c, cell) if not isinstance(cell, str) else sheet.write_string(r, c, cell)
            for box in (merges or {}).get(name, ()):
                top, left = box[0], box[1]
                text = rows[top][left] if left < len(rows[top]) else ""
                sheet.merge_range(*box, text)
    return out.getvalue()


def xls(rows: Rows, name: str = "6A1") -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sector_row(
    number: int,
    name: str,
    born: Any,
    *,
    code: str = "",
    klass: str = "6A1",
    father: str = "",
    mother: str = "",
    gender: str = "Nam",
    status: str = "Đang học",
    phone: str = "",
) -> list[Any]:
    return [number, code, name, born, gender, "Kinh", status, phone, "Nam Định", "Thôn 1", "Nam Định", "Xã Bình Minh", "Thôn 1", "", "", "",
            father, "", "", mother, "", "", klass, klass[:1], ""]  # fmt: skip


def sector(rows: Rows) -> bytes:
    return xlsx({"Danh sách": [["SỞ GD&ĐT"], ["DANH SÁCH HỌC SINH"], ["Năm học 2026-2027"], [], SECTOR, *rows]})


NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Hoàng Cường", "Phạm Thuỳ Dương", "Đỗ Minh Đức", "Vũ Khánh Hà")


def class_of(count: int, *, klass: str = "6A1", start: int = 0) -> list[list[Any]]:
    """Rows of the sector's layout; each pupil has a code, a father and a mother."""
    made = []
    for n in range(start, start + count):
        family, *rest = NAMES[n % len(NAMES)].split()
        given = f"{' '.join(rest)} {'ABCDĐEGHIK'[n // 6 % 10]}{'aeiouy'[n // 60 % 6]}"
        made.append(
            sector_row(
                n + 1, f"{family} {given}", f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/2015", code=f"36{n:08d}", klass=klass,
                father=f"{family} Văn {'BCDGH'[n % 5]}{'aiu'[n % 3]}n - 09{n:08d}", mother=f"Trần Thị {'LMNPQ'[n % 5]}{'aeo'[n % 3]}n",
            )
        )  # fmt: skip
    return made
