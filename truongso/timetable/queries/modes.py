"""The head's decisions on the form of teaching, and the periods that one of them reaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from truongso.people.models import Unit
from truongso.school.models import SchoolClass
from truongso.timetable.models import ChangeKind, Mode, ModeDecision, Period, PeriodChange, PeriodState


class Reach(NamedTuple):
    """How many periods of a class a decision would change, of how many it meets."""

    unit: str
    changed: int
    total: int


def coming(*, first: date, last: date, units: Collection[int], shift: str, now: datetime) -> QuerySet[Period]:
    """The planned periods of these days that have not begun; no units: of the whole school."""
    found = Period.objects.filter(day__range=(first, last), span__startswith__gt=now, state=PeriodState.PLANNED)
    if units:
        found = found.filter(unit_id__in=units)
    return found.filter(shift=shift) if shift else found


def reach(periods: QuerySet[Period], mode: str) -> list[Reach]:
    """One line a class, in order of name: one query."""
    rows = list(periods.order_by("unit__name").values_list("unit__name", "mode"))
    total, changed = Counter(unit for unit, _m in rows), Counter(unit for unit, m in rows if m != mode)
    return [Reach(unit, changed[unit], count) for unit, count in total.items()]


def classes_on(day: date) -> QuerySet[Unit]:
    found = SchoolClass.objects.filter(year__during__contains=day).values("unit_id")
    return Unit.objects.filter(pk__in=found).order_by("school_class__grade", "name")


def decisions() -> QuerySet[ModeDecision]:
    return ModeDecision.objects.prefetch_related("units")


def last_day(decision: ModeDecision) -> date:
    day: date = decision.during.upper - timedelta(days=1)
    return day


def due(periods: Collection[Period], first: date, last: date) -> dict[int, str]:
    """period id → the mode that was said last for it: by a decision in force, or by somebody for itself."""
    said: dict[int, tuple[datetime, str]] = {}
    changes = PeriodChange.objects.filter(period__in=periods, kind=ChangeKind.MODE).order_by("pk")
    rows = list(changes.values_list("pk", "period_id", "at", "after"))
    undone = {after["undone"] for _pk, _period, _at, after in rows if "undone" in after}
    for pk, period_id, at, after in rows:
        if "decision" not in after and "undone" not in after and pk not in undone:
            said[period_id] = (at, after["mode"])
    in_force = decisions().filter(during__overlap=(first, last + timedelta(days=1)), withdrawn_at=None)
    for decision in in_force.order_by("at", "pk"):
        units = {unit.pk for unit in decision.units.all()}
        for one in periods:
            meant = one.day in decision.during and (not units or one.unit_id in units)
            if meant and decision.shift in {"", one.shift} and (one.pk not in said or said[one.pk][0] <= decision.at):
                said[one.pk] = (decision.at, decision.mode)
    return {one.pk: said[one.pk][1] if one.pk in said else Mode.IN_PERSON.value for one in periods}
