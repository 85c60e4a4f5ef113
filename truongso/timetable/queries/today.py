"""What Hôm nay asks: my periods, why there are none, what was changed, how the children and the own class are.

Every function is one statement, or two, whatever it finds.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.timetable.queries import rows
from truongso.timetable.queries.ask import ask
from truongso.timetable.queries.rows import Row

TEACHERS = (Role.TEACHER, Role.GROUP_HEAD, Role.HOMEROOM, Role.HEAD, Role.DEPUTY)


def mine(actor: Actor) -> list[Row]:
    """The periods that this person learns or teaches today and on the next day with lessons."""
    if units := actor.units(Role.PUPIL):
        return rows.class_days(units, actor.on)
    return rows.teacher_days(actor.person_id, actor.on) if actor.has(*TEACHERS) else []


@dataclass(frozen=True, slots=True)
class Off:
    """Why nothing is taught on a day: a holiday with its last day, or a year that begins or is over. Empty: no reason known."""

    holiday: str = ""
    last: date | None = None
    begins: date | None = None
    no_timetable: bool = False


_OFF = """
    SELECT h.name, h.last, EXISTS (SELECT 1 FROM timetable_timetableversion WHERE state = 'published'), t.number, t.begins
      FROM (VALUES (1)) AS one
      LEFT JOIN LATERAL (SELECT name, upper(during) - 1 AS last FROM school_holiday WHERE during @> %(day)s::date
                          ORDER BY during LIMIT 1) h ON true
      LEFT JOIN LATERAL (SELECT number, lower(during) AS begins FROM school_term WHERE upper(during) > %(day)s
                          ORDER BY during LIMIT 1) t ON true
"""


def off(day: date) -> Off:
    """Asked only when a person has no period on the day."""
    [(name, last, published, number, begins)] = ask(_OFF, day=day)
    if name is not None:
        return Off(holiday=name, last=last)
    if not published:
        return Off(no_timetable=True)
    return Off(begins=begins) if number == 1 and day < begins else Off()


@dataclass(frozen=True, slots=True)
class Child:
    """A child as its guardian sees it today."""

    id: int
    name: str
    unit_id: int | None
    unit: str
    marks: tuple[tuple[str, int | None, str], ...]  # state, period number (none: the half-day), shift
    noted: str  # the reason of an absence note that holds today


# Written out: every guardian's home asks it. Only who is kept informed sees a child's day.
_CHILDREN = """
    SELECT c.id, c.full_name, u.id, coalesce(u.name, ''),
           (SELECT json_agg(json_build_array(m.state, p.number, o.shift) ORDER BY o.shift, p.number)
              FROM timetable_rollmark m JOIN timetable_rollsheet o ON o.id = m.sheet_id
              LEFT JOIN timetable_period p ON p.id = o.period_id
             WHERE m.pupil_id = c.id AND o.day = %(day)s),
           coalesce((SELECT n.reason FROM timetable_absencenote n
                      WHERE n.child_id = c.id AND n.withdrawn_at IS NULL AND n.during @> %(day)s::date
                      ORDER BY n.id DESC LIMIT 1), '')
      FROM people_guardianship g
      JOIN people_person c ON c.id = g.child_id
      LEFT JOIN people_roleassignment r ON r.person_id = c.id AND r.role = 'pupil' AND r.during @> %(day)s::date
      LEFT JOIN people_unit u ON u.id = r.unit_id
     WHERE g.guardian_id = %(person)s AND g.informed AND g.during @> %(day)s::date
     ORDER BY u.name DESC NULLS LAST, c.sort_key
"""


def children(actor: Actor) -> list[Child]:
    """All children of this guardian in one statement, the eldest class first."""
    if not actor.children:
        return []
    found = ask(_CHILDREN, person=actor.person_id, day=actor.on)
    return [Child(pk, name, unit_id, unit, _marks(marks), noted) for pk, name, unit_id, unit, marks, noted in found]


def _marks(found: Any) -> tuple[tuple[str, int | None, str], ...]:
    return tuple((state, number, shift) for state, number, shift in rows.read_json(found) or ())


@dataclass(frozen=True, slots=True)
class Away:
    """A pupil of the own class who is not simply there today, or whose family said so."""

    pupil: str
    state: str
    note: str


_AWAY = """
    SELECT c.id, c.full_name, found.state, found.note
      FROM (SELECT m.pupil_id, m.state, m.note, 1 AS nth, o.id
              FROM timetable_rollsheet o JOIN timetable_rollmark m ON m.sheet_id = o.id
             WHERE o.unit_id = ANY(%(units)s) AND o.day = %(day)s AND m.state <> 'trouble'
             UNION ALL
            SELECT n.child_id, NULL, n.reason, 2, n.id
              FROM people_roleassignment r JOIN timetable_absencenote n ON n.child_id = r.person_id
             WHERE r.role = 'pupil' AND r.unit_id = ANY(%(units)s) AND r.during @> %(day)s::date
               AND n.during @> %(day)s::date AND n.withdrawn_at IS NULL) AS found
      JOIN people_person c ON c.id = found.pupil_id
     ORDER BY found.nth, c.sort_key, found.id
"""


def away(units: Collection[int], day: date) -> list[Away]:
    """Who of these classes is marked today, and for whom the family sent a note: one statement."""
    found: dict[int, Away] = {}
    for pupil, name, state, note in ask(_AWAY, units=list(units), day=day):
        known = found.get(pupil)
        found[pupil] = Away(name, state or (known.state if known else ""), note)
    return list(found.values())
