from __future__ import annotations

from dataclasses import dataclass

from truongso.school.models import Holiday, MakeUpDay, SchoolYear, Term, Week
from truongso.school.queries.calendar import spans_of
from truongso.school.rules.calendar import PlannedWeek, count_note, plan_weeks


@dataclass(frozen=True, slots=True)
class CalendarSheet:
    """A year's calendar as its page shows it; `plan` is what the weeks would be if they were numbered again."""

    terms: list[Term]
    holidays: list[Holiday]
    make_up_days: list[MakeUpDay]
    weeks: list[Week]
    plan: tuple[PlannedWeek, ...]
    note: str  # not 35 weeks

    @property
    def added(self) -> list[PlannedWeek]:
        have = {week.first_day for week in self.weeks}
        return [week for week in self.plan if week.first_day not in have]

    @property
    def dropped(self) -> list[Week]:
        want = {week.first_day for week in self.plan}
        return [week for week in self.weeks if week.first_day not in want]

    @property
    def stale(self) -> bool:
        """The weeks as they stand are not those that terms and days off give."""
        return [(w.number, w.first_day) for w in self.weeks] != [(p.number, p.first_day) for p in self.plan]


def calendar_sheet(year: SchoolYear) -> CalendarSheet:
    terms, weeks = list(year.terms.all()), list(year.weeks.select_related("term"))
    plan = plan_weeks(*spans_of(year))
    shown = tuple(PlannedWeek(w.number, w.term.number, w.first_day) for w in weeks)
    note = count_note(shown, {t.number: t.weeks for t in terms})
    return CalendarSheet(terms, list(year.holidays.all()), list(year.make_up_days.all()), weeks, plan, note)
