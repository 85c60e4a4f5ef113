"""What the made-up school's head decided on the form of teaching; before periods are made, so that they follow it.

Rows, not the verb: that would tell every family today of a storm that is long over.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from truongso.people.models import RoleAssignment, Unit
from truongso.people.roles import Role
from truongso.school.models import SchoolYear, Shift, Week
from truongso.timetable.models import Mode, ModeDecision

STORM_WEEK, STORM_DAYS = 4, 4
UPPER = (8, 9)  # these grades have a few afternoon periods online, in support of school


def decide(year: SchoolYear, today: date) -> None:
    """Online support in the afternoons of the upper grades all year; lessons online in the days of a storm, once past."""
    by = RoleAssignment.objects.on(today).filter(role=Role.HEAD).values_list("person_id", flat=True).first()
    support = ModeDecision(
        mode=Mode.ONLINE_SUPPORT, during=year.during, shift=Shift.AFTERNOON, by_id=by, document="Kế hoạch số 12/KH-THCSBM",
        reason="Dạy học trực tuyến hỗ trợ Toán, Tiếng Anh khối 8, 9 buổi chiều",
    )  # fmt: skip
    upper = Unit.objects.filter(school_class__year=year, school_class__grade__in=UPPER)
    _keep(support, upper, year.during.lower + timedelta(days=20))
    week = Week.objects.filter(year=year, number=STORM_WEEK, first_day__lt=today - timedelta(days=6)).first()
    if week:
        during = DateRange(week.first_day, week.first_day + timedelta(days=STORM_DAYS))
        storm = ModeDecision(
            mode=Mode.ONLINE_REPLACE, during=during, by_id=by, document="Quyết định số 41/QĐ-THCSBM",
            reason="Bão số 9, đường đến trường ngập",
        )  # fmt: skip
        _keep(storm, (), week.first_day - timedelta(days=1))


def _keep(decision: ModeDecision, units: Iterable[Unit], day: date) -> None:
    decision.save()
    decision.units.set(units)
    when = min(timezone.make_aware(datetime.combine(day, time(16, 30))), timezone.now())
    ModeDecision.objects.filter(pk=decision.pk).update(at=when)
