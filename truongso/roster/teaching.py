"""Reads for teaching assignments: class × subject → teacher on a day, what is missing or double, and each teacher's load."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from truongso.people.actor import Actor
from truongso.people.models import Person, RoleAssignment, Unit, UnitKind
from truongso.people.roles import STAFF
from truongso.roster import classes
from truongso.roster.models import TeachingAssignment
from truongso.school.models import SchoolYear, Subject, SubjectGrade, SubjectPart, Term


def short(full_name: str) -> str:
    """As timetables write it: "Nguyễn Thị Lý" → "N.T. Lý"."""
    *before, given = full_name.split()
    return f"{'.'.join(word[0] for word in before)}. {given}" if before else given


@dataclass(frozen=True, slots=True)
class Cell:
    """One subject of one class on the day."""

    unit: Unit
    subject: Subject
    weekly: int
    assignments: tuple[TeachingAssignment, ...] = ()
    missing: tuple[str, ...] = ()  # strands, or the subject, that nobody teaches
    double: bool = False

    @property
    def who(self) -> str:
        """Vũ Thị Mai; Lê Quang Dũng (Vật lí)"""
        return "; ".join(a.person.full_name + (f" ({a.part.short_name})" if a.part else "") for a in self.assignments)


@dataclass(frozen=True, slots=True)
class Line:
    """A class of the matrix."""

    unit: Unit
    grade: int | None
    cells: dict[int, Cell]  # by subject
    homeroom: Person | None = None

    @property
    def gaps(self) -> int:
        return sum(1 for cell in self.cells.values() if cell.missing)

    @property
    def doubles(self) -> int:
        return sum(1 for cell in self.cells.values() if cell.double)


@dataclass(frozen=True, slots=True)
class Load:
    """A teacher's week: periods of all that is taught on the day. A strand counts its share of the subject's periods."""

    person: Person
    periods: Fraction
    subjects: tuple[tuple[str, tuple[str, ...]], ...]  # Toán: 8A1, 8A2
    homeroom: str = ""

    @property
    def shown(self) -> float:
        return round(float(self.periods), 1)


@dataclass(frozen=True, slots=True)
class Matrix:
    subjects: Sequence[Subject]
    lines: Sequence[Line]
    loads: Sequence[Load] = field(default=())

    @property
    def gaps(self) -> int:
        return sum(line.gaps for line in self.lines)

    @property
    def doubles(self) -> int:
        return sum(line.doubles for line in self.lines)


def weekly_periods(day: date) -> dict[tuple[int, int], int]:
    """(subject, grade) → periods a week in the term of the day (of term I when it lies in none)."""
    year = SchoolYear.objects.on(day).first() or SchoolYear.objects.order_by("-name").first()
    second = Term.objects.filter(year=year, number=2, during__contains=day).exists()
    rows = SubjectGrade.objects.filter(year=year)
    return {(r.subject_id, r.grade): r.weekly_term_2 if second else r.weekly_term_1 for r in rows}


def matrix(units: Iterable[Unit], day: date) -> Matrix:
    """All of it in six queries, however many classes there are. A grade whose periods are not entered has every subject
    that is not optional."""
    weekly = weekly_periods(day)
    grades = {grade for _subject, grade in weekly}
    subjects = list(Subject.objects.filter(active=True))
    parts: dict[int, list[SubjectPart]] = defaultdict(list)
    for part in SubjectPart.objects.all():
        parts[part.subject_id].append(part)
    listed = sorted(units, key=lambda u: (classes.grade_of(u) or 99, u.name))
    given: dict[tuple[int, int], list[TeachingAssignment]] = defaultdict(list)
    found = TeachingAssignment.objects.on(day).filter(unit__in=listed).select_related("person", "part", "subject")
    for row in found.order_by("-compiles", "part__order", "pk"):
        given[row.unit_id, row.subject_id].append(row)
    homerooms = classes.homerooms(RoleAssignment.objects.on(day).filter(unit__in=listed))
    lines = []
    for unit in listed:
        grade = classes.grade_of(unit)
        cells = {}
        for subject in subjects:
            rows = given.get((unit.pk, subject.pk), [])
            planned = (subject.pk, grade) in weekly if grade in grades else not subject.optional
            if rows or planned:
                periods = weekly.get((subject.pk, grade or 0), 0)
                cells[subject.pk] = _cell(unit, subject, periods, rows, parts.get(subject.pk, []))
        lines.append(Line(unit, grade, cells, homerooms.get(unit.pk)))
    used = {pk for line in lines for pk in line.cells}
    return Matrix([s for s in subjects if s.pk in used], lines, _loads(lines))


def _cell(unit: Unit, subject: Subject, weekly: int, rows: list[TeachingAssignment], parts: list[SubjectPart]) -> Cell:
    whole = [r for r in rows if r.part_id is None]
    taken = Counter(r.part_id for r in rows)
    missing = [] if whole else [p.name for p in parts if p.pk not in taken] if parts else [subject.name]
    double = any(n > 1 for n in taken.values()) or (bool(whole) and len(taken) > 1)
    return Cell(unit, subject, weekly, tuple(rows), tuple(missing), double)


def _loads(lines: Sequence[Line]) -> list[Load]:
    people: dict[int, Person] = {}
    periods: dict[int, Fraction] = defaultdict(Fraction)
    taught: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    homeroom = {line.homeroom.pk: line.unit.name for line in lines if line.homeroom}
    for line in lines:
        for cell in line.cells.values():
            for row in cell.assignments:
                people[row.person_id] = row.person
                periods[row.person_id] += Fraction(cell.weekly, len(cell.assignments))
                name = row.part.name if row.part else cell.subject.short_name
                taught[row.person_id][name].append(line.unit.name)
    made = [
        Load(
            person, periods[pk], tuple((name, tuple(units)) for name, units in taught[pk].items()),
            homeroom.get(pk, ""),
        )
        for pk, person in people.items()
    ]  # fmt: skip
    return sorted(made, key=lambda load: load.person.sort_key)


def who_may_teach(day: date) -> list[Person]:
    """Everybody who works here on the day, in the order of names."""
    working = RoleAssignment.objects.on(day).filter(role__in=[r.value for r in STAFF])
    return list(Person.objects.filter(pk__in=working.values("person_id")))


def units_for(actor: Actor) -> list[Unit]:
    return list(classes.visible(actor).filter(kind=UnitKind.CLASS))


def first_day(units: Sequence[Unit], day: date) -> date:
    """What a new assignment begins with when nothing is said: today, or the year's first day before it has begun."""
    starts: list[date] = [u.during.lower for u in units if u.during.lower]
    return max([day, *starts[:1]])
