"""What the made-up school's head decided on the form of teaching; before periods are made, so that they follow it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from truongso.people.actor import Actor, actor_for
from truongso.people.models import Account, RoleAssignment, Unit
from truongso.people.roles import Role
from truongso.school.models import SchoolYear, Shift, Week
from truongso.timetable.actions.modes import decide_mode
from truongso.timetable.models import Mode, ModeDecision

STORM_WEEK = 4
UPPER = (8, 9)  # these grades have a few afternoon periods online, in support of school


def decide(year: SchoolYear, today: date) -> None:
    """Online support in the afternoons of the upper grades all year; lessons online in the days of a storm, once past."""
    head = _head(today)
    if head is None:
        return
    upper = Unit.objects.filter(school_class__year=year, school_class__grade__in=UPPER)
    first, last = year.during.lower, year.during.upper - timedelta(days=1)
    with _on(first + timedelta(days=20)):
        decide_mode(
            by=head, mode=Mode.ONLINE_SUPPORT, first=first, last=last, units=list(upper), shift=Shift.AFTERNOON.value,
            reason="Dạy học trực tuyến hỗ trợ Toán, Tiếng Anh khối 8, 9 buổi chiều", document="Kế hoạch số 12/KH-THCSBM",
        )  # fmt: skip
    week = Week.objects.filter(year=year, number=STORM_WEEK, first_day__lt=today - timedelta(days=6)).first()
    if week:
        storm = week.first_day
        with _on(storm - timedelta(days=1)):
            decide_mode(
                by=head, mode=Mode.ONLINE_REPLACE, first=storm, last=storm + timedelta(days=3), units=(), shift="",
                reason="Bão số 9, đường đến trường ngập", document="Quyết định số 41/QĐ-THCSBM",
            )  # fmt: skip


@contextmanager
def _on(day: date) -> Iterator[None]:
    """The decision made inside was made on that day."""
    yield
    when = min(timezone.make_aware(datetime.combine(day, time(16, 30))), timezone.now())
    ModeDecision.objects.filter(pk=ModeDecision.objects.latest("pk").pk).update(at=when)


def _head(today: date) -> Actor | None:
    held = RoleAssignment.objects.on(today).filter(role=Role.HEAD).values("person")
    account = Account.objects.filter(person__in=held).select_related("person").first()
    return actor_for(account, on=today) if account else None
