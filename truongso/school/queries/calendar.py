from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from truongso.school.models import Holiday, MakeUpDay, SchoolYear, Term, Week
from truongso.school.rules.calendar import Span, TermSpan, taught


def current_year(day: date) -> SchoolYear | None:
    """The school year whose dates hold this day (August to July unless edited); None when none was made."""
    return SchoolYear.objects.on(day).first()


def year_named(name: str) -> SchoolYear | None:
    """ "2026-2027" """
    return SchoolYear.objects.filter(name=name).first()


def years() -> QuerySet[SchoolYear]:
    return SchoolYear.objects.order_by("-name")


def term_on(day: date) -> Term | None:
    return Term.objects.filter(during__contains=day).select_related("year").first()


def week_on(day: date) -> Week | None:
    """The teaching week that this day belongs to (its Sunday too); None in a week without teaching."""
    found = Week.objects.filter(first_day__lte=day, first_day__gt=day - timedelta(days=7))
    return found.select_related("year", "term").first()


def is_teaching_day(day: date) -> bool:
    """Monday to Saturday in a term and no holiday; or a make-up day. Whether a class has lessons says the timetable."""
    in_term = [TermSpan(1, Span(day, day))] if Term.objects.filter(during__contains=day).exists() else []
    off = [Span(day, day)] if Holiday.objects.filter(during__contains=day).exists() else []
    made_up = {day} if MakeUpDay.objects.filter(day=day).exists() else set()
    return taught(day, in_term, off, made_up)


def spans_of(year: SchoolYear) -> tuple[list[TermSpan], list[Span], set[date]]:
    """(terms, days off, make-up days) of a year, as the rules take them."""
    one = timedelta(days=1)
    terms = [TermSpan(t.number, Span(t.during.lower, t.during.upper - one)) for t in year.terms.all()]
    off = [Span(h.during.lower, h.during.upper - one) for h in year.holidays.all()]
    return terms, off, set(year.make_up_days.values_list("day", flat=True))
