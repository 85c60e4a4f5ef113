"""Absences of a class, a school, a pupil, as their pages show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from truongso.people.models import Person, RoleAssignment, Unit
from truongso.people.roles import Role
from truongso.timetable.absence_rules import COUNTED, Policy, Session, Total, state, total
from truongso.timetable.models import RollMark
from truongso.timetable.queries import absences
from truongso.timetable.queries.absences import Seen
from truongso.timetable.queries.rolls import pupils_on
from truongso.timetable.roll_rules import AWAY

STRIP = 20  # sessions: about a month
_CELLS = {"present": "·", "late": "M", "excused": "P", "absent": "K", "tech": "S", "part": "½"}


@dataclass(frozen=True, slots=True)
class PupilTotal:
    person: Person
    unit_id: int
    total: Total
    tone: str
    over: bool
    cells: list[tuple[str, str]]  # of the class's last sessions, oldest first

    @property
    def sessions(self) -> int:
        return self.total.sessions


@dataclass(frozen=True, slots=True)
class Totals:
    policy: Policy
    rows: list[PupilTotal]
    held: dict[int, list[date]]


def totals(units: Collection[int], day: date) -> Totals:
    """Every pupil of these classes on the day, in the order of names: six queries. A pupil who came from another class
    of the school brings its absences along."""
    first, until = absences.until_today(day)
    listed = pupils_on(units, day)
    policy = absences.policy_on(day)
    held = absences.held(first, until, units=units)
    by_pupil: dict[int, list[Session]] = {}
    for seen in absences.marks(first, until, pupils=[person.pk for _unit, person in listed]):
        by_pupil.setdefault(seen.pupil_id, []).append(seen.session)
    rows = []
    for unit, person in listed:
        sessions = by_pupil.get(person.pk, [])
        found = total(sessions)
        said = {s.day: state(s) for s in sessions}
        days = held.get(unit, [])[-STRIP:]
        cells = [(cell, _CELLS[cell]) for cell in (said.get(d, "present") for d in days)]
        shown: list[tuple[str, str]] = [("late" if cell == "part" else cell, letter) for cell, letter in cells]
        tone = policy.tone(found.sessions)
        rows.append(PupilTotal(person, unit, found, tone, policy.over(found.sessions), shown))
    return Totals(policy, rows, held)


@dataclass(frozen=True, slots=True)
class Missed:
    """One session that counts, with what it rests on."""

    day: date
    unit: Unit
    excused: bool
    whole: bool  # from the session's own roll
    marks: list[RollMark]

    @property
    def reasons(self) -> list[str]:
        return sorted({m.excuse.reason for m in self.marks if m.excuse} | {m.note for m in self.marks if m.note})

    @property
    def sources(self) -> list[str]:
        return sorted({str(m.get_source_display()) for m in self.marks})


def missed_by(pupils: Collection[int], day: date) -> dict[int, list[Missed]]:
    """{pupil: the sessions of the year that count}, newest first: four queries, however many pupils."""
    first, until = absences.until_today(day)
    counted = [s for s in absences.marks(first, until, pupils=pupils) if state(s.session) in COUNTED]
    units = Unit.objects.in_bulk({s.unit_id for s in counted})
    by_place = _evidence(counted)
    found: dict[int, list[Missed]] = {}
    for seen in sorted(counted, key=lambda s: s.session.day, reverse=True):
        key = (seen.pupil_id, seen.unit_id, seen.session.day)
        whole = seen.session.whole in AWAY
        marks = [m for m in by_place.get(key, []) if (m.sheet.period_id is None) == whole]
        found.setdefault(seen.pupil_id, []).append(
            Missed(seen.session.day, units[seen.unit_id], state(seen.session) == "excused", whole, marks)
        )
    return found


def _evidence(counted: Iterable[Seen]) -> dict[tuple[int, int, date], list[RollMark]]:
    wanted = {(s.pupil_id, s.unit_id, s.session.day) for s in counted}
    marks = RollMark.objects.filter(
        pupil__in={w[0] for w in wanted}, sheet__unit__in={w[1] for w in wanted}, sheet__day__in={w[2] for w in wanted},
        state__in=AWAY,
    ).select_related("sheet__period__subject", "excuse").order_by("sheet__period__number")  # fmt: skip
    found: dict[tuple[int, int, date], list[RollMark]] = {}
    for mark in marks:
        key = (mark.pupil_id, mark.sheet.unit_id, mark.sheet.day)
        if key in wanted:
            found.setdefault(key, []).append(mark)
    return found


@dataclass(frozen=True, slots=True)
class ClassLine:
    unit: Unit
    homeroom: str
    pupils: int
    sessions: int
    near: int


def class_lines(found: Totals, day: date) -> list[ClassLine]:
    units = Unit.objects.in_bulk({row.unit_id for row in found.rows})
    held = RoleAssignment.objects.on(day).filter(role=Role.HOMEROOM, unit__in=units, delegated_from=None)
    leading = {row.unit_id: row.person.full_name for row in held.select_related("person")}
    lines = []
    for pk, unit in units.items():
        rows = [row for row in found.rows if row.unit_id == pk]
        near = sum(1 for row in rows if row.tone)
        lines.append(ClassLine(unit, leading.get(pk, ""), len(rows), sum(r.sessions for r in rows), near))
    return sorted(lines, key=lambda line: (len(line.unit.name), line.unit.name))
