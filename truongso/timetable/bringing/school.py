"""The school as a plan needs it, read in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, time

from truongso.conditions.models import Room
from truongso.intake.look import finder
from truongso.lib import vi
from truongso.people.models import RoleAssignment, Unit, UnitKind
from truongso.people.roles import STAFF, Role
from truongso.roster.models import TeachingAssignment
from truongso.school.models import BellPeriod, SchoolYear, Subject, SubjectGrade, SubjectPart, Term
from truongso.school.queries.subjects import FoundSubject, SubjectFinder
from truongso.school.rules.classes import clean_name, grade_of
from truongso.timetable.bringing.said import Knows
from truongso.timetable.bringing.teachers import Teachers


@dataclass(frozen=True, slots=True)
class Klass:
    id: int
    name: str
    grade: int | None
    shift: str
    campus: int | None


@dataclass(frozen=True, slots=True)
class Taught:
    part: int | None
    person: int


@dataclass(slots=True)
class School:
    year: SchoolYear
    first: date
    finder: SubjectFinder
    classes: dict[str, Klass]
    teachers: Teachers
    teaching: dict[tuple[int, int], list[Taught]]  # class, subject
    homeroom: dict[int, int]
    rooms: dict[str, int]
    room_names: dict[int, str]
    bells: dict[tuple[int | None, str, int], tuple[time, time]]
    weekly: dict[tuple[int, int], int]  # subject, grade → periods a week in the term of the first day
    _words: dict[str, FoundSubject | None] = field(default_factory=dict)

    @property
    def subjects(self) -> dict[int, Subject]:
        return self.finder._subjects

    @property
    def parts(self) -> dict[int, SubjectPart]:
        return self.finder._parts

    def subject(self, text: str) -> FoundSubject | None:
        if text not in self._words:
            self._words[text] = self.finder.find(text) if text else None
        return self._words[text]

    def klass(self, text: str) -> Klass | None:
        return self.classes.get(vi.fold(clean_name(text)))

    def by_id(self) -> dict[int, Klass]:
        return {k.id: k for k in self.classes.values()}

    def room(self, text: str) -> int | None:
        name = vi.fold(text)
        bare = name.removeprefix("phong ").removeprefix("p.").removeprefix("p ").strip()
        for form in (name, bare, f"phong {bare}", f"p.{bare}", f"p{bare}", f"p {bare}"):
            if form in self.rooms:
                return self.rooms[form]
        return None

    def span(self, klass: Klass, shift: str, number: int) -> tuple[time, time] | None:
        return self.bells.get((klass.campus, shift, number)) or self.bells.get((None, shift, number))

    @property
    def mornings(self) -> int:
        return max((n for _c, shift, n in self.bells if shift == "am"), default=5)

    def knows(self) -> Knows:
        return Knows(
            subject=lambda t: self.subject(t) is not None, teacher=lambda t: bool(self.teachers.find(t)),
            klass=lambda t: self.klass(t) is not None, room=lambda t: vi.fold(t) in self.rooms, mornings=self.mornings,
        )  # fmt: skip


def load(year: SchoolYear, first: date) -> School:
    classes = _classes(year)
    units = [k.id for k in classes.values()]
    teaching: dict[tuple[int, int], list[Taught]] = defaultdict(list)
    people: dict[int, str] = {}
    for row in TeachingAssignment.objects.on(first).filter(unit__in=units).select_related("person").order_by("pk"):
        teaching[row.unit_id, row.subject_id].append(Taught(row.part_id, row.person_id))
        people[row.person_id] = row.person.full_name
    homeroom: dict[int, int] = {}
    for role in RoleAssignment.objects.on(first).filter(role__in=STAFF).select_related("person").order_by("pk"):
        people[role.person_id] = role.person.full_name
        if role.role == Role.HOMEROOM and role.unit_id and role.delegated_from_id is None:
            homeroom[role.unit_id] = role.person_id
    rooms = list(Room.objects.in_use())
    bells = {
        (b.schedule.campus_id, b.schedule.shift, b.number): (b.starts, b.ends)
        for b in BellPeriod.objects.select_related("schedule")
    }
    return School(
        year, first, finder()[0], classes, Teachers(people), dict(teaching), homeroom, {vi.fold(r.name): r.pk for r in rooms},
        {r.pk: r.name for r in rooms}, bells, _weekly(year, first),
    )  # fmt: skip


def _classes(year: SchoolYear) -> dict[str, Klass]:
    found = {}
    for unit in Unit.objects.filter(kind=UnitKind.CLASS, school_year=year.name).select_related("school_class"):
        row = getattr(unit, "school_class", None)
        found[vi.fold(clean_name(unit.name))] = Klass(
            unit.pk,
            unit.name,
            row.grade if row else grade_of(unit.name),
            row.shift if row else "am",
            row.campus_id if row else None,
        )
    return found


def _weekly(year: SchoolYear, first: date) -> dict[tuple[int, int], int]:
    term = Term.objects.filter(year=year, during__endswith__gt=first).order_by("number").first()
    second = term is not None and term.number == 2
    return {
        (row.subject_id, row.grade): row.weekly_term_2 if second else row.weekly_term_1
        for row in SubjectGrade.objects.filter(year=year)
    }
