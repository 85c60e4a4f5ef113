"""What Hôm nay asks: my periods, why there are none, what was changed, how the children and the own class are.

Every function is one statement, or two, whatever it finds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.school.models import Holiday, Term
from truongso.timetable.models import AbsenceNote, ModeDecision, RollMark, TimetableVersion, VersionState
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
    place: dict[str, Any] | None  # where it stood


_CHANGES = """
    SELECT DISTINCT ON (p.day, lower(p.span), p.id)
           p.id, c.kind, c.reason, p.day, p.shift, p.number, coalesce(nullif(p.label, ''), s.name), u.name,
           coalesce(t.full_name, ''), coalesce(t.gender, ''), coalesce(w.full_name, ''), coalesce(w.gender, ''),
           coalesce(r.name, ''), p.mode, c.before
      FROM timetable_period p
      JOIN timetable_periodchange c ON c.period_id = p.id AND c.at >= %(since)s
      JOIN people_unit u ON u.id = p.unit_id
      JOIN school_subject s ON s.id = p.subject_id
      LEFT JOIN people_person t ON t.id = p.person_id
      LEFT JOIN people_person w ON w.id = (c.before->>'person_id')::bigint
      LEFT JOIN conditions_room r ON r.id = p.room_id
     WHERE p.day BETWEEN %(day)s AND %(last)s
       AND (p.unit_id = ANY(%(units)s) OR p.person_id = %(person)s
            OR (c.kind = 'substituted' AND (c.before->>'person_id')::bigint = %(person)s))
       AND NOT (c.kind = 'mode' AND EXISTS (
            SELECT 1 FROM timetable_modedecision d
             WHERE d.withdrawn_at IS NULL AND d.during @> p.day AND d.mode = p.mode AND d.at >= %(since)s))
     ORDER BY p.day, lower(p.span), p.id, c.id DESC LIMIT 12
"""
AHEAD = timedelta(days=31)


def changes(units: Collection[int], person_id: int, now: datetime) -> list[Change]:
    """What was changed since yesterday morning of periods still to come. What a decision in force says is left to it."""
    day = now.date()
    since = timezone.make_aware(datetime(day.year, day.month, day.day)) - timedelta(days=1)
    asked: dict[str, Any] = {"since": since, "day": day, "last": day + AHEAD, "units": list(units), "person": person_id}
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, asked)
        return [Change(*[*found[:-1], rows.read_json(found[-1])]) for found in cursor.fetchall()]


def decisions(units: Sequence[int] | None, first: date, last: date) -> list[ModeDecision]:
    """The head's decisions that hold in these days for these classes (None: any), the latest first."""
    found = ModeDecision.objects.filter(withdrawn_at=None, during__overlap=(first, last + timedelta(days=1)))
    if units is not None:
        found = found.filter(Q(units=None) | Q(units__in=units)).distinct()
    return list(found.order_by("-pk")[:5])
