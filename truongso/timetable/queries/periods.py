"""Reads of periods for pages. Every function costs the same number of queries for one row and for many."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from truongso.timetable.models import Period


def _with_names(found: QuerySet[Period]) -> QuerySet[Period]:
    return found.select_related("unit", "subject", "part", "person", "room").order_by("span", "unit__name")


def of_classes(units: Collection[int], first: date, last: date) -> QuerySet[Period]:
    """The periods of these classes from first to last (both included), cancelled ones too."""
    return _with_names(Period.objects.filter(unit_id__in=units, day__range=(first, last)))


def of_teacher(person_id: int, first: date, last: date) -> QuerySet[Period]:
    return _with_names(Period.objects.filter(person_id=person_id, day__range=(first, last)))
