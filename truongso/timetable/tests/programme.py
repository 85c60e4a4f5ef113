"""Builders that the tests of the register share: a programme of grade 8, and a clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse

from tests.cast import Cast
from tests.cast import client_of as signed_in
from truongso.curriculum.actions.outline import add_lesson, add_topic, make_programme, set_state
from truongso.curriculum.models import Lesson, Programme, ProgrammeState
from truongso.people.models import Account
from truongso.school.models import SchoolClass, SchoolYear, Subject
from truongso.timetable.models import Period, RegisterNote
from truongso.timetable.tests.conftest import MONDAY, TOAN

LESSONS = (("Đơn thức", 2), ("Đa thức", 1), ("Hình thoi", 2))


def make_toan_8(cast: Cast, year: SchoolYear) -> Programme:
    """Toán of grade 8, in use: Đơn thức (2 periods), Đa thức (1), Hình thoi (2)."""
    SchoolClass.objects.create(unit=cast.class_8a2, year=year, grade=8)
    SchoolClass.objects.create(unit=cast.class_7a1, year=year, grade=7)
    made = make_programme(by=None, subject=Subject.objects.get(code=TOAN), grade=8, year=year)
    topic = add_topic(by=None, programme=made, title="Chương I")
    for title, periods in LESSONS:
        add_lesson(by=None, topic=topic, title=title, periods=periods, outcomes=[f"Nhận biết được {title.lower()}"])
    set_state(by=None, programme=made, state=ProgrammeState.IN_USE)
    return made


def toan() -> list[Period]:
    return list(Period.objects.filter(subject__code=TOAN).order_by("span"))


def signed(period: Period, title: str | None = None, by_id: int = 1) -> RegisterNote:
    """A line in the past of the test."""
    lesson = Lesson.objects.get(title=title) if title else None
    return RegisterNote.objects.create(
        period=period, lesson=lesson, lesson_text=title or "Thi chọn đội tuyển", signed_by_id=by_id,
        signed_at=period.span.lower, ordinal=1 if lesson else None,
    )  # fmt: skip


class Clock:
    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch

    def __call__(self, day: int, hour: int = 12, minute: int = 0) -> None:
        """`day` days after the year's first Monday, at school's time."""
        moment = datetime(
            MONDAY.year, MONDAY.month, MONDAY.day + day, hour, minute, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")
        )
        self.patch.setattr("django.utils.timezone.now", lambda: moment)


class Visitor:
    """Somebody who signs in anew for each request, so that the clock may be moved between them."""

    def __init__(self, who: Account) -> None:
        self.who = who

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = signed_in(self.who).get(*args, **kwargs)
        return answer

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = signed_in(self.who).post(*args, **kwargs)
        return answer
