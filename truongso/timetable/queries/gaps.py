"""Periods that are over and that nobody signed in the class register."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Count, DateField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.utils import timezone

from truongso.school.models import SchoolYear
from truongso.timetable.models import Period, PeriodState, RegisterWeek
from truongso.timetable.queries.ask import ask


def unsigned(
    *,
    units: Collection[int] | None = None,
    person_id: int | None = None,
    first: date | None = None,
    last: date | None = None,
    begun: bool = False,
) -> QuerySet[Period]:
    """Those of this school year (or between two days), oldest first, without the weeks that the school has closed.
    `begun`: also those that are going on now."""
    now = timezone.now()
    today = timezone.localdate()
    found = Period.objects.filter(state=PeriodState.PLANNED, register=None, day__lte=last or today)
    found = found.filter(span__startswith__lte=now) if begun else found.filter(span__endswith__lte=now)
    if first is None:
        year = SchoolYear.objects.on(today).values_list("during", flat=True).first()
        first = year.lower if year else today - timedelta(days=120)
    found = found.filter(day__gte=first)
    if units is not None:
        found = found.filter(unit__in=units)
    if person_id is not None:
        found = found.filter(person=person_id)
    week_before = ExpressionWrapper(OuterRef("day") - timedelta(days=7), output_field=DateField())
    closed = RegisterWeek.objects.filter(
        unit=OuterRef("unit"), monday__lte=OuterRef("day"), monday__gt=week_before, head_at__isnull=False
    )
    return found.filter(~Exists(closed)).order_by("span", "pk")


# `unsigned(person_id=…)`, counted: every teacher's home asks it.
_COUNTED = """
    SELECT count(*), min(p.day) FROM timetable_period p
     WHERE p.person_id = %(person)s AND p.state = 'planned' AND upper(p.span) <= %(now)s AND p.day <= %(day)s
       AND p.day >= coalesce((SELECT lower(during) FROM school_schoolyear WHERE during @> %(day)s::date), %(day)s::date - 120)
       AND NOT EXISTS (SELECT 1 FROM timetable_registernote n WHERE n.period_id = p.id)
       AND NOT EXISTS (SELECT 1 FROM timetable_registerweek w
                        WHERE w.unit_id = p.unit_id AND w.monday BETWEEN p.day - 6 AND p.day AND w.head_at IS NOT NULL)
"""


def count_unsigned(person_id: int) -> tuple[int, date | None]:
    """How many periods of this teacher are unsigned, and the day of the oldest."""
    [(count, oldest)] = ask(_COUNTED, person=person_id, now=timezone.now(), day=timezone.localdate())
    return count, oldest


def by_teacher(found: QuerySet[Period]) -> dict[int, int]:
    rows = found.filter(person__isnull=False).order_by().values("person_id").annotate(n=Count("pk"))
    return dict(rows.order_by(F("n").desc()).values_list("person_id", "n"))


def to_sign(person_id: int) -> QuerySet[Period]:
    """The teacher's own periods that are waiting for a signature, those going on now too."""
    found = unsigned(person_id=person_id, begun=True)
    return found.select_related("unit", "subject", "part", "room")
