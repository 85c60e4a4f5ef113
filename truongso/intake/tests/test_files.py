"""Files as schools have them: every kind of bytes, every layout; and files that are none."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import time
import unicodedata
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truongso.intake import days
from truongso.intake.actions import runs
from truongso.intake.book import Refused
from truongso.intake.cells import Wrong
from truongso.intake.tests.files import SECTOR, class_of, sector, sector_row, xls, xlsx
from truongso.lib.sheets import Unreadable, read_guarded
from truongso.lib.sheets.legacy import TCVN3, VNI, from_tcvn3, from_vni

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Lớp"]
ROWS = [
    [1, "Nguyễn Văn Ánh", "05/09/2015", "Nam", "6A1"],
    [2, "Trần Thị Hương", "6/9/2015", "Nữ", "6A1"],
    [3, "Đặng Quốc Tuấn", "7-9-15", "Nam", "6A1"],
]
NAMES = ["Nguyễn Văn Ánh", "Trần Thị Hương", "Đặng Quốc Tuấn"]


def names(plan: Any) -> list[str]:
    return [d.values.get("full_name") for d in plan.of("pupils")]


def text(rows: Any = ROWS, sign: str = ",") -> str:
    return "\r\n".join(sign.join(map(str, row)) for row in [["DANH SÁCH HỌC SINH"], HEAD, *rows])


def backwards(table: dict[str, str], said: str) -> str:
    """Vietnamese as it was typed in an old font."""
    other: dict[str, str] = {}
    for old, new in table.items():
        other.setdefault(new, old)
    for new, old in list(other.items()):
        if new.upper() not in other and table is TCVN3:
            other[new.upper()] = old
    return "".join(other.get(c, c) for c in said)


def windows(said: str) -> bytes:
    """Code page 1258: letters with their shape, tones behind them."""
    out = ""
    for char in said:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        out += unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)) + tones
    return out.encode("cp1258")


def html(rows: Any = ROWS) -> bytes:
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    head = "<tr><th rowspan=2>STT</th><th rowspan=2>Họ và tên</th><th rowspan=2>Ngày sinh</th><th colspan=2>Khác</th></tr><tr><th>Giới tính</th><th>Lớp</th></tr>"
    return f"<html><head><meta charset=utf-8></head><body><table><tr><td colspan=5>DANH SÁCH</td></tr>{head}{body}</table></body></html>".encode()


def spreadsheet_ml() -> bytes:
    def row(cells: Any) -> str:
        return (
            "<Row>"
            + "".join(
                f'<Cell><Data ss:Type="{"Number" if isinstance(c, int) else "String"}">{c}</Data></Cell>' for c in cells
            )
            + "</Row>"
        )

    lines = "".join(row(r) for r in [["DANH SÁCH"], HEAD, *ROWS])
    return f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="DS"><Table>{lines}</Table></Worksheet></Workbook>'.encode()


KINDS = {
    "xlsx": xlsx([["DANH SÁCH"], [], HEAD, *ROWS]),
    "xls": xls([["DANH SÁCH"], HEAD, *ROWS]),
    "csv utf-8": text().encode(),
    "csv utf-8 with mark": text().encode("utf-8-sig"),
    "csv utf-16": text().encode("utf-16"),
    "csv semicolon": text(sign=";").encode(),
    "tsv": text(sign="\t").encode(),
    "csv NFD": unicodedata.normalize("NFD", text()).encode(),
    "csv cp1258": windows(text()),
    "csv TCVN3": backwards(TCVN3, text()).encode("latin-1", "replace"),
    "csv VNI": backwards(VNI, text()).encode("latin-1", "replace"),
    "xlsx TCVN3": xlsx([[backwards(TCVN3, c) if isinstance(c, str) else c for c in row] for row in [HEAD, *ROWS]]),
    "xlsx VNI": xlsx([[backwards(VNI, c) if isinstance(c, str) else c for c in row] for row in [HEAD, *ROWS]]),
    "html as xls": html(),
    "xml as xls": spreadsheet_ml(),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_bytes_says_the_same(checked: Any, kind: str) -> None:
    run, plan = checked(KINDS[kind], "danh sach.xls")
    assert names(plan) == NAMES, (kind, run.notes)
    assert [d.values["birth_date"] for d in plan.of("pupils")] == ["2015-09-05", "2015-09-06", "2015-09-07"]
    assert [d.values["gender"] for d in plan.of("pupils")] == ["m", "f", "m"]
    assert {d.status for d in plan.of("pupils")} == {"new"}
    if "TCVN3" in kind or "VNI" in kind:
        assert any("Unicode" in note for note in run.notes)


def test_old_tables_go_round() -> None:
    letters = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
    assert from_tcvn3(backwards(TCVN3, letters)) == letters
    assert from_vni(backwards(VNI, letters)) == letters
    assert from_vni(backwards(VNI, letters.upper())) == letters.upper()


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        archive.writestr("[Content_Types].xml", "<x/>")
    return out.getvalue()


def locked() -> bytes:
    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(KINDS["xlsx"])).encrypt("123", out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/sharedStrings.xml", b"\0" * (300 * 2**20))
    return out.getvalue()


def far() -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Họ và tên")
        sheet.write(1_048_575, 16_383, "z")
    return out.getvalue()


REFUSED = {
    "password": (locked, "mật khẩu"), "broken zip": (lambda: KINDS["xlsx"][:2000], "hỏng"), "half an xls": (lambda: KINDS["xls"][:700], "hỏng"),
    "docx": (docx, "Word"), "pdf": (lambda: b"%PDF-1.4", "PDF"), "empty": (lambda: b"", "trống"), "no cells": (lambda: xlsx({"A": []}), "trống"),
    "old Excel": (lambda: b"\x09\x02\x06\x00" + b"\0" * 40, "Excel đời rất cũ"), "bomb": (bomb, "lớn quá"), "png": (lambda: b"\x89PNG\r\n\x1a\n123", "PNG"),
    "far cell": (far, "lớn quá"),
    "no header": (lambda: xlsx({"Thời khoá biểu": [["Thứ 2", "Thứ 3"], ["Toán", "Văn"]]}), "Thời khoá biểu"),
    "billion laughs": (lambda: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "hỏng"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_is_none_is_refused_in_one_sentence(db: None, kind: str) -> None:
    make, words = REFUSED[kind]
    with pytest.raises(Refused) as refused:
        runs.read(make(), name="a.xlsx")
    assert words in refused.value.why and refused.value.why.count("\n") == 0


@pytest.mark.parametrize("make", [bomb, far], ids=["bomb", "far cell"])
def test_refusing_costs_little(tmp_path: Path, make: Any) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(make())
    begun = time.monotonic()
    script = f"from truongso.lib.sheets import read_guarded, Unreadable\ntry: read_guarded(open({str(path)!r},'rb').read())\nexcept Unreadable as e: print(e.why)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "large"
    assert time.monotonic() - begun < 30
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_000_000  # kB


def test_a_file_that_eats_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    from truongso.lib.sheets import guarded

    monkeypatch.setattr(guarded, "SECONDS", 0.05)
    with pytest.raises(Unreadable, match="large"):
        read_guarded(KINDS["xlsx"])


def layout(checked: Any, rows: Any, **how: Any) -> Any:
    return checked(xlsx(rows, **how))[1]


def test_two_rows_of_header_with_merges(checked: Any) -> None:
    rows = [
        ["TRƯỜNG THCS"], ["DANH SÁCH HỌC SINH LỚP 6A1 - NĂM HỌC 2026 – 2027"],
        ["TT", "Họ và tên học sinh", "", "Ngày sinh", "", "", "Nữ", "Cha", "", "Mẹ", ""],
        ["", "Họ đệm", "Tên", "Ngày", "Tháng", "Năm", "", "Họ tên", "Số điện thoại", "Họ tên", "Số\nđiện thoại"],
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        [1, "Nguyễn Văn", "An", 5, 9, 2015, "", "Nguyễn Văn Ba", 912345678, "Trần Thị Tư", "0912 345 679"],
        [2, "Lê Thị", "Bình", "06", "10", "2015", "x", "", "", "Trần Thị Năm", "84912345670"],
        ["", "Tổng số: 2 học sinh"], ["", "", "", "", "", "", "", "Hà Nội, ngày 5 tháng 9 năm 2026"], ["", "Người lập"], ["", "Phạm Văn Lập"],
    ]  # fmt: skip
    merges = {"S": [(2, 0, 3, 0), (2, 1, 2, 2), (2, 3, 2, 5), (2, 6, 3, 6), (2, 7, 2, 8), (2, 9, 2, 10)]}
    run, plan = checked(xlsx({"S": rows}, merges=merges))
    assert names(plan) == ["Nguyễn Văn An", "Lê Thị Bình"]
    assert [d.values["birth_date"] for d in plan.of("pupils")] == ["2015-09-05", "2015-10-06"]
    assert [d.values["gender"] for d in plan.of("pupils")] == ["m", "f"]
    assert {d.values["class_name"] for d in plan.of("pupils")} == {"6A1"}
    assert [(d.title, d.values["phone"]) for d in plan.of("guardians")] == [
        ("Nguyễn Văn Ba", "0912345678"),
        ("Trần Thị Tư", "0912345679"),
        ("Trần Thị Năm", "0912345670"),
    ]
    assert run.year == "2026-2027" and any("Phạm Văn Lập" in n for n in run.notes)


def test_the_same_without_merges_as_csv(checked: Any) -> None:
    rows = "TT,Họ và tên,Ngày sinh,Cha,,Mẹ,\n,,,Họ tên,Nghề nghiệp,Họ tên,Nghề nghiệp\n1,Nguyễn Văn An,05/09/2015,Nguyễn Văn Ba,Thợ,Trần Thị Tư,Giáo viên\n"
    _run, plan = checked(f"Lớp: 6A1\n{rows}".encode(), "a.csv")
    assert [(d.title, d.values["occupation"]) for d in plan.of("guardians")] == [
        ("Nguyễn Văn Ba", "Thợ"),
        ("Trần Thị Tư", "Giáo viên"),
    ]


def test_parent_heading_over_names(checked: Any) -> None:
    rows = [
        ["STT", "Học sinh", "", "", "Họ và tên", ""],
        ["", "Họ và tên", "Lớp", "Ngày sinh", "Cha", "Mẹ"],
        [1, "Nguyễn Văn An", "6A1", "05/09/2015", "Nguyễn Văn Ba - 0912345678", "Trần Thị Tư"],
    ]
    plan = layout(checked, {"S": rows}, merges={"S": [(0, 1, 0, 3), (0, 4, 0, 5), (0, 0, 1, 0)]})
    assert names(plan) == ["Nguyễn Văn An"]
    assert [(d.title, d.values["relation"]) for d in plan.of("guardians")] == [
        ("Nguyễn Văn Ba", "bố"),
        ("Trần Thị Tư", "mẹ"),
    ]


def test_a_name_under_one_merged_header_in_two_columns(checked: Any) -> None:
    rows = [
        ["STT", "Họ và tên", "", "Ngày sinh", "Lớp"],
        [1, "Nguyễn Văn", "An", "05/09/2015", "6A1"],
        [2, "Lê Thị Thu", "Hà", "05/09/2015", "6A1"],
    ]
    assert names(layout(checked, {"S": rows}, merges={"S": [(0, 1, 0, 2)]})) == ["Nguyễn Văn An", "Lê Thị Thu Hà"]
    assert names(layout(checked, {"S": rows})) == ["Nguyễn Văn An", "Lê Thị Thu Hà"]


def test_blocks_repeated_headers_and_blank_rows(checked: Any) -> None:
    head = ["STT", "Họ tên", "Ngày sinh"]
    rows = [
        ["DANH SÁCH KHỐI 6"], ["Lớp: 6A1"], head, [1, "Nguyễn Văn An", "05/09/2015"], [], [2, "Lê Thị Bình", "06/09/2015"], head,
        [3, "Trần Văn Cường", "07/09/2015"], ["Tổng cộng: 3"], ["LỚP 6A2"], head, [1, "Đỗ Văn Dũng", "08/09/2015"], ["Lớp 6A3"], [1, "Vũ Thị Em", "09/09/2015"],
    ]  # fmt: skip
    plan = layout(checked, rows)
    assert [(d.title, d.values["class_name"]) for d in plan.of("pupils")] == [
        ("Nguyễn Văn An", "6A1"), ("Lê Thị Bình", "6A1"), ("Trần Văn Cường", "6A1"), ("Đỗ Văn Dũng", "6A2"), ("Vũ Thị Em", "6A3"),
    ]  # fmt: skip


def test_a_sheet_a_class_hidden_and_instruction_sheets(checked: Any) -> None:
    head, row = ["STT", "Họ tên", "Ngày sinh"], [1, "Nguyễn Văn An", "05/09/2015"]
    sheets = {
        "6A1": [head, row],
        "Lop 6A2": [head, [1, "Lê Thị Bình", "05/09/2015"]],
        "DS_6A3": [head, [1, "Đỗ Văn Dũng", "05/09/2015"]],
        "Hướng dẫn": [["Họ tên", "Lớp"], ["Ghi đủ", "6A1"]],
        "ẩn": [head, row],
    }
    run, plan = checked(xlsx(sheets, hidden=["ẩn"]))
    assert [d.values["class_name"] for d in plan.of("pupils")] == ["6A1", "6A2", "6A3"]
    assert any("Hướng dẫn" in n for n in run.notes) and any("ẩn" in n for n in run.notes)
    _run, one = checked(xlsx(sheets), sheet="Lop 6A2")
    assert names(one) == ["Lê Thị Bình"]


def test_any_order_of_columns_and_unknown_ones(checked: Any) -> None:
    rows = [
        ["Lớp học", "Sở thích", "NGÀY THÁNG NĂM SINH", "Họ và tên HS (*)", "Tên trường", "Điện thoại PH", "Mã HS"],
        ["6A1", "Bóng đá", 42252, "Nguyễn Văn An", "THCS X", "0912345678", "007"],
    ]
    run, plan = checked(xlsx(rows))
    pupil = plan.of("pupils")[0]
    assert (pupil.values["birth_date"], pupil.values["local_code"], pupil.values["phone"]) == (
        "2015-09-05",
        "007",
        "0912345678",
    )
    assert run.ignored == ["Sở thích", "Tên trường"]


def test_two_columns_of_one_meaning_are_said(checked: Any) -> None:
    run, _plan = checked(
        xlsx([["Họ tên", "Lớp", "Ngày sinh", "Ngày sinh"], ["Nguyễn Văn An", "6A1", "05/09/2015", "01/01/2000"]])
    )
    assert any("Hai cột cùng là “Ngày sinh”" in n for n in run.notes)


def test_dirty_spaces_and_signs(checked: Any) -> None:
    plan = layout(
        checked,
        [
            HEAD,
            [1, "\u200bNguyễn\u00a0 Văn   A ", "05/09/2015", "Nam", " 6A1"],
            [2, "Nguyễn Thị B", "05\u20119\u20112015", "Nữ", "lớp 6a1"],
        ],
    )
    assert names(plan) == ["Nguyễn Văn A", "Nguyễn Thị B"]
    assert [d.values["class_name"] for d in plan.of("pupils")] == ["6A1", "6A1"]


TODAY = date(2026, 11, 24)


@given(st.dates(date(1920, 1, 1), date(2026, 1, 1)))
def test_every_way_of_writing_a_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    said = [
        day,
        f"{day:%d/%m/%Y}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day:%d.%m.%Y}",
        f"{day:%Y-%m-%d}",
        f"{day:%d/%m/%Y} 00:00:00",
        f"{day:%Y-%m-%d}T00:00:00",
        f"'{day:%d/%m/%Y}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        serial,
        float(serial),
        str(serial),
    ]
    for cell in said:
        assert days.day(cell, today=TODAY) == day, cell
    if day.year > 1930:
        assert days.day((day - date(1904, 1, 1)).days, today=TODAY, epoch_1904=True) == day
    if day.year > 1926:
        assert days.day(f"{day:%d/%m/%y}", today=TODAY) == day


@pytest.mark.parametrize("cell", ["31/02/2015", "2015", 2015, "abc", "09/13/2015", "99999999", True, 12.5, "5/9"])
def test_what_is_no_day(cell: Any) -> None:
    with pytest.raises(Wrong):
        days.day(cell, today=TODAY)


def test_the_real_order_of_the_sector_database_is_known() -> None:
    from truongso.intake.headers import field_of

    unknown = [h for h in SECTOR if field_of(h) is None]
    assert unknown == []
    assert sector_row(1, "A", "")[0] == 1 and class_of(1) and sector([])
