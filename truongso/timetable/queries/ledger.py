"""The ledger of periods: by class and subject, what the timetable wanted so far, what was held, what is still owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from django.db.models import Count, Q, QuerySet

from truongso.people.actor import Actor
from truongso.people.models import Person
from truongso.people.roles import Role
from truongso.school.models import GroupSubject, SchoolYear
from truongso.timetable import rules
from truongso.timetable.models import ChangeKind, Origin, Period, PeriodChange, PeriodState

CANCELLED = Q(state=PeriodState.CANCELLED) & ~Q(origin=Origin.ADDED)  # an extra one that is not held is owed to nobody
_BY_WHAT = ("planned", "held", "cancelled", "made_up", "owed")


class Sum(NamedTuple):
    """One line: of a class and subject, a class, or a teacher."""

    unit_id: int | None
    unit: str
    subject_id: int | None
    subject: str
    person_id: int | None
    person: str
    planned: int
    held: int
    cancelled: int
    made_up: int
    owed: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the ledger is looked at for; empty fields mean all."""

    unit: int | None = None
    person: int | None = None
    group: int | None = None


def in_sight(actor: Actor, asked: Asked = Asked()) -> QuerySet[Period]:
    """The year's periods whose ledger the actor reads: readers all, a homeroom teacher the class, a teacher the own."""
    year = SchoolYear.objects.on(actor.on).first()
    found = (
        Period.objects.filter(day__gte=year.during.lower, day__lt=year.during.upper) if year else Period.objects.none()
    )
    if not actor.has(*rules.READERS):
        found = found.filter(Q(unit__in=actor.units(Role.HOMEROOM)) | Q(person=actor.person_id))
    if asked.unit:
        found = found.filter(unit=asked.unit)
    if asked.person:
        found = found.filter(person=asked.person)
    if asked.group:
        found = found.filter(subject__in=GroupSubject.objects.filter(group=asked.group).values("subject_id"))
    return found


def filters(now: datetime) -> dict[str, Q]:
    """What each figure counts. A cancelled make-up carries the debt on, so what it was for is counted no more."""
    tip = CANCELLED & ~Q(made_up_by__state=PeriodState.CANCELLED)
    return {
        "planned": Q(origin=Origin.TIMETABLE, span__endswith__lte=now),
        "held": Q(state=PeriodState.PLANNED, span__endswith__lte=now),
        "cancelled": tip,
        "made_up": tip & Q(made_up_by__isnull=False),
        "owed": tip & Q(made_up_by__isnull=True),
    }


Lines = Literal["subjects", "classes", "teachers"]


def sums(periods: QuerySet[Period], now: datetime, by: Lines = "subjects") -> list[Sum]:
    """A line for each class and subject, each class or each teacher, in their order: one query."""
    counts = {what: Count("pk", filter=which) for what, which in filters(now).items()}
    if by == "teachers":
        keys = ("person_id", "person__full_name", "person__sort_key")
        rows = periods.exclude(person=None).order_by("person__sort_key", "person_id").values(*keys).annotate(**counts)
        return [_sum(row, (None, "", None, "", row["person_id"], row["person__full_name"])) for row in rows]
    if by == "classes":
        rows = periods.order_by("unit__name").values("unit_id", "unit__name").annotate(**counts)
        return [_sum(row, (row["unit_id"], row["unit__name"], None, "", None, "")) for row in rows]
    names = ("unit_id", "unit__name", "subject_id", "subject__name", "subject__order")
    rows = periods.order_by("unit__name", "subject__order", "subject_id").values(*names).annotate(**counts)
    return [
        _sum(row, (row["unit_id"], row["unit__name"], row["subject_id"], row["subject__name"], None, ""))
        for row in rows
    ]


def _sum(row: Mapping[str, Any], of: tuple[int | None, str, int | None, str, int | None, str]) -> Sum:
    return Sum(*of, *(row[what] for what in _BY_WHAT))


@dataclass(frozen=True, slots=True)
class Behind:
    """A period behind a figure, and why it was not held."""

    period: Period
    made_up_by: Period | None
    who: str
    why: str


def behind(periods: QuerySet[Period], what: str, now: datetime, limit: int) -> list[Behind]:
    """The periods that a figure counts, the latest first, with who cancelled them and why: four queries."""
    found = periods.filter(filters(now)[what]).select_related("unit", "subject", "part", "person", "made_up_by")
    rows = list(found.order_by("-span")[:limit])
    changes = PeriodChange.objects.filter(period__in=[p.pk for p in rows], kind=ChangeKind.CANCELLED).order_by("pk")
    last = {change.period_id: change for change in changes}
    names = dict(
        Person.objects.filter(pk__in=[c.by_id for c in last.values() if c.by_id]).values_list("pk", "full_name")
    )
    return [_behind(p, last.get(p.pk), names) for p in rows]


def _behind(period: Period, change: PeriodChange | None, names: dict[int, str]) -> Behind:
    made = getattr(period, "made_up_by", None) if period.state == PeriodState.CANCELLED else None
    return Behind(period, made, names.get(change.by_id or 0, "") if change else "", change.reason if change else "")


def teachers_in(periods: QuerySet[Period]) -> Iterable[tuple[int, str]]:
    rows = periods.exclude(person=None).order_by("person__sort_key", "person_id")
    return rows.values_list("person_id", "person__full_name").distinct()
