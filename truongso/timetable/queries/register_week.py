"""The register of a class for a week, and of the school for many: a constant number of queries each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone

from truongso.people.models import Person, Unit
from truongso.school.models import Week
from truongso.timetable.models import (
    RATINGS,
    ChangeKind,
    Period,
    PeriodChange,
    PeriodState,
    RegisterNote,
    RegisterScale,
    RegisterWeek,
)
from truongso.timetable.queries.absent import Absent, absent_from
from truongso.timetable.queries.periods import of_classes


def scale() -> list[str]:
    """The ratings of this school, best first."""
    return RegisterScale.objects.values_list("ratings", flat=True).first() or list(RATINGS)


def names(ids: Collection[int | None]) -> dict[int, str]:
    rows = Person.objects.filter(pk__in={pk for pk in ids if pk}).values_list("pk", "full_name")
    return dict(rows)


@dataclass(frozen=True, slots=True)
class Row:
    """A period of the week as the register shows it."""

    period: Period
    note: RegisterNote | None
    signer: str
    absent: list[Absent] | None  # None: no roll was taken
    gap: bool  # over, and nobody signed
    why_not: str = ""  # why it was not held

    @property
    def subject(self) -> str:
        return self.period.part.name if self.period.part else self.period.subject.name

    @property
    def short_subject(self) -> str:
        name = self.subject
        return name if len(name) <= 20 else self.period.subject.short_name

    @property
    def text(self) -> str:
        if self.note is None:
            return self.period.label
        return f"{self.note.lesson_text}: {self.note.content}" if self.note.content else self.note.lesson_text

    @property
    def away(self) -> str:
        return ", ".join(str(a) for a in self.absent or ())


@dataclass(frozen=True, slots=True)
class WeekSheet:
    unit: Unit
    monday: date
    week: Week | None  # the teaching week, with its number
    signed: RegisterWeek | None
    homeroom: str  # who signed
    head: str
    days: Sequence[tuple[date, Sequence[Row]]]
    ratings: Sequence[tuple[str, int]] = field(default=())

    @property
    def last_day(self) -> date:
        return max([self.monday + timedelta(days=5), *(day for day, _rows in self.days)])

    @property
    def rows(self) -> list[Row]:
        return [row for _day, rows in self.days for row in rows]

    @property
    def gaps(self) -> list[Row]:
        return [row for row in self.rows if row.gap]

    @property
    def over(self) -> bool:
        held = [row.period for row in self.rows if row.period.state == PeriodState.PLANNED]
        return bool(held) and max(p.span.upper for p in held) <= timezone.now()

    def away(self, *, excused: bool) -> int:
        return sum(a.excused == excused for row in self.rows for a in row.absent or ())


def week_sheet(unit: Unit, monday: date) -> WeekSheet:
    """Every period of the class in the week, cancelled ones too: seven queries."""
    found = list(of_classes([unit.pk], monday, monday + timedelta(days=6)).select_related("register"))
    away = absent_from(found)
    signed = RegisterWeek.objects.filter(unit=unit, monday=monday).first()
    notes = {p.pk: p.register for p in found if hasattr(p, "register")}
    who = names([*(n.signed_by_id for n in notes.values()), *((signed.homeroom_id, signed.head_id) if signed else ())])
    cancelled = [p.pk for p in found if p.state == PeriodState.CANCELLED]
    changes = PeriodChange.objects.filter(period__in=cancelled, kind=ChangeKind.CANCELLED).order_by("pk")
    reasons = dict(changes.values_list("period_id", "reason"))
    now, days = timezone.now(), defaultdict(list)
    for p in found:
        note = notes.get(p.pk)
        gap = note is None and p.state == PeriodState.PLANNED and p.span.upper <= now
        signer = who.get(note.signed_by_id, "") if note else ""
        days[p.day].append(Row(p, note, signer, away[p.pk], gap, reasons.get(p.pk, "")))
    counts = Counter(n.rating for n in notes.values() if n.rating)
    order = [r for r in scale() if r in counts] + sorted(counts.keys() - set(scale()))
    return WeekSheet(
        unit, monday, Week.objects.filter(first_day=monday).select_related("year").first(), signed,
        who.get(signed.homeroom_id or 0, "") if signed else "", who.get(signed.head_id or 0, "") if signed else "",
        sorted(days.items()), [(r, counts[r]) for r in order],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardCell:
    """A class in a week: how many periods are over, how many of them nobody signed, and who signed the week."""

    held: int
    gaps: int
    homeroom: bool
    head: bool

    @property
    def ready(self) -> bool:
        """For the school to sign without another look: the homeroom teacher has, and no line is missing."""
        return self.homeroom and not self.head and not self.gaps


def board(units: Sequence[Unit], mondays: Sequence[date]) -> dict[tuple[int, date], BoardCell]:
    """Two queries for any number of classes and weeks. No cell: no period is over there."""
    if not mondays:
        return {}
    over = Period.objects.filter(
        unit__in=units, day__range=(min(mondays), max(mondays) + timedelta(days=6)), state=PeriodState.PLANNED,
        span__endswith__lte=timezone.now(),
    )  # fmt: skip
    rows = over.order_by().values_list("unit_id", TruncWeek("day"))
    counts = rows.annotate(n=Count("pk"), gaps=Count("pk", filter=Q(register=None)))
    signed = {(w.unit_id, w.monday): w for w in RegisterWeek.objects.filter(unit__in=units, monday__in=mondays)}
    found = {}
    for unit, monday, held, gaps in counts:
        week = signed.get((unit, monday))
        found[unit, monday] = BoardCell(held, gaps, bool(week and week.homeroom_at), bool(week and week.head_at))
    return found
