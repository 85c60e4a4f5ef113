"""What is new since yesterday: changed periods that are still to come, and the head's decisions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from truongso.timetable.queries.ask import ask
from truongso.timetable.queries.rows import read_json

AHEAD = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Change:
    """The last change of a period that is still to come."""

    period_id: int
    kind: str
    reason: str
    day: date
    shift: str
    number: int
    subject: str
    unit: str
    teacher: str
    gender: str
    usual: str
    usual_gender: str
    room: str
    mode: str
    place: dict[str, Any] | None  # what was before


# From the few changes of two days to their periods; names by subqueries as in `rows`. What a decision in force says is
# left to the decision, which is one line and not thirty.
_CHANGES = """
    WITH c AS MATERIALIZED (
        SELECT id, period_id, kind, reason, before, (before->>'person_id')::bigint AS was
          FROM timetable_periodchange WHERE at >= %(since)s
    )
    SELECT DISTINCT ON (p.day, lower(p.span), p.id)
           p.id, c.kind, c.reason, p.day, p.shift, p.number,
           coalesce(nullif(p.label, ''), (SELECT name FROM school_subject WHERE id = p.subject_id)),
           (SELECT name FROM people_unit WHERE id = p.unit_id),
           (SELECT ARRAY[full_name, gender] FROM people_person WHERE id = p.person_id),
           (SELECT ARRAY[full_name, gender] FROM people_person WHERE id = c.was),
           (SELECT name FROM conditions_room WHERE id = p.room_id), p.mode, c.before
      FROM c JOIN timetable_period p ON p.id = c.period_id
     WHERE p.day BETWEEN %(day)s AND %(last)s
       AND (p.unit_id = ANY(%(units)s) OR p.person_id = %(person)s OR (c.kind = 'substituted' AND c.was = %(person)s))
       AND NOT (c.kind = 'mode' AND EXISTS (
            SELECT 1 FROM timetable_modedecision d
             WHERE d.withdrawn_at IS NULL AND d.during @> p.day AND d.mode = p.mode AND d.at >= %(since)s))
     ORDER BY p.day, lower(p.span), p.id, c.id DESC LIMIT 12
"""


# On most days nothing was changed or decided: one small question then spares everybody's home two larger ones.
_ANY = """
    SELECT EXISTS (SELECT 1 FROM timetable_periodchange WHERE at >= %(since)s),
           EXISTS (SELECT 1 FROM timetable_modedecision
                    WHERE withdrawn_at IS NULL AND during && daterange(%(day)s, %(day)s + 1, '[]')
                      AND (%(lasting)s OR upper(during) - lower(during) <= 31 OR at >= %(since)s))
"""


@dataclass(frozen=True, slots=True)
class News:
    changes: list[Change]
    decisions: list[Decision]


def news(
    units: Collection[int], person_id: int, now: datetime, decided_for: Sequence[int] | None, *, lasting: bool
) -> News:
    """Changes for these classes and this teacher, and decisions that hold today or tomorrow for `decided_for`."""
    day = now.date()
    [(changed, decided)] = ask(_ANY, since=_yesterday(day), day=day, lasting=lasting)
    return News(
        changes(units, person_id, day) if changed else [],
        decisions(decided_for, day, day + timedelta(days=1), lasting=lasting) if decided else [],
    )


def _yesterday(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day)) - timedelta(days=1)


def changes(units: Collection[int], person_id: int, day: date) -> list[Change]:
    """What was changed since yesterday morning, the nearest first."""
    found = ask(_CHANGES, since=_yesterday(day), day=day, last=day + AHEAD, units=list(units), person=person_id)
    return [_change(row) for row in found]


def _change(found: tuple[Any, ...]) -> Change:
    pk, kind, reason, day, shift, number, subject, unit, teacher, usual, room, mode, before = found
    name, gender = teacher or ("", "")
    usual_name, usual_gender = usual or ("", "")
    return Change(
        pk, kind, reason, day, shift, number, subject, unit, name, gender, usual_name, usual_gender, room or "", mode,
        read_json(before),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of the head on the form of teaching, as a line: `after` is the first day on which it no longer holds."""

    mode: str
    first: date
    after: date
    reason: str
    document: str
    all_year: bool  # it holds for the whole school year


_DECISIONS = """
    SELECT d.mode, lower(d.during), upper(d.during), d.reason, d.document,
           EXISTS (SELECT 1 FROM school_schoolyear y WHERE d.during @> y.during) FROM timetable_modedecision d
     WHERE d.withdrawn_at IS NULL AND d.during && daterange(%(first)s, %(last)s, '[]')
       AND (%(all)s OR NOT EXISTS (SELECT 1 FROM timetable_modedecision_units u WHERE u.modedecision_id = d.id)
            OR EXISTS (SELECT 1 FROM timetable_modedecision_units u
                        WHERE u.modedecision_id = d.id AND u.unit_id = ANY(%(units)s)))
       -- what holds for a term is news for two days only
       AND (%(lasting)s OR upper(d.during) - lower(d.during) <= 31 OR d.at >= %(first)s::date - interval '1 day')
     ORDER BY d.id DESC LIMIT 5
"""


def decisions(units: Sequence[int] | None, first: date, last: date, *, lasting: bool = False) -> list[Decision]:
    """Those that hold in these days (both included) for these classes (None: any), the latest first. A decision for more
    than a month is news for two days and then everyday life, unless `lasting` asks for it."""
    found = ask(_DECISIONS, first=first, last=last, all=units is None, units=list(units or ()), lasting=lasting)
    return [Decision(*row) for row in found]
