"""Periods as Hôm nay, the week and the day of the school show them: flat rows with every name, one statement a question.

Written out, since every pupil's home asks it: one statement with the names costs a third of the model graph.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from truongso.timetable.models import Mode, Origin, Period, PeriodState
from truongso.timetable.queries.ask import ask

_ONLINE = frozenset({Mode.ONLINE_SUPPORT.value, Mode.ONLINE_REPLACE.value})


@dataclass(frozen=True, slots=True)
class Row:
    """One period with its names; `usual` is who would have taught it, `from_` where it stood before it was moved."""

    id: int
    unit_id: int
    unit: str
    subject: str
    short: str
    part: str
    label: str
    person_id: int | None
    teacher: str
    gender: str
    room: str
    day: date
    shift: str
    number: int
    starts: datetime
    ends: datetime
    mode: str
    state: str
    origin: str
    lesson: UUID
    usual_id: int | None
    usual: str
    usual_gender: str
    from_: Mapping[str, Any] | None
    reason: str
    signed: bool
    rolled: bool
    subject_id: int
    part_id: int | None

    @property
    def cancelled(self) -> bool:
        return self.state == PeriodState.CANCELLED

    @property
    def online(self) -> bool:
        return self.mode in _ONLINE

    @property
    def at_home(self) -> bool:
        """Learnt at home, so that its room at school says nothing."""
        return self.mode in {Mode.ONLINE_REPLACE, Mode.SELF_STUDY}

    @property
    def title(self) -> str:
        """Chào cờ, Toán"""
        return self.label or self.subject

    @property
    def short_title(self) -> str:
        return self.label or self.short

    @property
    def substituted(self) -> bool:
        return self.usual_id is not None and self.usual_id != self.person_id

    @property
    def made_up(self) -> bool:
        return self.origin == Origin.MAKE_UP

    @property
    def added(self) -> bool:
        return self.origin == Origin.ADDED

    @property
    def moved_from(self) -> date | None:
        """The day it was first made for, when it now stands in another place."""
        if self.from_ is None:
            return None
        first = date.fromisoformat(self.from_["day"])
        place = (first, self.from_.get("shift", self.shift), self.from_.get("number", self.number))
        return first if place != (self.day, self.shift, self.number) else None

    def period(self) -> Period:
        """As the functions take it that work on periods, without reading it again."""
        return Period(
            pk=self.id, unit_id=self.unit_id, subject_id=self.subject_id, part_id=self.part_id, person_id=self.person_id,
            day=self.day, shift=self.shift, number=self.number, span=DateTimeTZRange(self.starts, self.ends),
            mode=self.mode, state=self.state, origin=self.origin, lesson=self.lesson,
        )  # fmt: skip


# The names come by subqueries and not by joins: the planner tries joins in every order, which for this many tables takes
# it five times as long as the answer.
_COLUMNS = """
    p.id, p.unit_id, (SELECT name FROM people_unit WHERE id = p.unit_id) AS unit,
    (SELECT ARRAY[name, short_name] FROM school_subject WHERE id = p.subject_id),
    (SELECT name FROM school_subjectpart WHERE id = p.part_id), p.label, p.person_id,
    (SELECT ARRAY[full_name, gender] FROM people_person WHERE id = p.person_id),
    (SELECT name FROM conditions_room WHERE id = p.room_id), p.day, p.shift, p.number,
    lower(p.span) AS starts, upper(p.span), p.mode, p.state, p.origin, p.lesson,
    c.usual, (SELECT ARRAY[full_name, gender] FROM people_person WHERE id = c.usual), c.place, c.reason,
    EXISTS (SELECT 1 FROM timetable_registernote n WHERE n.period_id = p.id),
    EXISTS (SELECT 1 FROM timetable_rollsheet o WHERE o.period_id = p.id), p.subject_id, p.part_id
"""
# What was changed of a period by hand; only those that are `kept` have anything, the others are not asked.
_CHANGED = """
    LEFT JOIN LATERAL (
        SELECT (array_agg(c.before ORDER BY c.id) FILTER (WHERE c.before ? 'day'))[1] AS place,
               (array_agg((c.before->>'person_id')::bigint ORDER BY c.id) FILTER (WHERE c.kind = 'substituted'))[1] AS usual,
               (array_agg(c.reason ORDER BY c.id DESC) FILTER (WHERE c.kind <> 'mode' AND c.reason <> ''))[1] AS reason
          FROM timetable_periodchange c WHERE p.kept AND c.period_id = p.id
    ) c ON true
"""
_ORDER = " ORDER BY starts, unit, p.id"
# A period is also shown to the teacher in whose place somebody else teaches it.
_HERS = """(p.person_id = %(person)s OR (p.kept AND EXISTS (
    SELECT 1 FROM timetable_periodchange h
     WHERE h.period_id = p.id AND h.kind = 'substituted' AND (h.before->>'person_id')::bigint = %(person)s)))"""

_RANGE = "p.day BETWEEN %(first)s AND %(last)s"
_WHO = {"classes": "p.unit_id = ANY(%(units)s)", "teacher": _HERS, "room": "p.room_id = %(room)s", "school": "true"}


def _between(who: str) -> str:
    return f"SELECT {_COLUMNS} FROM timetable_period p {_CHANGED} WHERE {_RANGE} AND {_WHO[who]} {_ORDER}"  # noqa: S608


_BETWEEN = {who: _between(who) for who in _WHO}
# Today, and the next day on which the class (the teacher) has lessons; each class of several its own.
_CLASS_DAYS = f"""
    SELECT {_COLUMNS}
      FROM (SELECT unit, (SELECT min(q.day) FROM timetable_period q
                           WHERE q.unit_id = unit AND q.day > %(day)s AND q.state = 'planned') AS next
              FROM unnest(%(units)s::bigint[]) AS unit) d
      JOIN timetable_period p ON p.unit_id = d.unit AND p.day IN (%(day)s, d.next)
      {_CHANGED} {_ORDER}
"""  # noqa: S608
_TEACHER_DAYS = f"""
    SELECT {_COLUMNS}
      FROM (SELECT min(q.day) AS next FROM timetable_period q
             WHERE q.person_id = %(person)s AND q.day > %(day)s AND q.state = 'planned') d
      JOIN timetable_period p ON p.day IN (%(day)s, d.next) AND {_HERS}
      {_CHANGED} {_ORDER}
"""  # noqa: S608


def _ask(statement: str, values: Mapping[str, Any]) -> list[Row]:
    zone = timezone.get_current_timezone()
    return [_row(found, zone) for found in ask(statement, **values)]


def _row(found: tuple[Any, ...], zone: tzinfo) -> Row:
    (pk, unit_id, unit, (subject, short), part, label, person_id, teacher, room, day, shift, number, starts, ends, mode, state,
     origin, lesson, usual_id, usual, place, reason, signed, rolled, subject_id, part_id) = found  # fmt: skip
    name, gender = teacher or ("", "")
    usual_name, usual_gender = usual or ("", "")
    return Row(
        pk, unit_id, unit, subject, short, part or "", label, person_id, name, gender, room or "", day, shift, number,
        starts.astimezone(zone), ends.astimezone(zone), mode, state, origin, lesson, usual_id, usual_name, usual_gender,
        read_json(place), reason or "", signed, rolled, subject_id, part_id,
    )  # fmt: skip


def read_json(value: Any) -> Any:
    """Django's connection hands JSON of a statement of our own over as it came."""
    return json.loads(value) if isinstance(value, str) else value


def class_days(units: Collection[int], day: date) -> list[Row]:
    """The periods of these classes on a day, and on the next day on which each has lessons."""
    return _ask(_CLASS_DAYS, {"units": list(units), "day": day})


def teacher_days(person_id: int, day: date) -> list[Row]:
    return _ask(_TEACHER_DAYS, {"person": person_id, "day": day})


def of_classes(units: Collection[int], first: date, last: date) -> list[Row]:
    """From first to last, both included, cancelled ones too; so the others below."""
    return _ask(_BETWEEN["classes"], {"units": list(units), "first": first, "last": last})


def of_teacher(person_id: int, first: date, last: date) -> list[Row]:
    """Also those in which somebody else teaches in this person's place."""
    return _ask(_BETWEEN["teacher"], {"person": person_id, "first": first, "last": last})


def of_room(room_id: int, first: date, last: date) -> list[Row]:
    return _ask(_BETWEEN["room"], {"room": room_id, "first": first, "last": last})


def of_school(day: date) -> list[Row]:
    return _ask(_BETWEEN["school"], {"first": day, "last": day})
