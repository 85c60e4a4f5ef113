"""Weeks, terms and days off: by table for the three frames we ship, by property for any calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truongso.school import actions, queries
from truongso.school.data import load
from truongso.school.models import Week, YearState
from truongso.school.rules.calendar import Span, TermSpan, count_note, gap_note, plan_weeks, taught
from truongso.school.rules.frames import frame, years_of


@pytest.mark.parametrize(
    ("first_year", "tet_monday", "first_monday", "second_monday"),
    [
        (2024, date(2025, 1, 27), date(2024, 9, 9), date(2025, 1, 13)),
        (2025, date(2026, 2, 16), date(2025, 9, 8), date(2026, 1, 12)),
        (2026, date(2027, 2, 8), date(2026, 9, 7), date(2027, 1, 11)),
        (2027, date(2028, 1, 24), date(2027, 9, 6), date(2028, 1, 10)),  # reckoned by the standing frame
        (2028, date(2029, 2, 12), date(2028, 9, 11), date(2029, 1, 15)),
    ],
)
def test_a_frame_has_35_weeks_and_skips_tet(
    first_year: int, tet_monday: date, first_monday: date, second_monday: date
) -> None:
    plan = frame(first_year, load("years"), load("holidays"))
    weeks = plan_weeks(plan.terms, [d.span for d in plan.off])
    assert [sum(1 for w in weeks if w.term == t) for t in (1, 2)] == [18, 17]
    assert weeks[0].first_day == first_monday and weeks[18].first_day == second_monday
    assert tet_monday not in {w.first_day for w in weeks}
    assert plan.terms[0].span.last <= date(first_year + 1, 1, 20) and plan.terms[1].span.last <= date(
        first_year + 1, 5, 31
    )
    assert count_note(weeks) == ""


def test_the_law_of_a_day_off_holds_from_its_day() -> None:
    names = {
        y: {(d.name, d.span.first) for d in frame(y, load("years"), load("holidays")).off} for y in (2024, 2025, 2026)
    }
    assert ("Ngày Văn hóa Việt Nam", date(2026, 11, 24)) in names[2026]
    assert not any(name == "Ngày Văn hóa Việt Nam" for name, _ in names[2025] | names[2024])
    assert ("Quốc khánh", date(2024, 9, 2)) in names[2024] and ("Quốc khánh", date(2024, 9, 1)) not in names[2024]
    assert ("Quốc khánh", date(2026, 9, 1)) in names[2026]
    assert ("Giỗ Tổ Hùng Vương", date(2027, 4, 16)) in names[2026]


days = st.dates(date(2026, 8, 1), date(2027, 7, 31))
spans = st.builds(lambda d, n: Span(d, d + timedelta(days=n)), days, st.integers(0, 20))


@given(spans, spans, st.lists(spans, max_size=8))
def test_every_taught_day_is_in_one_week_and_no_week_is_empty(one: Span, two: Span, off: list[Span]) -> None:
    terms = [TermSpan(1, one), TermSpan(2, Span(one.last + timedelta(days=1), one.last + timedelta(days=60)))]
    weeks = plan_weeks(terms, [two, *off])
    assert gap_note([w.number for w in weeks]) == ""
    mondays = [w.first_day for w in weeks]
    assert mondays == sorted(set(mondays)) and all(m.weekday() == 0 for m in mondays)
    for term in terms:
        for day in term.span.days():
            if taught(day, terms, [two, *off]):
                assert day - timedelta(days=day.weekday()) in mondays
    for monday in mondays:
        assert any(taught(monday + timedelta(days=n), terms, [two, *off]) for n in range(7))


@pytest.mark.parametrize(("text", "years"), [("2026-2027", (2026, 2027)), ("2026 – 2027", (2026, 2027)), ("2026-2028", None), ("26-27", None), ("", None)])  # fmt: skip
def test_a_year_is_named_by_its_two_numbers(text: str, years: tuple[int, int] | None) -> None:
    assert years_of(text) == years


def test_a_missing_week_is_named() -> None:
    assert "tuần 3" in gap_note([1, 2, 4])


def test_a_first_year_is_whole_and_open_the_next_waits(db: None) -> None:
    actions.seed_subjects(by=None)
    year = actions.make_year(by=None, name="2026-2027")
    assert year.state == YearState.OPEN and year.weeks.count() == 35 and year.terms.count() == 2
    rows = queries.periods_of(year)
    totals = {g: sum(r.periods for (_s, grade), r in rows.items() if grade == g) for g in (6, 7, 8, 9)}
    assert totals == {6: 1015, 7: 1015, 8: 1032, 9: 1032}
    technology = next(r for (_s, g), r in rows.items() if g == 8 and r.periods == 52)
    assert (technology.weekly_term_1, technology.weekly_term_2) == (1, 2)
    after = actions.plan_year(by=None, name="2027-2028")
    assert after.state == YearState.PLANNED and after.subject_grades.count() == len(rows)
    assert actions.plan_year(by=None, name="2027-2028").pk == after.pk, "planned once"


def test_days_are_asked_of_the_calendar(db: None) -> None:
    year = actions.make_year(by=None, name="2026-2027")
    assert queries.current_year(date(2026, 11, 24)) == year == queries.current_year(date(2027, 7, 15))
    assert queries.current_year(date(2025, 1, 1)) is None
    week = queries.week_on(date(2026, 9, 9))
    assert week is not None and week.number == 1
    assert queries.week_on(date(2027, 2, 3)) is None, "Tết"
    assert str(queries.term_on(date(2027, 3, 1))) == "II"
    expected = {date(2026, 11, 24): False, date(2026, 11, 25): True, date(2026, 11, 28): True, date(2026, 11, 29): False, date(2026, 8, 20): False}  # fmt: skip
    assert {day: queries.is_teaching_day(day) for day in expected} == expected
    year.make_up_days.create(day=date(2026, 11, 29), instead_of=date(2026, 11, 24))
    assert queries.is_teaching_day(date(2026, 11, 29))


def test_weeks_made_again_keep_their_rows(db: None) -> None:
    year = actions.make_year(by=None, name="2026-2027")
    before = dict(year.weeks.values_list("first_day", "pk"))
    holiday = year.holidays.get(kind="tet")
    from django.db.backends.postgresql.psycopg_any import DateRange

    holiday.during = DateRange(date(2027, 2, 1), date(2027, 2, 8))
    holiday.save()
    actions.make_weeks(by=None, year=year)
    after = dict(Week.objects.filter(year=year).values_list("first_day", "pk"))
    assert len(after) == 36 and {d: pk for d, pk in after.items() if d in before} == before
