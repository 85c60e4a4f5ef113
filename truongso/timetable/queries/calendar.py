"""Which days are taught, and by which weekday's timetable."""

from __future__ import annotations

from datetime import date, timedelta

from truongso.school.models import Holiday, MakeUpDay, Week


def teaching_days(first: date, last: date) -> dict[date, int]:
    """Each day from first to last (both included) on which lessons are held → the ISO weekday whose timetable is taught.

    A day counts when it lies in a teaching week and in no holiday; a make-up day is taught by the day it stands for.
    """
    days: dict[date, int] = {}
    weeks = Week.objects.filter(first_day__gt=first - timedelta(days=7), first_day__lte=last).select_related("term")
    for week in weeks:
        for offset in range(7):
            day = week.first_day + timedelta(days=offset)
            if first <= day <= last and week.term.during.lower <= day < week.term.during.upper:
                days[day] = day.isoweekday()
    for holiday in Holiday.objects.filter(during__overlap=(first, last + timedelta(days=1))):
        for day in [d for d in days if holiday.during.lower <= d < holiday.during.upper]:
            del days[day]
    for make_up in MakeUpDay.objects.filter(day__range=(first, last)):
        days[make_up.day] = make_up.instead_of.isoweekday()
    return days
