"""The class register: what is proposed, who signs, what is kept. The programme of Toán 8 has lessons of 2, 1 and 2 periods."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from truongso.curriculum.actions.outline import add_lesson, add_topic, make_programme, set_state
from truongso.curriculum.models import Lesson, Programme, ProgrammeState
from truongso.people.actor import Actor
from truongso.school.models import SchoolClass, SchoolYear, Subject
from truongso.timetable.actions import periods as deeds
from truongso.timetable.models import Period, RegisterNote, TimetableVersion
from truongso.timetable.queries.register import next_lesson, proposed_for
from truongso.timetable.tests.conftest import TOAN

At = Callable[[datetime], None]


@pytest.fixture
def programme(cast: Cast, year: SchoolYear) -> Programme:
    """Toán of grade 8: Đơn thức (2 periods), Đa thức (1), Hình thoi (2)."""
    SchoolClass.objects.create(unit=cast.class_8a2, year=year, grade=8)
    SchoolClass.objects.create(unit=cast.class_7a1, year=year, grade=7)
    made = make_programme(by=None, subject=Subject.objects.get(code=TOAN), grade=8, year=year)
    topic = add_topic(by=None, programme=made, title="Chương I")
    for title, periods in (("Đơn thức", 2), ("Đa thức", 1), ("Hình thoi", 2)):
        add_lesson(by=None, topic=topic, title=title, periods=periods, outcomes=[f"Nhận biết được {title.lower()}"])
    set_state(by=None, programme=made, state=ProgrammeState.IN_USE)
    return made


def toan() -> list[Period]:
    return list(Period.objects.filter(subject__code=TOAN).order_by("span"))


def signed(period: Period, title: str | None = None) -> RegisterNote:
    lesson = Lesson.objects.get(title=title) if title else None
    return RegisterNote.objects.create(
        period=period,
        lesson=lesson,
        lesson_text=title or "Thi chọn đội tuyển",
        signed_by_id=1,
        signed_at=period.span.lower,
    )


def said(periods: list[Period]) -> list[str]:
    found = proposed_for(periods)
    return [f"{found[p.pk].title} {found[p.pk].nth}/{found[p.pk].of} ({found[p.pk].ordinal})" if p.pk in found else "" for p in periods]  # fmt: skip


def test_the_weeks_ahead_unfold_from_what_was_taught(published: TimetableVersion, programme: Programme) -> None:
    rows = toan()
    assert said(rows[:6]) == ["Đơn thức 1/2 (1)", "Đơn thức 2/2 (2)", "Đa thức 1/1 (3)", "Hình thoi 1/2 (4)", "Hình thoi 2/2 (5)", ""]  # fmt: skip
    signed(rows[0], "Đơn thức")
    signed(rows[2], "Đơn thức")  # the second was never signed; the class is slower than was thought
    assert said(rows) == ["", "Đơn thức 2/2 (2)", "", "Đa thức 1/1 (3)", "Hình thoi 1/2 (4)", "Hình thoi 2/2 (5)", "", ""]  # fmt: skip


def test_off_the_programme_and_not_held_do_not_advance(
    published: TimetableVersion, programme: Programme, head: Actor
) -> None:
    rows = toan()
    signed(rows[0])
    deeds.cancel_period(by=head, period=rows[1], reason="Mưa bão")
    assert said(rows[1:4]) == ["", "Đơn thức 1/2 (1)", "Đơn thức 2/2 (2)"]


def test_the_next_lesson_of_one_period(cast: Cast, published: TimetableVersion, programme: Programme) -> None:
    rows = toan()
    signed(rows[0], "Đa thức")
    found = next_lesson(cast.class_8a2.pk, rows[1].subject_id, None, rows[1])
    assert found and (found.title, found.place) == ("Hình thoi", "tiết 1 trong 2 (tiết 4 của chương trình)")
    van = Period.objects.get(subject__code="van", day=rows[0].day)
    assert next_lesson(van.unit_id, van.subject_id, None, van) is None, "no programme is entered"
    programme.state = ProgrammeState.DRAFT
    programme.save()
    assert next_lesson(cast.class_8a2.pk, rows[1].subject_id, None, rows[1]) is None, "a draft is nobody's lesson yet"


def test_proposals_cost_the_same_for_one_and_for_many(published: TimetableVersion, programme: Programme) -> None:
    counts = []
    for rows in (toan()[:1], list(Period.objects.all())):
        with CaptureQueriesContext(connection) as made:
            proposed_for(rows)
        counts.append(len(made))
    assert counts[0] == counts[1] == 4
