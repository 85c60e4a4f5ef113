"""The week of the register on paper and as a sheet: real files, read back."""

from __future__ import annotations

import unicodedata

import pypdfium2
import pytest

from tests.cast import Cast
from truongso.lib.sheets import read_workbook
from truongso.people.actor import Actor
from truongso.school.models import ManagingBody, SchoolProfile, SchoolYear
from truongso.timetable.actions import periods as deeds
from truongso.timetable.models import RegisterWeek, RollMark, RollSheet, TimetableVersion
from truongso.timetable.tests.conftest import MONDAY
from truongso.timetable.tests.programme import Clock, Visitor, make_toan_8, signed, toan


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def week(cast: Cast, year: SchoolYear, published: TimetableVersion, head: Actor, at: Clock) -> str:
    """Monday's period signed, with one away by the roll of the half day; Wednesday's cancelled; the week signed by Hương."""
    make_toan_8(cast, year)
    at(5, 12)
    SchoolProfile.objects.create(name="Trường THCS Bình Minh", place="Bình Minh")
    ManagingBody.objects.create(name="Ủy ban nhân dân xã Bình Minh", during=year.during)
    first, second = toan()[:2]
    note = signed(first, "Đơn thức", cast.teacher.person_id)
    note.remarks, note.rating, note.homework = "Lớp học tốt #1 [x] $2", "Khá", "Bài 3"
    note.save()
    sheet = RollSheet.objects.create(unit=cast.class_8a2, day=first.day, shift="am")
    RollMark.objects.create(sheet=sheet, pupil=cast.classmate.person, state="absent")
    RollMark.objects.create(sheet=sheet, pupil=cast.pupil.person, state="late")
    deeds.cancel_period(by=head, period=second, reason="Mưa bão")
    RegisterWeek.objects.create(unit=cast.class_8a2, monday=MONDAY, remarks="Nề nếp ổn", homeroom_id=cast.homeroom.person_id, homeroom_at=note.signed_at)  # fmt: skip
    return f"/register/classes/{cast.class_8a2.pk}/{{}}/?week={MONDAY}"


def test_the_printed_week(cast: Cast, week: str) -> None:
    answer = Visitor(cast.homeroom).get(week.format("pdf"))
    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.content)
    assert [round(side * 25.4 / 72) for side in document[0].get_size()] == [297, 210], "A4 landscape"
    text = " ".join(unicodedata.normalize("NFC", document[0].get_textpage().get_text_range()).split())
    for line in (
        "ỦY BAN NHÂN DÂN XÃ BÌNH MINH", "TRƯỜNG THCS BÌNH MINH", "SỔ GHI ĐẦU BÀI", "Tuần 1, từ ngày 02/09/2030 đến ngày 07/09/2030",
        "Lớp 8A2", "Năm học 2030-2031", "Thứ Hai", "02/09", "Tiết PPCT", "Đơn thức", "Về nhà: Bài 3", "L.G. Bảo (K)", "Lớp học tốt #1 [x] $2",
        "Khá", "V.T. Mai", "Nghỉ: Mưa bão", "Nhận xét của giáo viên chủ nhiệm", "Nề nếp ổn", "Đặng Thu Hương", "Đã kí lúc 07:00, 02/09/2030",
        "Nhận xét của ban giám hiệu", "(kí, ghi rõ họ tên)", "không phép 1", "trang 1/1",
    ):  # fmt: skip
        assert line in text, line
    assert "Khánh An" not in text and "K. An" not in text, "who was late was there"


def test_the_sheet_of_the_week(cast: Cast, week: str) -> None:
    answer = Visitor(cast.deputy).get(week.format("excel"))
    sheet = read_workbook(answer.content)[0]
    cells = [[str(c) for c in row] for row in sheet.rows]
    line = next(row for row in cells if "Thứ Hai, 02/09/2030" in row[0])
    assert "Đơn thức" in line[5] and line[6] == "L.G. Bảo (K)" and line[8] == "Khá" and line[10] == "Vũ Thị Mai"


def test_an_empty_and_a_full_week_print(cast: Cast, week: str) -> None:
    for monday in ("2030-09-09", "2031-01-06"):
        answer = Visitor(cast.homeroom).get(week.format("pdf").replace(str(MONDAY), monday))
        assert answer.content.startswith(b"%PDF")
