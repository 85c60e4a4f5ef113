"""The programmes that classes are taught by, as the register and progress need them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from truongso.timetable.queries.ask import ask
from truongso.timetable.register_rules import Planned

Course = tuple[int, int]  # class, subject

_GRADES = "SELECT unit_id, year_id, grade FROM school_schoolclass WHERE unit_id = ANY(%(units)s)"
_LESSONS = """
    SELECT p.year_id, p.grade, p.subject_id, p.id, l.id, l.title, l.periods, coalesce(l.part_id, t.part_id)
      FROM curriculum_programme p JOIN curriculum_topic t ON t.programme_id = p.id JOIN curriculum_lesson l ON l.topic_id = t.id
     WHERE p.state = 'in_use' AND p.subject_id = ANY(%(subjects)s) AND p.year_id = ANY(%(years)s) AND p.grade = ANY(%(grades)s)
       AND l.archived_at IS NULL AND t.archived_at IS NULL
     ORDER BY p.year_id, p.grade, p.subject_id, p.id, t."order", t.id, l."order", l.id
"""


@dataclass(frozen=True, slots=True)
class Taught:
    """The class's programme of a subject: the one in use in its grade and year."""

    programme_id: int
    grade: int
    lessons: tuple[Planned, ...]


def programmes(courses: Collection[Course]) -> dict[Course, Taught]:
    """The programme of each class and subject that has one: two queries, however many are asked for."""
    if not courses:
        return {}
    units, subjects = {unit for unit, _ in courses}, {subject for _, subject in courses}
    grades = {unit: (year, grade) for unit, year, grade in ask(_GRADES, units=list(units))}
    rows: dict[tuple[int, int, int], list[tuple[int, Planned]]] = defaultdict(list)
    years, of = {year for year, _ in grades.values()}, {grade for _, grade in grades.values()}
    found = ask(_LESSONS, subjects=list(subjects), years=list(years), grades=list(of))
    for year, grade, subject, programme, pk, title, periods, part in found:
        mine = rows[year, grade, subject]
        first = mine[-1][1].first + mine[-1][1].periods if mine else 1
        mine.append((programme, Planned(pk, title, periods, first, part)))
    made = {key: Taught(lessons[0][0], key[1], tuple(lesson for _, lesson in lessons)) for key, lessons in rows.items()}
    return {
        (unit, subject): made[*grades[unit], subject]
        for unit, subject in set(courses)
        if unit in grades and (*grades[unit], subject) in made
    }
