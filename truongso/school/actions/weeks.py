from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from truongso import audit
from truongso.people.actor import Actor
from truongso.school import after
from truongso.school.access import insist
from truongso.school.models import SchoolYear, Week
from truongso.school.queries import spans_of
from truongso.school.rules.calendar import PlannedWeek, plan_weeks


def write_weeks(year: SchoolYear) -> tuple[PlannedWeek, ...]:
    """Make the weeks anew in the caller's transaction. A week keeps its row when its Monday stays."""
    plan = plan_weeks(*spans_of(year))
    terms = {term.number: term for term in year.terms.all()}
    kept = {week.first_day: week for week in Week.objects.select_for_update().filter(year=year)}
    gone = set(kept) - {p.first_day for p in plan}
    Week.objects.filter(year=year, first_day__in=gone).delete()
    # Numbers may change places: put the staying ones out of the way first, for the table refuses a number twice.
    staying = [kept[p.first_day] for p in plan if p.first_day in kept]
    for week in staying:
        week.number += 1000
    Week.objects.bulk_update(staying, ["number"])
    for planned in plan:
        if week_kept := kept.get(planned.first_day):
            week_kept.number, week_kept.term = planned.number, terms[planned.term]
    Week.objects.bulk_update(staying, ["number", "term"])
    Week.objects.bulk_create(
        Week(year=year, term=terms[p.term], number=p.number, first_day=p.first_day)
        for p in plan
        if p.first_day not in kept
    )
    return plan


@transaction.atomic
def make_weeks(*, by: Actor | None, year: SchoolYear) -> tuple[PlannedWeek, ...]:
    """Number the teaching weeks again from terms, days off and make-up days."""
    insist(by, "calendar")
    before = set(year.weeks.values_list("first_day", flat=True))
    plan = write_weeks(year)
    mondays = before ^ {week.first_day for week in plan}
    after.days_changed(by, {monday + timedelta(days=n) for monday in mondays for n in range(7)})
    audit.record(by, "school.make_weeks", obj=year, detail={"weeks": len(plan)})
    return plan
