"""Progress by the programme: rules by table and by property."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from truongso.curriculum.models import Lesson, Programme
from truongso.lib.sheets import read_workbook
from truongso.people.actor import Actor
from truongso.roster.models import TeachingAssignment
from truongso.school.models import GroupSubject, SchoolYear, Subject, SubjectPart
from truongso.timetable.actions import periods as deeds
from truongso.timetable.models import Period, TimetableVersion
from truongso.timetable.queries.progress import streams
from truongso.timetable.register_rules import Event, Planned, next_step, progress, proposals, strand
from truongso.timetable.tests.conftest import MONDAY, TOAN
from truongso.timetable.tests.programme import Clock, Visitor, make_toan_8, signed, toan

ONE = (Planned(1, "a", 2, 1), Planned(2, "b", 1, 3), Planned(3, "c", 2, 4))


@pytest.mark.parametrize(
    ("taught", "planned", "done", "behind", "late"),
    [
        ({}, 0, 0, 0, []),
        ({1: 2}, 2, 2, 0, []),
        ({1: 3}, 3, 2, 1, [(2, 1)]),  # a third period of a lesson of two does not advance
        ({1: 1, 2: 1}, 3, 2, 1, [(1, 1)]),
        ({1: 2, 2: 1}, 1, 3, -2, []),
        ({1: 2}, 99, 2, 3, [(2, 1), (3, 2)]),  # no more can be due than the programme holds
        ({99: 5}, 2, 0, 2, [(1, 2)]),  # not of this programme
        ({3: 2}, 3, 2, 1, [(1, 2), (2, 1)]),
    ],
)
def test_progress(taught: dict[int, int], planned: int, done: int, behind: int, late: list[tuple[int, int]]) -> None:
    found = progress(ONE, taught, planned)
    assert (found.done, found.behind, [(x.lesson.id, x.missing) for x in found.late]) == (done, behind, late)


@pytest.mark.parametrize(
    ("taught", "last", "expected"),
    [
        ({}, None, (1, 1)),
        ({1: 1}, 1, (1, 2)),
        ({1: 2}, 1, (2, 1)),
        ({1: 5}, 1, (2, 1)),
        ({3: 1}, 3, (3, 2)),
        ({3: 2}, 3, (1, 1)),  # at the end: what was passed over
        ({1: 2, 2: 1, 3: 2}, 3, None),
        ({}, 99, (1, 1)),  # the last lesson was put away
    ],
)
def test_the_next_step(taught: dict[int, int], last: int | None, expected: tuple[int, int] | None) -> None:
    step = next_step(ONE, taught, last)
    assert (step and (step.lesson.id, step.nth)) == expected


def test_strands_of_a_shared_subject() -> None:
    rows = (
        Planned(1, "mở đầu", 1, 1), Planned(2, "h1", 2, 2, 7), Planned(3, "ôn", 1, 4), Planned(4, "l1", 2, 5, 8), Planned(5, "h2", 1, 7, 7),
    )  # fmt: skip
    assert [x.id for x in strand(rows, 7)] == [1, 2, 3, 5]
    assert [x.id for x in strand(rows, 8)] == [4]
    assert strand(rows, None) == strand(rows, 99) == rows
    events = [Event(1, 7), Event(2, 8), Event(3, 7), Event(4, 8), Event(5, 7)]
    assert {k: s.ordinal for k, s in proposals(rows, events).items()} == {1: 1, 2: 5, 3: 2, 4: 6, 5: 3}


lessons = st.lists(st.integers(1, 4), min_size=1, max_size=8).map(
    lambda sizes: tuple(Planned(i, str(i), n, 1 + sum(sizes[:i])) for i, n in enumerate(sizes))
)


@given(lessons, st.lists(st.integers(0, 9), max_size=40), st.integers(0, 50))
def test_what_is_done_never_passes_the_plan(rows: tuple[Planned, ...], notes: list[int], planned: int) -> None:
    found = progress(rows, Counter(notes), planned)
    assert 0 <= found.done <= found.total and found.done <= len(notes)
    assert sum(x.missing for x in found.late) >= found.behind, "what is behind is always named"
    more = progress(rows, Counter([*notes, 0]), planned)
    assert found.done <= more.done <= found.done + 1


@given(lessons, st.integers(0, 50))
def test_following_the_proposals_teaches_the_whole_programme_in_order(rows: tuple[Planned, ...], extra: int) -> None:
    total = sum(x.periods for x in rows)
    steps = proposals(rows, [Event(i, None) for i in range(total + extra)])
    assert [steps[i].ordinal for i in range(total)] == list(range(1, total + 1)) and len(steps) == total
    taught = Counter(step.lesson.id for step in steps.values())
    assert progress(rows, taught, total).behind == 0


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def toan_8(cast: Cast, year: SchoolYear, published: TimetableVersion) -> Programme:
    TeachingAssignment.objects.create(
        unit=cast.class_8a2,
        subject=Subject.objects.get(code=TOAN),
        person=cast.teacher.person,
        during=cast.class_8a2.during,
    )
    return make_toan_8(cast, year)


def here(cast: Cast) -> str:
    return f"/progress/{cast.class_8a2.pk}/{Subject.objects.get(code=TOAN).pk}/0/"


def test_every_figure_leads_to_the_periods_it_counts(cast: Cast, toan_8: Programme, head: Actor, at: Clock) -> None:
    at(16, 12)  # six periods of Toán are over; of five in the programme
    rows = toan()
    signed(rows[0], "Đơn thức")
    signed(rows[1])  # off the programme
    deeds.cancel_period(by=head, period=rows[2], reason="Bão")
    mai = Visitor(cast.teacher)
    page = mai.get("/progress/").content.decode()
    for text in (
        "chậm 4 tiết",
        "3 chưa kí",
        "1 nghỉ chưa bù",
        "1 ngoài chương trình",
        "8A2, Toán",
        "1 môn của lớp chậm",
    ):
        assert text in page, text
    for show, expected in (("planned", rows[:6]), ("done", rows[:1]), ("off", rows[1:2]), ("owed", rows[2:3]), ("unsigned", rows[3:6])):  # fmt: skip
        assert f"{here(cast)}?rows={show}" in page
        listed = mai.get(f"{here(cast)}?rows={show}").content.decode()
        found = {int(pk) for pk in re.findall(r"/periods/(\d+)/", listed)}
        assert found == {p.pk for p in expected}, show
    one = mai.get(here(cast)).content.decode()
    assert one.index("Đa thức") < one.index("Hình thoi") and "còn 1 tiết" in one and "còn 2 tiết" in one


def test_a_made_up_period_catches_up(cast: Cast, toan_8: Programme, head: Actor, at: Clock) -> None:
    at(9, 12)
    rows = toan()
    signed(rows[0], "Đơn thức")
    signed(rows[1], "Đơn thức")
    deeds.cancel_period(by=head, period=rows[2], reason="Bão")
    signed(rows[3], "Đa thức")
    (before,) = [s for s in streams(MONDAY) if s.subject.code == TOAN]
    assert (before.behind, before.owed) == (1, 1)
    made = deeds.add_period(
        by=head, unit=cast.class_8a2, subject=rows[2].subject, part=None, person=cast.teacher.person,
        day=MONDAY + timedelta(days=8), shift="am", number=3, reason="Bù", makes_up=rows[2],
    )  # fmt: skip
    signed(made, "Hình thoi")
    (after,) = [s for s in streams(MONDAY) if s.subject.code == TOAN]
    assert (after.behind, after.owed, after.progress.done) == (0, 0, 4)


def test_who_sees_whose_progress(cast: Cast, toan_8: Programme, at: Clock) -> None:
    at(9, 12)
    GroupSubject.objects.create(group=cast.group, subject=Subject.objects.get(code=TOAN))
    for who in (cast.head, cast.inspector, cast.homeroom, cast.group_head, cast.teacher):
        assert "8A2, Toán" in Visitor(who).get("/progress/").content.decode(), who.login
        assert Visitor(who).get(here(cast)).status_code == 200, who.login
    for who in (cast.other_homeroom, cast.clerk):
        assert "Chưa có gì để tính" in Visitor(who).get("/progress/").content.decode(), who.login
        assert Visitor(who).get(here(cast)).status_code == 404, who.login
    assert Visitor(cast.pupil).get("/progress/").status_code == 404
    assert "Không có lớp nào" in Visitor(cast.head).get("/progress/?class=99999").content.decode()
    assert "8A2, Toán" in Visitor(cast.head).get("/progress/?grade=8").content.decode()
    assert "Không có lớp nào" in Visitor(cast.head).get("/progress/?grade=7").content.decode()
    assert "8A2, Toán" in Visitor(cast.head).get("/progress/?class=x&subject=²&late=1").content.decode()


def test_the_sheet_of_progress(cast: Cast, toan_8: Programme, at: Clock) -> None:
    at(9, 12)
    signed(toan()[0], "Đơn thức")
    rows = read_workbook(Visitor(cast.head).get("/progress/excel/").content)[0].rows
    assert [list(row[:8]) for row in rows if row and row[0] == "8A2"] == [["8A2", "Toán", "Vũ Thị Mai", 5, 4, 1, 3, 3]]


def test_strands_are_told_apart_where_the_programme_does(cast: Cast, toan_8: Programme, at: Clock) -> None:
    at(9, 12)
    subject = Subject.objects.get(code=TOAN)
    dai = SubjectPart.objects.create(subject=subject, name="Đại số", short_name="Đại")
    hinh = SubjectPart.objects.create(subject=subject, name="Hình học", short_name="Hình")
    Lesson.objects.filter(title__in=["Đơn thức", "Đa thức"]).update(part=dai)
    Lesson.objects.filter(title="Hình thoi").update(part=hinh)
    rows = toan()
    Period.objects.filter(pk__in=[rows[0].pk, rows[2].pk]).update(part=dai)
    Period.objects.filter(pk__in=[rows[1].pk, rows[3].pk]).update(part=hinh)
    signed(rows[1], "Hình thoi")
    found = {s.name: (s.progress.done, s.progress.planned, s.progress.total) for s in streams(MONDAY)}
    assert found == {"Đại số": (0, 2, 3), "Hình học": (1, 2, 2)}
    assert Visitor(cast.head).get(here(cast).replace("/0/", f"/{dai.pk}/")).status_code == 200
