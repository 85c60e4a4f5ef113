"""Annex I from the command line: what it is of, what is new, what is wrong, written once."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from truongso.curriculum import commands
from truongso.curriculum.actions.outline import change_lesson
from truongso.curriculum.annex import heading
from truongso.curriculum.annex.opened import Refused, open_file
from truongso.curriculum.models import Lesson, Programme
from truongso.curriculum.proposals import propose
from truongso.curriculum.tests.test_annex import annex_docx
from truongso.lib.sheets import Column, Table, workbook
from truongso.school.actions.subjects import seed_subjects
from truongso.school.actions.years import make_year

DAY = date(2026, 11, 24)


@pytest.fixture
def school(db: None) -> None:
    seed_subjects(by=None)
    make_year(by=None, name="2026-2027")


def run(path: Path, capsys: pytest.CaptureFixture[str], **options: object) -> tuple[int, dict]:
    given = {"subject": None, "grade": None, "year": None, "write": False, "as_json": True, **options}
    code = commands.import_programme(str(path), **given)  # type: ignore[arg-type]
    return code, json.loads(capsys.readouterr().out)


def plan(title: str, *lessons: tuple[str, object]) -> Table:
    columns = [Column("TT"), Column("Tên bài"), Column("Thời lượng"), Column("YCCĐ")]
    return Table(title, columns, [(i, name, n, "- Nêu được") for i, (name, n) in enumerate(lessons, 1)], title=f"MÔN: TOÁN - {title.upper()}")  # fmt: skip


def test_a_dry_run_says_what_would_be_and_writes_nothing(
    school: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "phu-luc-1.docx"
    path.write_bytes(annex_docx())
    code, said = run(path, capsys)
    assert (code, said["committed"], said["refused"]) == (0, False, None)
    assert said["counts"]["lessons"] == {"new": 4, "changed": 0, "same": 0, "wrong": 2, "asked": 0}
    assert [(p["subject"], p["grade"], p["year"], p["periods"], p["planned"]) for p in said["programmes"]] == [
        ("toan", 6, "2026-2027", 8, 140)
    ]
    wrong = said["wrong"][1]
    assert (wrong["sheet"], wrong["row"], wrong["column"], wrong["value"]) == ("Bảng 2", 9, "Số tiết", "hai tiết")
    assert "Chưa hiểu số tiết" in wrong["reason"]
    assert not Programme.objects.exists()


def test_commit_writes_once(school: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "phu-luc-1.docx"
    path.write_bytes(annex_docx())
    assert run(path, capsys, write=True)[1]["committed"] is True
    ids = list(Lesson.objects.order_by("pk").values_list("pk", "title", "periods"))
    code, said = run(path, capsys, write=True)
    assert code == 0 and said["counts"]["lessons"]["same"] == 4 and said["counts"]["lessons"]["new"] == 0
    assert list(Lesson.objects.order_by("pk").values_list("pk", "title", "periods")) == ids


def test_a_hand_edit_stays_and_is_told(school: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "phu-luc-1.docx"
    path.write_bytes(annex_docx())
    run(path, capsys, write=True)
    lesson = Lesson.objects.get(title="Tập hợp")
    change_lesson(
        by=None, lesson=lesson, title="Tập hợp", periods=5, kind="lesson", week_hint="", part=None, outcomes=[]
    )
    said = run(path, capsys, write=True)[1]
    assert [(c["name"], c["kept"]) for c in said["changed"]] == [("Tập hợp", True)]
    lesson.refresh_from_db()
    assert lesson.periods == 5


def test_one_file_of_several_grades(school: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "toan.xlsx"
    path.write_bytes(workbook(plan("Khối 6", ("Tập hợp", 2), ("Số nguyên", "3-5")), plan("Khối 7", ("Số hữu tỉ", 4))))
    code, said = run(path, capsys, write=True)
    assert code == 0
    assert [(p["subject"], p["grade"], p["periods"]) for p in said["programmes"]] == [("toan", 6, 5), ("toan", 7, 4)]
    assert Programme.objects.count() == 2
    assert [p["grade"] for p in run(path, capsys, grade=7)[1]["programmes"]] == [7]


def test_headings_between_word_tables_part_the_grades() -> None:
    word = Document()
    for grade, title in ((8, "Đa thức"), (9, "Căn bậc hai")):
        word.add_paragraph(f"MÔN HỌC: TOÁN, KHỐI LỚP: {grade}")
        table = word.add_table(rows=2, cols=2)
        for cell, text in zip(
            (*table.rows[0].cells, *table.rows[1].cells), ("Bài học", "Số tiết", title, "3"), strict=True
        ):
            cell.text = text
    out = io.BytesIO()
    word.save(out)
    from truongso.curriculum.annex.draft import read_each

    found = read_each(open_file(out.getvalue()))
    assert [(d.grades, [x.title for x in d.lessons]) for d in found] == [((8,), ["Đa thức"]), ((9,), ["Căn bậc hai"])]


def test_what_the_file_does_not_say_is_asked_for(
    school: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bang.xlsx"
    table = plan("PPCT", ("Tập hợp", 2))
    path.write_bytes(workbook(Table("PPCT", table.columns, table.rows)))
    code, said = run(path, capsys, write=True)
    assert code == 1 and "Chưa rõ tệp của môn nào" in said["refused"] and not Programme.objects.exists()
    code, said = run(path, capsys, subject="toan", grade=6, write=True)
    assert code == 0 and Programme.objects.get().grade == 6


def test_a_file_without_a_distribution_is_refused(
    school: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(workbook(Table("6A1", [Column("Họ và tên"), Column("Ngày sinh")], [("Lê An", "1/2/2014")])))
    code, said = run(path, capsys, subject="toan", grade=6)
    assert code == 1 and "cột Bài học" in said["refused"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 900, "đời cũ"),
     (b"PK\x03\x04 hong", "hỏng"), (b"%PDF-1.7 x", "không phải tệp Word"), (b"", "trống"), (b"PK\x03\x04" + b"0" * (21 * 2**20), "lớn quá")],
)  # fmt: skip
def test_files_that_are_refused_say_what_to_do(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as no:
        open_file(content)
    assert sentence in no.value.why


def test_a_broken_word_file_is_refused() -> None:
    whole = annex_docx()
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(part, b"<w:broken" if part.filename == "word/document.xml" else old.read(part))
    with pytest.raises(Refused, match="hỏng"):
        open_file(out.getvalue())


@pytest.mark.parametrize(
    ("prose", "subject", "grades", "year"),
    [
        ("KẾ HOẠCH DẠY HỌC CỦA TỔ CHUYÊN MÔN\nMÔN HỌC/HOẠT ĐỘNG GIÁO DỤC: TIN HỌC, KHỐI LỚP: 8\n(Năm học 2026 - 2027)", "TIN HỌC", (8,), "2026-2027"),
        ("MÔN: TOÁN - LỚP 6", "TOÁN", (6,), ""), ("MÔN HỌC: NGỮ VĂN. KHỐI 6, 7", "NGỮ VĂN", (6, 7), ""),
        ("Môn Khoa học tự nhiên 8 năm học 2025–2026", "Khoa học tự nhiên", (8,), "2025-2026"),
        ("4. Phòng học bộ môn/phòng thí nghiệm", "", (), ""),
    ],
)  # fmt: skip
def test_headings(prose: str, subject: str, grades: tuple[int, ...], year: str) -> None:
    found = heading.read(prose)
    assert (found.subject, found.grades, found.year) == (subject, grades, year)


def test_a_proposal_writes_nothing(school: None) -> None:
    found = propose(open_file(annex_docx()), today=DAY)
    assert [p.missing for p in found] == [""] and not Programme.objects.exists()
