"""Rolls of a day, for other pages: who is away, whose roll is missing. A few queries, however many classes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from truongso.people.models import Person, RoleAssignment, Unit, UnitKind
from truongso.people.roles import Role
from truongso.timetable.models import Period, PeriodState, RollMark, RollSheet
from truongso.timetable.roll_rules import AWAY


@dataclass(frozen=True, slots=True)
class Away:
    """A pupil who is not there today, by the last roll that speaks of them."""

    person: Person
    excused: bool


def absent_today(unit_ids: Collection[int], day: date) -> dict[int, list[Away]]:
    """{class: who is away}, in the order of names. Who came later by a later roll of the day is not among them."""
    found: dict[int, list[Away]] = {unit: [] for unit in unit_ids}
    sheets = list(RollSheet.objects.filter(unit_id__in=found, day=day).select_related("period").order_by("shift", "pk"))
    sheets.sort(key=lambda s: (s.shift, s.period.number if s.period else 0))
    marks = RollMark.objects.filter(sheet__in=sheets).select_related("pupil").order_by("pupil__sort_key", "pupil_id")
    by_sheet: dict[int, dict[int, RollMark]] = {}
    for mark in marks:
        by_sheet.setdefault(mark.sheet_id, {})[mark.pupil_id] = mark
    last = {sheet.unit_id: sheet for sheet in sheets}
    for unit, sheet in last.items():
        here = by_sheet.get(sheet.pk, {}).values()
        found[unit] = [Away(m.pupil, m.state == AWAY[0]) for m in here if m.state in AWAY]
    return found


def classes_without_roll(day: date, shift: str) -> list[Unit]:
    """The classes that have begun lessons in this half-day and of which nobody has taken any roll yet."""
    rolls = RollSheet.objects.filter(unit=OuterRef("pk"), day=day, shift=shift)
    begun = Period.objects.filter(
        unit=OuterRef("pk"), day=day, shift=shift, state=PeriodState.PLANNED, span__startswith__lte=timezone.now()
    )
    return list(Unit.objects.filter(Exists(begun), ~Exists(rolls), kind=UnitKind.CLASS).order_by("name"))


def pupils_on(unit_ids: Collection[int], day: date) -> list[tuple[int, Person]]:
    """(class, pupil) of those enrolled on the day, class by class in the order of Vietnamese names: newcomers from
    their first day, leavers until their last."""
    held = RoleAssignment.objects.on(day).filter(role=Role.PUPIL, unit_id__in=unit_ids).select_related("person")
    ordered = held.order_by("unit__name", "person__sort_key", "person_id")
    return [(row.unit_id, row.person) for row in ordered if row.unit_id is not None]


def classes_on(day: date) -> list[int]:
    """The classes of the day."""
    return list(Unit.objects.on(day).filter(kind=UnitKind.CLASS).values_list("pk", flat=True))
