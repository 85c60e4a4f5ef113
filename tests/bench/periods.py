"""A year of a school: its timetables laid out into periods, a new one taken over in mid-year, and a valid week found."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from datetime import date, timedelta
from time import perf_counter

from tests.bench.database import prepared, school_of

RUNS = 3


def report(say: Callable[[str, str], None]) -> None:
    prepared()
    for classes in (16, 45):
        with school_of(classes):
            _year(classes, say)
            _mid_year(classes, say)
            _week(classes, say)


def _year(classes: int, say: Callable[[str, str], None]) -> None:
    """Both terms into an empty table, the deferred checks of a commit included."""
    from django.db import connection

    from truongso.timetable.actions.laying import lay_out_periods
    from truongso.timetable.models import Period, TimetableVersion

    times = []
    for _ in range(RUNS):
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE timetable_period CASCADE")
        began = perf_counter()
        for version in TimetableVersion.objects.order_by("during"):
            lay_out_periods(version=version, first=version.during.lower, last=version.during.upper - timedelta(days=1))
        _check()
        times.append(perf_counter() - began)
    text = f"{statistics.median(times):.1f} s for {Period.objects.count():,} periods (median of {RUNS})"
    say(f"year of periods, {classes} classes", text)


def _mid_year(classes: int, say: Callable[[str, str], None]) -> None:
    """From a Monday of term I on, every lesson stands on another day: the periods move and keep their identity."""
    from django.db.models import F

    from truongso.school.models import Week
    from truongso.timetable.actions.laying import lay_out_periods
    from truongso.timetable.actions.versions import create_version
    from truongso.timetable.models import TimetableVersion

    old = TimetableVersion.objects.order_by("during")[0]
    week = Week.objects.get(year=old.year, number=9)
    new = create_version(by=None, year=old.year, name="bench", first=week.first_day, copy_from=old)
    new.entries.update(weekday=7 - F("weekday"))
    last: date = old.during.upper - timedelta(days=1)
    _check()
    began = perf_counter()
    laid = lay_out_periods(version=new, first=week.first_day, last=last)
    _check()
    taken = perf_counter() - began
    assert laid.moved and not laid.clashes
    text = f"{taken:.1f} s for {laid.moved:,} periods moved, {laid.made} made, {laid.removed} removed"
    say(f"new timetable in week 9, {classes} classes", text)


def _week(classes: int, say: Callable[[str, str], None]) -> None:
    from django.utils import timezone

    from truongso.timetable.demo.week import entries
    from truongso.timetable.models import TimetableVersion

    version = TimetableVersion.objects.order_by("during")[0]
    times, made = [], []
    for _ in range(RUNS):
        began = perf_counter()
        made = entries(version, version.year.terms.get(number=1), timezone.localdate())
        times.append(perf_counter() - began)
    say(
        f"a valid week, {classes} classes",
        f"{statistics.median(times):.1f} s for {len(made):,} lessons (median of {RUNS})",
    )


def _check() -> None:
    """What a commit would still do."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
