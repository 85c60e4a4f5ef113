"""The roll of a period (classes taught together on one list) or of a half-day session, as its page shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from truongso.people.models import Person, Unit
from truongso.timetable import arrivals
from truongso.timetable.models import (
    AbsenceNote,
    MarkSource,
    Period,
    PeriodState,
    RegisterWeek,
    RollChange,
    RollMark,
    RollSheet,
)  # fmt: skip
from truongso.timetable.queries.links import ONLINE, visits_of
from truongso.timetable.queries.rolls import pupils_on
from truongso.timetable.roll_rules import HERE, Mark, Proposal, propose


@dataclass(frozen=True, slots=True)
class Row:
    """A pupil of the list. `saved`: what the roll says, None before it was taken."""

    person: Person
    unit_id: int
    saved: Mark | None
    proposal: Proposal | None
    note: AbsenceNote | None
    source: str = ""

    @property
    def mark(self) -> Mark:
        if self.saved is not None:
            return self.saved
        return self.proposal.mark if self.proposal else HERE


@dataclass(frozen=True, slots=True)
class Roll:
    units: list[Unit]
    day: date
    shift: str
    periods: dict[int, Period]  # by class; empty: of the session
    sheets: dict[int, RollSheet]  # by class, those that exist
    rows: list[Row]

    @property
    def period(self) -> Period | None:
        return next(iter(self.periods.values()), None)

    @property
    def taken(self) -> bool:
        return len(self.sheets) == len(self.units)

    @property
    def version(self) -> int:
        """Grows with every save of any of the sheets."""
        return sum(sheet.version for sheet in self.sheets.values())

    @property
    def last(self) -> RollSheet | None:
        return max(self.sheets.values(), key=lambda s: s.taken_at, default=None)

    @property
    def tally(self) -> Counter[str]:
        return Counter(row.mark.state for row in self.rows)

    @property
    def by_links(self) -> bool:
        """Do the proposals come from who went through the links?"""
        return any(r.proposal and r.proposal.source == MarkSource.LINK for r in self.rows)


def joint(period: Period) -> list[Period]:
    """The periods of the classes that are taught together with this one, this one first."""
    together = Period.objects.filter(lesson=period.lesson, span=period.span, state=PeriodState.PLANNED)
    others = together.exclude(pk=period.pk).select_related("unit").order_by("unit__name")
    return [period, *others]


def of_periods(periods: Sequence[Period]) -> Roll:
    """Eight queries, however many pupils."""
    first = periods[0]
    by_unit = {p.unit_id: p for p in periods}
    sheets = {s.unit_id: s for s in RollSheet.objects.filter(period__in=[p.pk for p in periods])}
    return _roll([p.unit for p in periods], first.day, first.shift, by_unit, sheets)


def of_session(unit: Unit, day: date, shift: str) -> Roll:
    sheets = {s.unit_id: s for s in RollSheet.objects.filter(unit=unit, day=day, shift=shift, period=None)}
    return _roll([unit], day, shift, {}, sheets)


def again(roll: Roll) -> Roll:
    """The same list, read anew."""
    if not roll.periods:
        return of_session(roll.units[0], roll.day, roll.shift)
    fresh = Period.objects.filter(pk__in=[p.pk for p in roll.periods.values()]).select_related("unit")
    by_pk = {p.pk: p for p in fresh}
    return of_periods([by_pk[p.pk] for p in roll.periods.values()])


def _roll(units: list[Unit], day: date, shift: str, periods: dict[int, Period], sheets: dict[int, RollSheet]) -> Roll:
    listed = pupils_on([u.pk for u in units], day)
    ids = [person.pk for _unit, person in listed]
    saved = {m.pupil_id: m for m in RollMark.objects.filter(sheet__in=sheets.values())}
    notes = {n.child_id: n for n in AbsenceNote.objects.about(day, shift).filter(child__in=ids).order_by("pk")}
    session = _session_marks(units, day, shift) if periods else {}
    came = _lateness(periods)
    rows = []
    for unit_id, person in listed:
        mark = saved.get(person.pk)
        note = notes.get(person.pk)
        proposal = propose(
            note=note.pk if note else None, session=session.get(person.pk), late=came.get(person.pk), links_used=bool(came)
        )  # fmt: skip
        rows.append(Row(
            person, unit_id, _mark(mark) if unit_id in sheets else None, proposal, note, mark.source if mark else "",
        ))  # fmt: skip
    return Roll(units, day, shift, periods, sheets, rows)


def _mark(mark: RollMark | None) -> Mark:
    return Mark(mark.state, mark.minutes, mark.note) if mark else HERE


def _session_marks(units: Sequence[Unit], day: date, shift: str) -> dict[int, Mark]:
    found = RollMark.objects.filter(sheet__unit__in=units, sheet__day=day, sheet__shift=shift, sheet__period=None)
    return {m.pupil_id: _mark(m) for m in found}


def _lateness(periods: dict[int, Period]) -> dict[int, int]:
    """Person → minutes late, of those who came by a link into one of these online periods."""
    found: dict[int, int] = {}
    for period in periods.values():
        if period.mode in ONLINE:
            for person, first in visits_of(period).items():
                found[person] = arrivals.late(first, period.span.lower)
    return found


def marks_of(period: Period, pupils: Sequence[int]) -> dict[int, Mark] | None:
    """What the period's roll says of these pupils; None while there is none."""
    sheet = RollSheet.objects.filter(period=period).first() if pupils else None
    if sheet is None:
        return None
    found = {m.pupil_id: _mark(m) for m in RollMark.objects.filter(sheet=sheet, pupil__in=pupils)}
    return {pk: found.get(pk, HERE) for pk in pupils}


def is_signed(unit_id: int, day: date) -> bool:
    """Is the week's register of the class signed by its homeroom teacher or the head?"""
    monday = day - timedelta(days=day.weekday())
    weeks = RegisterWeek.objects.filter(unit_id=unit_id, monday=monday)
    return weeks.exclude(homeroom_at=None, head_at=None).exists()


def changes(sheets: Sequence[RollSheet]) -> list[RollChange]:
    """Corrections, newest first."""
    return list(RollChange.objects.filter(sheet__in=sheets).select_related("pupil")[:40])


def names(ids: set[int | None]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=[pk for pk in ids if pk]).values_list("pk", "full_name"))
