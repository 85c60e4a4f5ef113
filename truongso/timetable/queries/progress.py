"""How far classes have come in their programmes: a constant number of queries for any number of classes and subjects.

Planned is what the timetable gave: its periods whose time has come, cancelled ones too, for a lost period is a delay until
it is made up. Done is what signed lines of the register say, counted by `register_rules.progress`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from truongso.people.models import Unit
from truongso.roster.models import TeachingAssignment
from truongso.school.models import Subject, SubjectPart
from truongso.school.queries import current_year
from truongso.timetable.models import Origin, Period, PeriodState, RegisterNote
from truongso.timetable.queries.lessons import Course, Taught, programmes
from truongso.timetable.register_rules import Progress, known, progress, strand

HELD = Q(state=PeriodState.PLANNED)
PLANNED = Q(origin=Origin.TIMETABLE)
UNSIGNED = Q(state=PeriodState.PLANNED, register=None)
OWED = Q(state=PeriodState.CANCELLED) & (Q(made_up_by=None) | Q(made_up_by__state=PeriodState.CANCELLED))
OFF = Q(state=PeriodState.PLANNED, register__isnull=False, register__lesson=None)

Key = tuple[int, int, int | None]  # class, subject, strand


@dataclass(frozen=True, slots=True)
class Stream:
    """A class's subject, or a strand of it, and how far it has come."""

    unit: Unit
    grade: int
    subject: Subject
    part: SubjectPart | None
    teachers: tuple[str, ...]
    teacher_ids: frozenset[int]
    progress: Progress
    unsigned: int  # periods over that nobody signed
    owed: int  # cancelled and not made up
    off: int  # signed, but off the programme

    @property
    def name(self) -> str:
        return self.part.name if self.part else self.subject.name

    @property
    def behind(self) -> int:
        return self.progress.behind

    @property
    def percent(self) -> float:
        """Done, of what should be by now."""
        return 100 * self.progress.done / self.progress.planned if self.progress.planned else 100.0


def year_periods(day: date) -> QuerySet[Period]:
    """The periods of the day's school year that are over."""
    year = current_year(day)
    found = Period.objects.filter(span__endswith__lte=timezone.now())
    return found.filter(day__gte=year.during.lower, day__lt=year.during.upper) if year else found.none()


def streams(
    day: date, *, units: Collection[int] | None = None, subjects: Collection[int] | None = None
) -> list[Stream]:
    """Every class and subject with a programme in use, in the order of classes and subjects."""
    over = year_periods(day)
    if units is not None:
        over = over.filter(unit__in=units)
    if subjects is not None:
        over = over.filter(subject__in=subjects)
    counts = over.order_by().values_list("unit_id", "subject_id", "part_id").annotate(
        planned=Count("pk", filter=PLANNED), unsigned=Count("pk", filter=UNSIGNED), owed=Count("pk", filter=OWED),
        off=Count("pk", filter=OFF),
    )  # fmt: skip
    rows: list[tuple[int, int, int | None, int, int, int, int]] = list(counts)
    courses = {(unit, subject) for unit, subject, *_rest in rows}
    taught_by = programmes(courses)
    sums: dict[Key, Counter[str]] = defaultdict(Counter)
    for unit, subject, part, planned, unsigned, owed, off in rows:
        if (unit, subject) in taught_by:
            key = (unit, subject, known(taught_by[unit, subject].lessons, part))
            sums[key] += Counter(planned=planned, unsigned=unsigned, owed=owed, off=off)
            sums[key]["seen"] += 0
    return _made(sums, taught_by_lesson(over), taught_by, day)


def taught_by_lesson(over: QuerySet[Period]) -> dict[tuple[int, int], Counter[int]]:
    """(class, subject) → lesson → how many signed periods taught it."""
    found: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    notes = RegisterNote.objects.filter(period__in=over.filter(HELD).order_by(), lesson__isnull=False).order_by()
    for unit, subject, lesson, n in notes.values_list("period__unit_id", "period__subject_id", "lesson_id").annotate(n=Count("pk")):  # fmt: skip
        found[unit, subject][lesson] = n
    return found


def _made(
    sums: dict[Key, Counter[str]],
    taught: Mapping[Course, Mapping[int, int]],
    taught_by: Mapping[Course, Taught],
    day: date,
) -> list[Stream]:
    units = Unit.objects.in_bulk({unit for unit, _s, _p in sums})
    subjects = Subject.objects.in_bulk({subject for _u, subject, _p in sums})
    parts = SubjectPart.objects.in_bulk({part for _u, _s, part in sums if part})
    assigned = TeachingAssignment.objects.on(day).filter(unit__in=units, subject__in=subjects)
    teachers: dict[tuple[int, int], list[tuple[int | None, int, str]]] = defaultdict(list)
    for unit, subject, its_part, person, name in assigned.order_by("person__sort_key").values_list(
        "unit_id", "subject_id", "part_id", "person_id", "person__full_name"
    ):
        teachers[unit, subject].append((its_part, person, name))
    made = []
    for (unit, subject, part), n in sums.items():
        lessons = strand(taught_by[unit, subject].lessons, part)
        who = [(p, name) for its, p, name in teachers[unit, subject] if part is None or its in {None, part}]
        made.append(
            Stream(
                units[unit], taught_by[unit, subject].grade, subjects[subject], parts.get(part) if part else None,
                tuple(dict.fromkeys(x for _p, x in who)),
                frozenset(p for p, _x in who), progress(lessons, taught.get((unit, subject), {}), n["planned"]),
                n["unsigned"], n["owed"], n["off"],
            )
        )  # fmt: skip
    return sorted(made, key=lambda s: (s.unit.name, s.subject.order, s.subject.name, s.part.order if s.part else 0))


def by_subject(found: Sequence[Stream]) -> list[tuple[str, int, int]]:
    """(subject, done, planned) over all classes."""
    sums: dict[str, list[int]] = {}
    for s in found:
        row = sums.setdefault(s.subject.short_name or s.subject.name, [0, 0])
        row[0] += min(s.progress.done, s.progress.planned)
        row[1] += s.progress.planned
    return [(name, done, planned) for name, (done, planned) in sums.items()]
