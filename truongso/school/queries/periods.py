from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from truongso.school.data import load
from truongso.school.models import SchoolYear, Subject, SubjectGrade
from truongso.school.rules.subjects import totals

_GRADES = {"thcs": (6, 7, 8, 9), "th_thcs": (1, 2, 3, 4, 5, 6, 7, 8, 9), "thcs_thpt": (6, 7, 8, 9, 10, 11, 12)}


def grades_of(level: str) -> tuple[int, ...]:
    """The grades a school of this level teaches."""
    return _GRADES.get(level, _GRADES["thcs"])


@dataclass(frozen=True, slots=True)
class GradeTotal:
    grade: int
    total: int  # of the compulsory subjects
    wanted: int | None  # by the programme; None for grades it ships no total for

    @property
    def right(self) -> bool:
        return self.wanted is None or self.total == self.wanted


@dataclass(frozen=True, slots=True)
class Unspread:
    """A subject whose weekly periods do not come to its yearly ones."""

    subject: Subject
    grade: int
    periods: int
    spread: int


@dataclass(frozen=True, slots=True)
class PeriodsSheet:
    totals: list[GradeTotal]
    unspread: list[Unspread]


def periods_sheet(
    year: SchoolYear, subjects: Sequence[Subject], grades: Sequence[int], rows: Mapping[tuple[int, int], SubjectGrade]
) -> PeriodsSheet:
    """Is what the table says what the programme asks: totals by grade, and each row against its weeks."""
    wanted = load("subjects")["totals"]
    counted = [s.pk for s in subjects if not s.optional]
    sums = totals({key: row.periods for key, row in rows.items()}, counted, grades)
    weeks = {t.number: t.weeks for t in year.terms.all()}
    by_id = {s.pk: s for s in subjects}
    unspread = [
        Unspread(by_id[sid], grade, row.periods, total)
        for (sid, grade), row in rows.items()
        if sid in by_id
        and (total := row.weekly_term_1 * weeks.get(1, 18) + row.weekly_term_2 * weeks.get(2, 17)) != row.periods
    ]
    return PeriodsSheet([GradeTotal(g, n, wanted.get(str(g))) for g, n in sums.items()], unspread)
