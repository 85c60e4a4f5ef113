"""Reads of periods for pages. Every function costs the same number of queries for one row and for many."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from truongso.timetable.models import Period, PeriodState


def _with_names(found: QuerySet[Period]) -> QuerySet[Period]:
    return found.select_related("unit", "subject", "part", "person", "room").order_by("span", "unit__name")


def of_classes(units: Collection[int], first: date, last: date) -> QuerySet[Period]:
    """The periods of these classes from first to last (both included), cancelled ones too."""
    return _with_names(Period.objects.filter(unit_id__in=units, day__range=(first, last)))


def of_teacher(person_id: int, first: date, last: date) -> QuerySet[Period]:
    return _with_names(Period.objects.filter(person_id=person_id, day__range=(first, last)))


def of_school(first: date, last: date) -> QuerySet[Period]:
    return _with_names(Period.objects.filter(day__range=(first, last)))


def owed(unit_id: int | None = None) -> QuerySet[Period]:
    """Cancelled periods that nobody has made up yet."""
    made_up = Period.objects.filter(makes_up__isnull=False, state=PeriodState.PLANNED).values("makes_up_id")
    found = Period.objects.filter(state=PeriodState.CANCELLED).exclude(pk__in=made_up)
    return _with_names(found.filter(unit_id=unit_id) if unit_id else found)


def clashing(*, unit_id: int, person_id: int | None, room_id: int | None, span: object, but: int) -> QuerySet[Period]:
    """What stands in the way of holding a period of this class, teacher and room in this time."""
    who = Q(unit_id=unit_id)
    if person_id:
        who |= Q(person_id=person_id)
    if room_id:
        who |= Q(room_id=room_id)
    found = Period.objects.filter(who, span__overlap=span, state=PeriodState.PLANNED).exclude(pk=but)
    return _with_names(found)
