"""Totals of absences, counted by absence_rules from what the rolls say: a few queries for a pupil, a class, a school."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from truongso.school.models import SchoolClass, SchoolYear, Shift
from truongso.timetable.absence_rules import Policy, Session
from truongso.timetable.models import AbsencePolicy
from truongso.timetable.queries.ask import ask

DATA = Path(__file__).parent.parent / "data" / "absences.toml"

# What every pupil's marks say of each main session of the class, one row a pupil and session that has any mark.
# A roll counts when its period does: planned, of the timetable or in its place, of a form of teaching that counts.
_SHEETS = """
    WITH counting AS (
        SELECT s.id, s.unit_id, s.day, s.shift, s.period_id IS NULL AS whole
          FROM timetable_rollsheet s
          LEFT JOIN school_schoolclass c ON c.unit_id = s.unit_id
          LEFT JOIN timetable_period p ON p.id = s.period_id
         WHERE s.day >= %(first)s AND s.day < %(until)s AND s.shift = coalesce(c.shift, 'am')
           AND (%(units)s::bigint[] IS NULL OR s.unit_id = ANY(%(units)s))
           AND CASE WHEN s.period_id IS NOT NULL
               THEN p.state = 'planned' AND p.origin <> 'added' AND p.mode = ANY(%(modes)s)
               ELSE NOT EXISTS (SELECT 1 FROM timetable_period q WHERE q.unit_id = s.unit_id AND q.day = s.day
                                   AND q.shift = s.shift AND q.state = 'planned')
                 OR EXISTS (SELECT 1 FROM timetable_period q WHERE q.unit_id = s.unit_id AND q.day = s.day
                               AND q.shift = s.shift AND q.state = 'planned' AND q.mode = ANY(%(modes)s)) END
    ), session AS (
        SELECT unit_id, day, bool_or(whole) AS has_whole, count(*) FILTER (WHERE NOT whole) AS rolls
          FROM counting GROUP BY unit_id, day
    )
"""
_MARKS = (
    _SHEETS  # noqa: S608 (constants)
    + """
    SELECT m.pupil_id, x.unit_id, x.day, x.has_whole, max(m.state) FILTER (WHERE s.whole), x.rolls,
           count(*) FILTER (WHERE NOT s.whole AND m.state = 'absent'),
           count(*) FILTER (WHERE NOT s.whole AND m.state = 'excused'),
           count(*) FILTER (WHERE NOT s.whole AND m.state = 'late'),
           count(*) FILTER (WHERE NOT s.whole AND m.state = 'trouble')
      FROM counting s JOIN session x USING (unit_id, day) JOIN timetable_rollmark m ON m.sheet_id = s.id
     WHERE %(pupils)s::bigint[] IS NULL OR m.pupil_id = ANY(%(pupils)s)
     GROUP BY m.pupil_id, x.unit_id, x.day, x.has_whole, x.rolls
     ORDER BY m.pupil_id, x.day
"""
)
_HELD = _SHEETS + "SELECT unit_id, day FROM session ORDER BY unit_id, day"  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class Seen:
    """One pupil in one session of a class."""

    pupil_id: int
    unit_id: int
    session: Session


def policy_on(day: date) -> Policy:
    """The rule of a day; of days before any row, the one that we ship."""
    row = AbsencePolicy.objects.filter(during__contains=day).first()
    return _policy(row) if row else shipped()


def _policy(row: AbsencePolicy) -> Policy:
    return Policy(**{f.name: getattr(row, f.name) for f in fields(Policy)})


def shipped() -> Policy:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return Policy(**{f.name: data[f.name] for f in fields(Policy)})


def year_of(day: date) -> tuple[date, date]:
    """(first day, day after the last) of the school year that a day lies in: August to July where none is entered."""
    year = SchoolYear.objects.on(day).first()
    if year is not None:
        return year.during.lower, year.during.upper
    first = date(day.year if day.month >= 8 else day.year - 1, 8, 1)
    return first, date(first.year + 1, 8, 1)


Piece = tuple[date, date, Policy]


def _pieces(first: date, until: date) -> Iterator[Piece]:
    """The stretch cut where another rule begins: each session counts by the rule of its day."""
    rows = list(AbsencePolicy.objects.filter(during__overlap=(first, until)))
    cuts = sorted(
        {first, until, *(d for r in rows for d in (r.during.lower, r.during.upper) if d and first < d < until)}
    )
    for lower, upper in pairwise(cuts):
        row = next((r for r in rows if lower in r.during), None)
        yield lower, upper, _policy(row) if row else shipped()


def marks(
    first: date, until: date, *, units: Collection[int] | None = None, pupils: Collection[int] | None = None
) -> list[Seen]:
    """Every main session, from first until (excluded), of which a roll says more than that a pupil was there."""
    return _marks(_pieces(first, until), units, pupils)


def _marks(pieces: Iterable[Piece], units: Collection[int] | None, pupils: Collection[int] | None = None) -> list[Seen]:
    found = []
    for lower, upper, policy in pieces:
        scope = _scope(lower, upper, policy, units) | {"pupils": list(pupils) if pupils is not None else None}
        for pupil, unit, day, has_whole, whole, *counts in ask(_MARKS, **scope):
            seen = Session(day, (whole or "present") if has_whole else None, *counts)
            found.append(Seen(pupil, unit, seen))
    return found


def held(first: date, until: date, *, units: Collection[int] | None = None) -> dict[int, list[date]]:
    """{class: the days whose main session has a roll that counts}, oldest first."""
    return _held(_pieces(first, until), units)


def _held(pieces: Iterable[Piece], units: Collection[int] | None) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    for lower, upper, policy in pieces:
        for unit, day in ask(_HELD, **_scope(lower, upper, policy, units)):
            found.setdefault(unit, []).append(day)
    return found


def lately(first: date, until: date, units: Collection[int]) -> tuple[list[Seen], dict[int, list[date]]]:
    """`marks` and `held` of these classes, the rule asked for once."""
    pieces = list(_pieces(first, until))
    return _marks(pieces, units), _held(pieces, units)


def _scope(first: date, until: date, policy: Policy, units: Collection[int] | None) -> dict[str, Any]:
    return {"first": first, "until": until, "modes": policy.modes, "units": list(units) if units is not None else None}


def until_today(day: date) -> tuple[date, date]:
    """The school year so far."""
    first, until = year_of(day)
    return first, min(until, day + timedelta(days=1))


def main_shift(unit_id: int) -> str:
    """The half-day in which a class has its main session."""
    found = SchoolClass.objects.filter(unit_id=unit_id).values_list("shift", flat=True).first()
    return found or Shift.MORNING.value


def policies() -> list[AbsencePolicy]:
    return list(AbsencePolicy.objects.all())
