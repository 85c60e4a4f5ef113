"""What Hôm nay asks: my periods, why there are none, what was changed, how the children and the own class are.

Every function is one statement, or two, whatever it finds.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.school.models import Holiday, Term
from truongso.timetable.models import AbsenceNote, RollMark, TimetableVersion, VersionState
from truongso.timetable.queries import rows
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


def off(day: date) -> Off:
    """Asked only when a person has no period on the day."""
    holiday = Holiday.objects.filter(during__contains=day).first()
    if holiday is not None:
        return Off(holiday=holiday.name, last=holiday.last_day)
    if not TimetableVersion.objects.filter(state=VersionState.PUBLISHED).exists():
        return Off(no_timetable=True)
    around = Term.objects.filter(during__endswith__gt=day).order_by("during").first()
    if around is not None and around.number == 1 and day < around.during.lower:
        return Off(begins=around.during.lower)
    return Off()


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
    with connection.cursor() as cursor:
        cursor.execute(_CHILDREN, {"person": actor.person_id, "day": actor.on})
        found = cursor.fetchall()
    return [Child(pk, name, unit_id, unit, _marks(marks), noted) for pk, name, unit_id, unit, marks, noted in found]


def _marks(found: Any) -> tuple[tuple[str, int | None, str], ...]:
    return tuple((state, number, shift) for state, number, shift in rows.read_json(found) or ())


@dataclass(frozen=True, slots=True)
class Away:
    """A pupil of the own class who is not simply there today, or whose family said so."""

    pupil: str
    state: str
    note: str


def away(units: Collection[int], day: date) -> list[Away]:
    """Who of these classes is marked today, and for whom the family sent a note: two questions."""
    marks = RollMark.objects.filter(sheet__unit__in=units, sheet__day=day).exclude(state="trouble")
    found: dict[int, Away] = {}
    for mark in marks.select_related("pupil").order_by("pupil__sort_key", "sheet_id"):
        found[mark.pupil_id] = Away(mark.pupil.full_name, mark.state, mark.note)
    notes = AbsenceNote.objects.filter(during__contains=day, withdrawn_at=None).filter(
        child__roles__role=Role.PUPIL, child__roles__unit__in=units, child__roles__during__contains=day
    )
    for note in notes.select_related("child").order_by("child__sort_key"):
        known = found.get(note.child_id)
        found[note.child_id] = Away(note.child.full_name, known.state if known else "", note.reason)
    return list(found.values())
