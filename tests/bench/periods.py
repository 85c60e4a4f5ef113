"""A year of a school of 45 classes: its timetables laid out into some 47,000 periods."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from tests.bench.database import prepared, school_of


def report(say: Callable[[str, str], None]) -> None:
    prepared()
    from django.utils import timezone

    from truongso.timetable import demo
    from truongso.timetable.actions.laying import lay_out_periods
    from truongso.timetable.models import Entry, Period, PeriodChange, TimetableVersion

    for classes in (16, 45):
        with school_of(classes):
            PeriodChange.objects.all().delete()
            Period.objects.filter(makes_up__isnull=False).delete()
            Period.objects.all().delete()
            versions = list(TimetableVersion.objects.select_related("year").order_by("during"))
            began = perf_counter()
            for version in versions:
                lay_out_periods(version=version, first=version.during.lower, last=version.during.upper)
            taken = perf_counter() - began
            say(f"year of periods, {classes} classes", f"{taken:.1f} s for {Period.objects.count():,} periods")
            began = perf_counter()
            for version in versions:
                made = demo.entries(version, version.year.terms.get(number=1), timezone.localdate())
            taken = (perf_counter() - began) / len(versions)
            assert len(made) <= Entry.objects.count()
            say(f"a valid week, {classes} classes", f"{taken:.1f} s for {len(made):,} lessons")
