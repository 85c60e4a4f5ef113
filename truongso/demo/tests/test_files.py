"""The sample files: the same every time, in the layouts of regulations §6, of people who are not in the demo school."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from truongso.demo.files import sample_files, write_files
from truongso.demo.newcomers import newcomers
from truongso.demo.plan import think
from truongso.demo.size import Size
from truongso.lib.sheets import read_workbook
from truongso.supervisor.say import Stop

YEAR = "2026-2027"


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return sample_files(YEAR)


def cells(content: bytes, sheet: int = 0) -> list[list[str]]:
    return [["" if cell is None else str(cell) for cell in row] for row in read_workbook(content)[sheet].rows]


def named(made: dict[str, bytes], start: str) -> bytes:
    return next(content for name, content in made.items() if name.startswith(start))


def test_the_bytes_are_the_same_every_time(made: dict[str, bytes]) -> None:
    assert sample_files(YEAR) == made


def test_nobody_of_them_is_in_the_demo_school() -> None:
    here, there = think(YEAR, Size()), newcomers(YEAR)[0]
    for what in ("sector_code", "national_number"):
        codes = [{getattr(p, what) for p in plan.people if getattr(p, what)} for plan in (here, there)]
        assert not codes[0] & codes[1]
    phones = [{p.contact["phone"] for p in plan.people if "phone" in p.contact} for plan in (here, there)]
    assert not phones[0] & phones[1]
    local = [{r["local_code"] for p in plan.people for r in (p.pupil, p.staff) if r} for plan in (here, there)]
    assert not local[0] & local[1]
    born = [{(p.name, p.born) for p in plan.people if p.pupil} for plan in (here, there)]
    assert not born[0] & born[1]
    assert not {p.name for p in here.classes} & {p.name for p in there.classes}


def test_the_sectors_list_has_titles_and_then_its_header(made: dict[str, bytes]) -> None:
    rows = cells(named(made, "1"))
    top = next(n for n, row in enumerate(rows) if "Mã định danh Bộ GD&ĐT" in row)
    assert top >= 4 and rows[top][-1] == "Số định danh cá nhân" and len(rows[top]) == 25
    body = rows[top + 1 :]
    assert len(body) > 60 and all(len(row[1]) == 10 and row[1].startswith("36") for row in body)
    assert {row[22] for row in body} == {"Lớp 6B1", "Lớp 6B2"}


def test_vnedu_has_a_header_of_two_rows(made: dict[str, bytes]) -> None:
    rows = cells(named(made, "3"))
    top = next(n for n, row in enumerate(rows) if "Thông tin cha" in row)
    assert rows[top + 1].count("Họ tên") == 2 and rows[top][2] == "Họ và tên" and rows[top + 1][2] in {"", "Họ và tên"}


def test_one_sheet_a_class_and_one_of_them_decomposed(made: dict[str, bytes]) -> None:
    book = read_workbook(named(made, "4"))
    assert [sheet.name for sheet in book] == ["9B1", "9B2"]
    text = " ".join(str(cell) for row in book[1].rows for cell in row if cell)
    assert text != unicodedata.normalize("NFC", text) and "GVCN" in text


def test_staff_have_their_assignments_as_text(made: dict[str, bytes]) -> None:
    rows = cells(named(made, "5"))
    top = next(n for n, row in enumerate(rows) if "Phân công giảng dạy" in row)
    column = rows[top].index("Phân công giảng dạy")
    texts = [row[column] for row in rows[top + 1 :] if row[3]]
    assert len([t for t in texts if "(CN)" in t]) == 8
    assert any("Toán 6B1" in t or "Toán 6B2" in t for t in texts) and any("KHTN (Lí)" in t for t in texts)


def test_the_wrong_list_is_wrong_where_it_says(made: dict[str, bytes]) -> None:
    rows = cells(named(made, "6"))
    top = next(n for n, row in enumerate(rows) if "Mã định danh Bộ GD&ĐT" in row)
    body = rows[top + 1 :]
    assert len(body) == 10 and body[0][1] == body[1][1] and body[2][3] == "31/02/2014" and body[5][2] == ""
    assert (body[8][2], body[8][3]) == (body[9][2], body[9][3])


def test_files_of_somebody_else_are_not_written_over(tmp_path: Path) -> None:
    first = write_files(tmp_path / "new" / "folder")
    assert len(first) == 6 and write_files(tmp_path / "new" / "folder") == first
    first[0].write_text("mine")
    with pytest.raises(Stop):
        write_files(tmp_path / "new" / "folder")
    assert first[0].read_text() == "mine"
    with pytest.raises(Stop):
        write_files(first[0])
