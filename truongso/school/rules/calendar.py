"""Weeks from terms and days off; what is wrong with a calendar, in one sentence each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

WEEKS = {1: 18, 2: 17}  # what terms should come to (TT 32/2018: 35 weeks); a school's terms carry their own
SUNDAY = 6
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def meets(self, other: Span) -> bool:
        return self.first <= other.last and other.first <= self.last

    def days(self) -> Iterator[date]:
        for n in range((self.last - self.first).days + 1):
            yield self.first + n * DAY


@dataclass(frozen=True, slots=True)
class TermSpan:
    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class PlannedWeek:
    number: int
    term: int
    first_day: date  # Monday


def monday(day: date) -> date:
    return day - day.weekday() * DAY


def taught(day: date, terms: Sequence[TermSpan], off: Sequence[Span], made_up: Collection[date] = ()) -> bool:
    """Does the school teach on this day? Monday to Saturday of a term without a holiday; or a make-up day, whichever."""
    if day in made_up:
        return True
    in_term = any(day in term.span for term in terms)
    return in_term and day.weekday() != SUNDAY and not any(day in span for span in off)


def plan_weeks(
    terms: Sequence[TermSpan], off: Sequence[Span], made_up: Collection[date] = ()
) -> tuple[PlannedWeek, ...]:
    """The teaching weeks, numbered through. A week without one teaching day is none; a week in which the terms meet
    belongs to the first of them."""
    found: list[PlannedWeek] = []
    seen: set[date] = set()
    for term in sorted(terms, key=lambda t: t.span.first):
        start = monday(term.span.first)
        while start <= term.span.last:
            days = (start + n * DAY for n in range(7))
            if start not in seen and any(d in term.span and taught(d, [term], off, made_up) for d in days):
                seen.add(start)
                found.append(PlannedWeek(len(found) + 1, term.number, start))
            start += 7 * DAY
    return tuple(found)


def last_day_for(first: date, weeks: int, off: Sequence[Span]) -> date:
    """The Saturday on which so many teaching weeks are over."""
    start, left = monday(first), weeks
    while True:
        days = [start + n * DAY for n in range(SUNDAY)]
        left -= any(d >= first and not any(d in span for span in off) for d in days)
        if left <= 0:
            return days[-1]
        start += 7 * DAY


def count_note(weeks: Sequence[PlannedWeek], wanted: dict[int, int] | None = None) -> str:
    """What is amiss when the weeks are not 35 = 18 + 17; empty when they are."""
    wanted = wanted or WEEKS
    have = {number: sum(1 for week in weeks if week.term == number) for number in wanted}
    if have == wanted:
        return ""
    said = {
        "have": sum(have.values()), "one": have.get(1, 0), "two": have.get(2, 0),
        "all": sum(wanted.values()), "want_one": wanted.get(1, 0), "want_two": wanted.get(2, 0),
    }  # fmt: skip
    return (
        _(
            "Lịch này có %(have)d tuần (%(one)d + %(two)d); chương trình cần %(all)d tuần (%(want_one)d + %(want_two)d). "
            "Xin xem lại ngày của học kì và ngày nghỉ."
        )
        % said
    )


def gap_note(numbers: Sequence[int]) -> str:
    """Weeks are numbered 1, 2, 3 … without a hole."""
    for place, number in enumerate(sorted(numbers), start=1):
        if number != place:
            return _("Thiếu tuần %(n)d: số tuần phải liền nhau từ 1.") % {"n": place}
    return ""
