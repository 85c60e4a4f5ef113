"""What a class must still get: the teaching assignments, against the weekly counts of the semester."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import uuid4

from django.db.models import Q

from truongso.people.models import Unit
from truongso.roster.models import TeachingAssignment
from truongso.school.models import SchoolClass, Subject, SubjectGrade
from truongso.timetable.cells import Content, Held
from truongso.timetable.models import TimetableVersion
from truongso.timetable.queries.grid import classes, held, term_of

LABELS = ("Chào cờ", "Sinh hoạt lớp")  # what HĐTN is called in its two fixed periods
_ACTIVITIES = "hdtn"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be picked up: a subject or strand, with who teaches it here."""

    subject_id: int
    part_id: int | None
    person_id: int | None
    short: str
    teacher: str
    label: str = ""

    @property
    def code(self) -> str:
        kind = LABELS.index(self.label) + 1 if self.label in LABELS else 0
        return f"{self.subject_id}-{self.part_id or 0}-{self.person_id or 0}-{kind}"

    @property
    def given(self) -> str:
        return self.teacher.rsplit(" ", 1)[-1]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A subject of a class: how often a week, how often it is placed, and by whom it can be taught. Where the school has
    entered no count for the grade, what is placed is taken to be right."""

    subject: Subject
    weekly: int
    placed: int
    choices: list[Choice] = field(default_factory=list)

    @property
    def left(self) -> int:
        return self.weekly - self.placed


Counts = dict[int, list[Wanted]]


def of_classes(version: TimetableVersion, units: Sequence[Unit], cells: Iterable[Held]) -> Counts:
    """class id → its subjects in their order: four queries, for one class as for all."""
    term = term_of(version)
    grades = dict(SchoolClass.objects.filter(unit__in=units).values_list("unit_id", "grade"))
    weekly: dict[int, dict[int, int]] = {}
    for row in SubjectGrade.objects.filter(year=version.year_id, grade__in=set(grades.values())):
        count = row.weekly_term_1 if term is None or term.number == 1 else row.weekly_term_2
        weekly.setdefault(row.grade, {})[row.subject_id] = count
    teaching: dict[int, dict[int, list[TeachingAssignment]]] = {}
    day = teaching_day(version, term.during.lower if term else None)
    for found in TeachingAssignment.objects.on(day).filter(unit__in=units).select_related("person", "part"):
        teaching.setdefault(found.unit_id, {}).setdefault(found.subject_id, []).append(found)
    placed = Counter((c.unit_id, c.content.subject_id) for c in cells)
    labelled = {(c.unit_id, c.content.label) for c in cells}
    subjects = list(Subject.objects.filter(active=True))
    made: Counts = {}
    for unit in units:
        plan, taught = weekly.get(grades.get(unit.pk, 0), {}), teaching.get(unit.pk, {})
        made[unit.pk] = [
            Wanted(
                s,
                plan.get(s.pk, placed[unit.pk, s.pk]),
                placed[unit.pk, s.pk],
                _choices(s, taught.get(s.pk, []), labelled, unit.pk),
            )
            for s in subjects
            if (plan.get(s.pk, 0) and (taught.get(s.pk) or not s.optional)) or placed[unit.pk, s.pk] or taught.get(s.pk)
        ]
    return made


def teaching_day(version: TimetableVersion, term_begins: date | None) -> date:
    """The day whose assignments count: the first on which the version is taught."""
    first: date = version.during.lower
    return max(first, term_begins) if term_begins else first


def _choices(
    subject: Subject, taught: Sequence[TeachingAssignment], labelled: set[tuple[int, str]], unit_id: int
) -> list[Choice]:
    found = [
        Choice(
            subject.pk, t.part_id, t.person_id, t.part.short_name if t.part else subject.short_name, t.person.full_name
        )
        for t in taught
    ] or [Choice(subject.pk, None, None, subject.short_name, "")]
    if subject.code != _ACTIVITIES:
        return found
    missing = [label for label in LABELS if (unit_id, label) not in labelled]
    return [replace(found[0], short=label, label=label) for label in missing] + found


def content_of(version: TimetableVersion, unit_id: int, code: str) -> Content | None:
    """What a choice of a class's tray would write; None when the class has no such choice (any more)."""
    unit = next((u for u in classes(version) if u.pk == unit_id), None)
    if unit is None:
        return None
    cells = held(version, Q(unit=unit_id))
    found = next((c for w in of_classes(version, [unit], cells)[unit_id] for c in w.choices if c.code == code), None)
    if found is None:
        return None
    return Content(found.subject_id, found.part_id, found.person_id, usual_room(cells), found.label, uuid4())


def same_for_all(version: TimetableVersion, like: Content) -> dict[int, Content]:
    """What "the same for every class" would write: each class's own teacher and room, where it has that subject."""
    units, cells = classes(version), held(version)
    own: dict[int, list[Held]] = {}
    for cell in cells:
        own.setdefault(cell.unit_id, []).append(cell)
    made = {}
    for unit_id, wanted in of_classes(version, units, cells).items():
        for choice in (c for w in wanted for c in w.choices[:1] if w.subject.pk == like.subject_id):
            room = usual_room(own.get(unit_id, []))
            made[unit_id] = Content(
                like.subject_id, choice.part_id, choice.person_id, room, like.label, uuid4()
            )  # fmt: skip
    return made


def usual_room(cells: Sequence[Held]) -> int | None:
    """The room of a class: where it has more than half of its lessons."""
    rooms = Counter(c.content.room_id for c in cells).most_common(1)
    return rooms[0][0] if rooms and 2 * rooms[0][1] > len(cells) else None
