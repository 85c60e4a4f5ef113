"""A file against the school: who is meant, what clashes, what changes, and the draft made of it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import Cast
from truongso.intake.book import Refused
from truongso.people.actor import Actor, actor_for
from truongso.school.models import BellPeriod
from truongso.timetable.actions import bring, versions
from truongso.timetable.bringing.plan import Plan, make_plan
from truongso.timetable.bringing.teachers import Teachers
from truongso.timetable.models import Entry, TimetableFile, TimetableVersion
from truongso.timetable.papers import excel
from truongso.timetable.papers.sheets import sheets
from truongso.timetable.queries.bring import base_for, plan_for, standing_of
from truongso.timetable.tests import bring_files as make
from truongso.timetable.tests.bring_files import xlsx
from truongso.timetable.tests.bring_school import FIRST, Made
from truongso.timetable.tests.bring_school import make as school_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Made:
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: datetime(2026, 9, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    )
    return school_of(cast)


@pytest.fixture
def head(cast: Cast) -> Actor:
    return actor_for(cast.head)


def grid(*rows: list[object], classes: tuple[str, ...] = ("6A1", "6A2")) -> bytes:
    """Rows of (day, number, cell, cell …)."""
    return xlsx({"Sáng": [["Thứ", "Tiết", *classes], *rows]})


def plan(
    content: bytes, answers: dict[str, str] | None = None, name: str = "tkb.xlsx", more: bytes | None = None
) -> Plan:
    given = [(name, content)] + ([("more", more)] if more else [])
    reading, known = bring.read(given)
    return make_plan(reading, known, standing_of(base_for(known.year, known.first)), answers or {})


def told(found: Plan) -> dict[str, str]:
    """class day.shift.number → status, subject, teacher"""
    from truongso.people.models import Person

    names = dict(Person.objects.values_list("pk", "full_name"))
    return {
        f"{one.class_name} {one.said.weekday}{one.shift}{one.said.number}":
            f"{one.status} {one.named} {names.get(one.person, '-')}"
        for one in found.lessons
    }  # fmt: skip


def test_the_same_given_name_means_whom_the_assignment_says(school: Made) -> None:
    found = told(plan(grid(["Thứ 2", 1, "Toán - Lan", "Văn - Lan"], classes=("6A1", "7A1"))))
    assert found == {"6A1 1am1": "new Toán Nguyễn Thị Lan", "7A1 1am1": "new Văn Trần Mai Lan"}


def test_who_is_not_clear_is_asked_once_for_all_cells_of_the_subject(school: Made) -> None:
    content = grid(["Thứ 2", 1, "Tin - Lan", ""], ["Thứ 3", 1, "", "Tin (Lan)"])
    first = plan(content)
    assert first.counts()["wrong"] == 2
    assert "Nguyễn Thị Lan, Trần Mai Lan" in first.lessons[0].problems[0].reason
    ((choice, cells),) = first.choices()
    assert cells == 2 and [text for _v, text in choice.options][:2] == ["Nguyễn Thị Lan", "Trần Mai Lan"]
    settled = plan(content, {choice.key: str(school.people["Lan 2"].pk)})
    assert set(told(settled).values()) == {"new Tin Trần Mai Lan"} and not settled.choices()


def test_without_a_teacher_in_the_cell_it_is_the_assigned_one_or_the_homeroom_teacher(school: Made) -> None:
    found = told(plan(grid(["Thứ 2", 1, "Chào cờ", "SHL"], ["Thứ 2", 2, "Toán", "Tin"])))
    assert found["6A1 1am1"] == "new Chào cờ Nguyễn Thị Lan" and found["6A1 1am2"] == "new Toán Nguyễn Thị Lan"
    assert found["6A2 1am1"] == "new Sinh hoạt lớp -" and found["6A2 1am2"] == "new Tin -"


def test_strands_by_brackets_or_by_who_teaches_them(school: Made) -> None:
    content = xlsx({"S": [["Thứ", "Tiết", "8A2", "6A1"], ["2", 1, "KHTN (Hoá) - Tuấn", ""], ["", 2, "KHTN - Tuấn", ""], ["", 3, "Lí", ""], ["", 4, "KHTN", ""]]})  # fmt: skip
    found = plan(content)
    assert told(found) == {
        "8A2 1pm1": "new Hoá học Lê Anh Tuấn", "8A2 1pm2": "new Hoá học Lê Anh Tuấn", "8A2 1pm3": "new Vật lí Đặng Thu Hương",
        "8A2 1pm4": "new KHTN -",
    }  # fmt: skip
    assert any("nhiều người dạy" in text for text in found.warnings)


def test_another_teacher_than_assigned_is_a_warning_and_unknown_ones_are_wrong_with_their_place(school: Made) -> None:
    found = plan(grid(["Thứ 2", 1, "Toán - Tuấn", "Toán - Bình"], ["Thứ 2", 2, "Vẽ", "Toán"], classes=("6A1", "6A9")))
    assert any("phân công giảng dạy ghi Nguyễn Thị Lan" in text for text in found.warnings)
    wrong = {one.said.cell: one.problems[0].reason for one in found.of("wrong")}
    assert wrong.keys() == {"D2", "C3", "D3"}
    assert "6A9" in wrong["D2"] and "6A1" in wrong["D2"] and "“Vẽ”" in wrong["C3"]
    keys = {choice.key.split("|")[0] for choice, _n in found.choices()}
    assert keys == {"c", "s"}
    skip = {choice.key: "skip" for choice, _n in found.choices()}
    assert plan(grid(["Thứ 2", 1, "Toán - Tuấn", ""], ["Thứ 2", 2, "Vẽ", ""]), skip).skipped == 1


@pytest.mark.parametrize(
    ("text", "whom"),
    [("Nguyễn Thị Lan", {1}), ("Lan", {1, 2}), ("N.T.Lan", {1}), ("Mai Lan", {2}), ("M.Lan", {2}), ("Cô Lan", {1, 2}), ("Lan N", {1}),
     ("NTLan", {1}), ("Hoà", {3}), ("Hòa", {3}), ("Hoa", {4}), ("HOA", {4}), ("T.Tuấn", {5}), ("Thầy Tuấn", {5}), ("Lan A", {1, 2}),
     ("nguyen thi lan", {1}), ("Bình", set()), ("", set()), ("Tuấn 2", set())],
)  # fmt: skip
def test_names_as_timetables_write_them(text: str, whom: set[int]) -> None:
    names = {1: "Nguyễn Thị Lan", 2: "Trần Mai Lan", 3: "Phan Thị Hoà", 4: "Đỗ Thị Hoa", 5: "Lê Anh Tuấn"}
    assert set(Teachers(names).find(text)) == whom


def test_clashes_name_who_when_and_where_and_make_all_their_lessons_wrong(school: Made) -> None:
    found = plan(grid(["Thứ 2", 1, "Toán - Lan", "Toán - Lan"], ["Thứ 2", 2, "Toán - Lan", ""]))
    (clash,) = found.clashes
    assert clash.kind == "teacher" and clash.who == "Nguyễn Thị Lan"
    assert "Thứ Hai, tiết 1 sáng" in clash.text and "Sáng!C2" in clash.text and "Sáng!D2" in clash.text
    assert found.counts() == {"new": 1, "changed": 0, "same": 0, "wrong": 2}
    (choice, _n) = found.choices()[0]
    together = plan(grid(["Thứ 2", 1, "Toán - Lan", "Toán - Lan"]), {choice.key: "yes"})
    assert not together.clashes and together.counts()["new"] == 2


def test_two_lessons_of_a_class_in_one_slot(school: Made) -> None:
    rows = [["Thứ", "Tiết", "6A1", "6A2"], ["2", 1, "Toán", ""]]
    other = [["Thứ", "Tiết", "6A1", "7A1"], ["2", 1, "Tin", ""]]
    found = plan(xlsx({"Sáng": rows, "Sáng (2)": other}))
    assert [c.kind for c in found.clashes] == ["class"] and found.counts()["wrong"] == 2
    two = plan(grid(["2", 1, "Toán/Văn", ""]))
    assert "hai tiết" in two.of("wrong")[0].problems[0].reason


def test_rooms_clash_too_and_an_unknown_room_is_only_told(school: Made) -> None:
    found = plan(grid(["2", 1, "Tin - Mai - Phòng Tin 1", "GDTC - Sơn - Phòng Tin 1"], ["2", 2, "Tin - Mai - P9", ""]))
    assert [c.kind for c in found.clashes] == ["room"]
    assert any("P9" in text or "“9”" in text for text in found.warnings)


def test_times_that_overlap_across_shifts_are_named(school: Made) -> None:
    BellPeriod.objects.filter(schedule__shift="pm", number=1).update(starts="11:30", ends="12:15")
    BellPeriod.objects.filter(schedule__shift="am", number=5).update(starts="11:00", ends="11:45")
    rows = [
        ["Thứ", "Buổi", "Tiết", "7A1", "8A2"],
        ["2", "Sáng", 5, "Toán - Mai", ""],
        ["2", "Chiều", 1, "", "Toán - Mai"],
        ["3", "Sáng", 1, "Toán - Mai", ""],
    ]
    found = plan(xlsx({"S": rows}))
    (clash,) = found.clashes
    assert (
        clash.kind == "time"
        and clash.who == "Vũ Thị Mai"
        and "11:00–11:45" in clash.text
        and "11:30–12:15" in clash.text
    )
    assert found.counts()["wrong"] == 2 and found.counts()["new"] == 1


def test_the_same_lesson_class_by_class_and_teacher_by_teacher_is_one(school: Made) -> None:
    """And where the one sheet leaves open which Lan it is, the other says it."""
    by_class = [["Thứ", "Tiết", "6A1", "6A2"], ["2", 1, "Tin - Lan", ""], ["2", 2, "Toán", ""]]
    by_teacher = [["Giáo viên", "Thứ 2", "", "Thứ 3", ""], ["", 1, 2, 1, 2], ["Trần Mai Lan", "Tin 6A1", "", "", ""]]
    found = plan(xlsx({"TKB lớp": by_class, "TKB GV": by_teacher}, {"TKB GV": [(0, 1, 0, 2), (0, 3, 0, 4)]}))
    assert told(found) == {"6A1 1am1": "new Tin Trần Mai Lan", "6A1 1am2": "new Toán Nguyễn Thị Lan"}
    assert any("nói lại" in note for note in found.notes)


def test_weekly_counts_against_the_programme(school: Made) -> None:
    found = plan(grid(*[["Thứ 2" if n == 1 else "", n, "Toán", ""] for n in (1, 2, 3)]))
    assert any("Lớp 6A1" in text and "Toán 3/4" in text and "Văn 0/4" in text for text in found.warnings)


def test_fet_with_its_solution_and_in_a_zip(school: Made) -> None:
    data = make.fet(
        [(1, "Toán", "Nguyễn Thị Lan", "6A1", 2), (2, "GDTC", "Sơn+Mai", "6A1+6A2", 1)], years={"6A1": {}, "6A2": {}}
    )
    places = make.solution({1: ("Thứ 2", "1", ""), 2: ("Thứ 3", "2", "")})
    found = plan(data, name="hk1.fet", more=places)
    wanted = {"6A1 1am1": "new Toán Nguyễn Thị Lan", "6A1 1am2": "new Toán Nguyễn Thị Lan",
              "6A1 2am2": "new GDTC Bùi Hồng Sơn", "6A2 2am2": "new GDTC Bùi Hồng Sơn"}  # fmt: skip
    assert told(found) == wanted and any("Mai" in text for text in found.warnings)
    assert told(plan(make.zipped(hk1__fet=data, hk1_activities__xml=places), name="hk1.zip")) == wanted
    with pytest.raises(Refused, match="chưa có kết quả xếp"):
        plan(data, name="hk1.fet")
    with pytest.raises(Refused, match=r"cùng tệp \.fet"):
        plan(places, name="hk1_activities.xml")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "trống"), (b"%PDF-1.4 x", "PDF"), (b"PK\x03\x04xxxx", "hỏng"), (b"<svg/>", "XML"), (xlsx({"S": [["Họ và tên"], ["An"]]}), "thời khoá biểu"),
     (make.zipped(a__txt=b"x"), "nén"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "hỏng")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_sentence(school: Made, content: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as told_:
        bring.read([("x.xlsx", content)])
    assert sentence in told_.value.why and told_.value.why.count("\n") == 0


def take(head: Actor, content: bytes, name: str = "tkb.xlsx") -> tuple[TimetableFile, Plan]:
    file = bring.take_file(by=head, given=[(name, content)])
    return file, plan_for(file)[1]


MONDAY = grid(["Thứ 2", 1, "Chào cờ", "Chào cờ"], ["Thứ 2", 2, "Toán", "Văn"], ["Thứ 2", 3, "GDTC", ""])


def test_a_file_becomes_a_draft_and_the_same_file_changes_nothing(school: Made, head: Actor) -> None:
    file, first = take(head, MONDAY)
    version = bring.commit(by=head, file=file, digest=first.digest())
    assert version.state == "draft" and version.during.lower == FIRST and version.entries.count() == 5
    assert set(Entry.objects.values_list("shift", flat=True)) == {"am"}
    _again, second = take(head, MONDAY)
    assert second.counts() == {"new": 0, "changed": 0, "same": 5, "wrong": 0} and not second.anything
    _other, third = take(
        head, grid(["Thứ 2", 1, "Chào cờ", "Chào cờ"], ["Thứ 2", 2, "Văn", "Toán"], ["Thứ 3", 3, "GDTC", ""])
    )
    assert third.counts() == {"new": 1, "changed": 2, "same": 2, "wrong": 0} and len(third.gone) == 1
    assert third.of("changed")[0].changes[0]["old"] == "Toán, Nguyễn Thị Lan"


def test_undo_deletes_the_draft_and_only_a_draft(school: Made, head: Actor) -> None:
    file, first = take(head, MONDAY)
    version = bring.commit(by=head, file=file, digest=first.digest())
    bring.take_back(by=head, file=file)
    assert not TimetableVersion.objects.exists() and not Entry.objects.exists()
    version = bring.commit(by=head, file=file, digest=first.digest())
    versions.publish_version(by=head, version=version)
    with pytest.raises(ValidationError, match="đã áp dụng"):
        bring.take_back(by=head, file=file)


def test_what_is_shown_is_what_is_made(school: Made, head: Actor) -> None:
    file, first = take(head, MONDAY)
    school.units["6A2"].name = "6A3"
    school.units["6A2"].save()
    with pytest.raises(ValidationError, match="đã thay đổi"):
        bring.commit(by=head, file=file, digest=first.digest())
    assert not TimetableVersion.objects.exists()


def test_classes_taught_together_share_a_lesson(school: Made, head: Actor) -> None:
    rows = [["Thứ", "Tiết", "6A1", "6A2"], ["2", 1, "GDTC - Sơn", "GDTC - Sơn"], ["2", 2, "Chào cờ", "Chào cờ"]]
    file, first = take(head, xlsx({"S": rows}, {"S": [(1, 2, 1, 3), (2, 2, 2, 3)]}))
    bring.commit(by=head, file=file, digest=first.digest())
    lessons = Entry.objects.order_by("number").values_list("number", "lesson")
    assert len({lesson for number, lesson in lessons if number == 1}) == 1
    assert len({lesson for number, lesson in lessons if number == 2}) == 2


def test_a_file_of_one_half_of_the_day_may_keep_the_other(school: Made, head: Actor) -> None:
    file, first = take(head, MONDAY)
    bring.commit(by=head, file=file, digest=first.digest())
    afternoon = xlsx({"Chiều": [["Thứ", "Tiết", "6A1", "6A2"], ["3", 1, "Tin", ""]]})
    second, seen = take(head, afternoon)
    assert len(seen.gone) == 5 and not seen.kept
    second = bring.settle(by=head, file=second, title="Cả hai buổi", first=FIRST, base=second.base, keep=True)
    made = bring.commit(by=head, file=second, digest=plan_for(second)[1].digest())
    assert made.entries.count() == 6


def test_only_who_plans_may(school: Made, cast: Cast) -> None:
    for who in (cast.teacher, cast.clerk, cast.guardian):
        with pytest.raises(PermissionDenied):
            bring.take_file(by=actor_for(who), given=[("tkb.xlsx", MONDAY)])


def test_titles_say_what_it_is_called_and_when_it_begins(school: Made) -> None:
    rows = [
        ["TRƯỜNG THCS BÌNH MINH"],
        ["THỜI KHOÁ BIỂU SỐ 3 – BUỔI SÁNG"],
        ["Áp dụng từ ngày 14 tháng 9 năm 2026"],
        ["Thứ", "Tiết", "6A1", "6A2"],
        ["2", 1, "Toán", ""],
    ]
    reading, known = bring.read([("x.xlsx", xlsx({"S": rows}))])
    assert reading.title == "Thời khoá biểu số 3" and known.first == date(2026, 9, 14)


def test_our_own_excel_comes_back_as_the_same(school: Made, head: Actor) -> None:
    """Half days, teachers and the plain list of one workbook are one timetable."""
    rows = [["Thứ", "Buổi", "Tiết", "6A1", "6A2", "8A2"], ["2", "Sáng", 1, "Chào cờ", "Chào cờ", ""], ["", "", 2, "Toán - Lan", "Văn", ""],
            ["", "", 3, "GDTC - Sơn", "GDTC - Sơn", ""], ["", "Chiều", 1, "", "", "KHTN (Hoá) - Tuấn"], ["", "", 2, "", "", "SHL"], ["3", "Sáng", 1, "Tin - Mai - Phòng Tin 1", "", ""]]  # fmt: skip
    file, first = take(head, xlsx({"S": rows}, {"S": [(3, 3, 3, 4)]}))
    version = bring.commit(by=head, file=file, digest=first.digest())
    assert version.entries.count() == 9
    reading, known = bring.read([("TKB.xlsx", excel.version_xlsx(sheets(version)))])
    again = make_plan(reading, known, standing_of(version), {})
    assert (again.counts(), again.gone, again.clashes) == ({"new": 0, "changed": 0, "same": 9, "wrong": 0}, [], [])
