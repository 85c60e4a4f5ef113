"""What stands around one period on its page: its neighbours, its own teacher, the decision behind its mode."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from truongso.people.models import Person
from truongso.timetable.models import ChangeKind, Mode, ModeDecision, Period, PeriodChange, PeriodState

Stands = Literal["off", "coming", "now", "done"]


@dataclass(frozen=True, slots=True)
class Around:
    stands: Stands
    before: Period | None  # of the same class and subject
    after: Period | None
    instead_of: Person | None  # whose period it is when a substitute teaches
    made_up_by: Period | None
    decision: ModeDecision | None


def around(period: Period, now: datetime) -> Around:
    """Five queries at most, whatever the school's size."""
    same = Period.objects.filter(unit=period.unit_id, subject=period.subject_id).exclude(pk=period.pk)
    start = period.span.lower
    return Around(
        stands(period, now),
        same.filter(day__lte=period.day, span__startswith__lt=start).order_by("-span").first(),
        same.filter(day__gte=period.day, span__startswith__gt=start).order_by("span").first(),
        _instead_of(period),
        Period.objects.filter(makes_up=period.pk).first() if period.state == PeriodState.CANCELLED else None,
        decision_behind(period),
    )


def stands(period: Period, now: datetime) -> Stands:
    if period.state == PeriodState.CANCELLED:
        return "off"
    if now < period.span.lower:
        return "coming"
    return "now" if now < period.span.upper else "done"


def _instead_of(period: Period) -> Person | None:
    if not period.kept:
        return None
    changes = PeriodChange.objects.filter(period=period, kind=ChangeKind.SUBSTITUTED).order_by("pk")
    first = changes.values_list("before", flat=True).first()
    own = first.get("person_id") if first else None
    return Person.objects.filter(pk=own).exclude(pk=period.person_id or 0).first() if own else None


def decision_behind(period: Period) -> ModeDecision | None:
    """The decision in force that this period's mode follows; None when it is as planned or was set for itself."""
    if period.mode == Mode.IN_PERSON:
        return None
    found = ModeDecision.objects.filter(during__contains=period.day, withdrawn_at=None, mode=period.mode)
    for decision in found.prefetch_related("units"):
        units = {unit.pk for unit in decision.units.all()}
        if decision.shift in {"", period.shift} and (not units or period.unit_id in units):
            return decision
    return None
