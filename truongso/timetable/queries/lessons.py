"""The programmes that classes are taught by, as the register and progress need them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from truongso.curriculum.models import Lesson, ProgrammeState
from truongso.school.models import SchoolClass
from truongso.timetable.register_rules import Planned

Course = tuple[int, int]  # class, subject


@dataclass(frozen=True, slots=True)
class Taught:
    """The class's programme of a subject: the one in use in its grade and year."""

    programme_id: int
    grade: int
    lessons: tuple[Planned, ...]


def programmes(courses: Collection[Course]) -> dict[Course, Taught]:
    """The programme of each class and subject that has one: two queries, however many are asked for."""
    units, subjects = {unit for unit, _ in courses}, {subject for _, subject in courses}
    if not courses:
        return {}
    grades = {
        unit: (year, grade)
        for unit, year, grade in SchoolClass.objects.filter(unit__in=units).values_list("unit_id", "year_id", "grade")
    }
    rows: dict[tuple[int, int, int], list[tuple[int, Planned]]] = defaultdict(list)
    found = Lesson.objects.filter(
        topic__programme__state=ProgrammeState.IN_USE, topic__programme__subject__in=subjects,
        topic__programme__year__in={year for year, _ in grades.values()},
        topic__programme__grade__in={grade for _, grade in grades.values()},
        archived_at=None, topic__archived_at=None,
    ).order_by("topic__programme", "topic__order", "topic_id", "order", "pk")  # fmt: skip
    for year, grade, subject, programme, pk, title, periods, part in found.values_list(
        "topic__programme__year_id", "topic__programme__grade", "topic__programme__subject_id", "topic__programme_id",
        "pk", "title", "periods", Coalesce("part_id", "topic__part_id"),
    ):  # fmt: skip
        mine = rows[year, grade, subject]
        first = mine[-1][1].first + mine[-1][1].periods if mine else 1
        mine.append((programme, Planned(pk, title, periods, first, part)))
    made = {key: Taught(lessons[0][0], key[1], tuple(lesson for _, lesson in lessons)) for key, lessons in rows.items()}
    return {
        (unit, subject): made[*grades[unit], subject]
        for unit, subject in set(courses)
        if unit in grades and (*grades[unit], subject) in made
    }
