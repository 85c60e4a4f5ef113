"""Which of somebody's classes fall behind in the programme: what Hôm nay counts. The sums are `register_rules.progress`, as
on the progress pages; what they are made of is read with as little as that needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from truongso.timetable.queries.ask import ask
from truongso.timetable.queries.lessons import Course, programmes
from truongso.timetable.register_rules import known, progress, strand

# The year's periods that are over, of the courses a person is assigned to and of all courses of some subjects: how many
# the timetable gave to each strand, and how often each lesson was taught.
_OVER = """
    WITH y AS (SELECT lower(during) AS first, upper(during) AS after FROM school_schoolyear WHERE during @> %(day)s::date),
    mine AS (SELECT DISTINCT unit_id, subject_id FROM roster_teachingassignment
              WHERE person_id = %(person)s AND during @> %(day)s::date AND subject_id <> ALL(%(subjects)s)),
    over AS MATERIALIZED (
        SELECT p.id, p.unit_id, p.subject_id, p.part_id, p.origin, p.state
          FROM y CROSS JOIN mine JOIN timetable_period p USING (unit_id, subject_id)
         WHERE p.day >= y.first AND p.day < y.after AND p.day <= %(day)s AND upper(p.span) <= %(now)s
        UNION ALL
        SELECT p.id, p.unit_id, p.subject_id, p.part_id, p.origin, p.state FROM y CROSS JOIN timetable_period p
         WHERE p.subject_id = ANY(%(subjects)s)
           AND p.day >= y.first AND p.day < y.after AND p.day <= %(day)s AND upper(p.span) <= %(now)s
    )
    SELECT unit_id, subject_id, part_id, NULL, count(*) FILTER (WHERE origin = 'timetable') FROM over GROUP BY 1, 2, 3
     UNION ALL
    SELECT o.unit_id, o.subject_id, NULL, n.lesson_id, count(*)
      FROM over o JOIN timetable_registernote n ON n.period_id = o.id
     WHERE o.state = 'planned' AND n.lesson_id IS NOT NULL GROUP BY 1, 2, 4
"""
_FIRST_NAME = """
    SELECT u.name, coalesce(part.name, s.name)
      FROM unnest(%(units)s::bigint[], %(subjects)s::bigint[], %(parts)s::bigint[]) AS k(unit, subject, part)
      JOIN people_unit u ON u.id = k.unit JOIN school_subject s ON s.id = k.subject
      LEFT JOIN school_subjectpart part ON part.id = k.part
     ORDER BY u.name, s."order", s.name, coalesce(part."order", 0) LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Behind:
    """How many classes' subjects are so late, and the worst of them."""

    count: int
    unit: str
    subject: str
    periods: int


def behind(person_id: int, subjects: Collection[int], day: date, least: int) -> Behind | None:
    """Of the own courses, and all of these subjects: four statements, however many."""
    planned: dict[Course, Counter[int | None]] = defaultdict(Counter)
    taught: dict[Course, dict[int, int]] = defaultdict(dict)
    over = ask(_OVER, person=person_id, subjects=list(subjects), day=day, now=timezone.now())
    for unit, subject, part, lesson, n in over:
        if lesson is None:
            planned[unit, subject][part] = n
        else:
            taught[unit, subject][lesson] = n
    late: dict[tuple[int, int, int | None], int] = {}
    for course, its in programmes(planned).items():
        strands: Counter[int | None] = Counter()
        for part, n in planned[course].items():
            strands[known(its.lessons, part)] += n
        for part, n in strands.items():
            late[*course, part] = progress(strand(its.lessons, part), taught[course], n).behind
    late = {key: periods for key, periods in late.items() if periods >= least}
    if not late:
        return None
    worst = max(late.values())
    units, of, parts = zip(*(key for key, periods in late.items() if periods == worst), strict=True)
    [(unit_name, subject_name)] = ask(_FIRST_NAME, units=list(units), subjects=list(of), parts=list(parts))
    return Behind(len(late), unit_name, subject_name, worst)
