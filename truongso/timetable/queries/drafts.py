"""Lists of timetables."""

from __future__ import annotations

from datetime import date

from django.db.models import Count

from truongso.people.models import Person
from truongso.school.models import SchoolYear
from truongso.timetable.models import TimetableVersion, VersionState


def versions(*, drafts: bool) -> list[TimetableVersion]:
    """Newest first, with how many cells each has; drafts only for those who plan."""
    found = TimetableVersion.objects.select_related("year").annotate(cells=Count("entries"))
    return list((found if drafts else found.filter(state=VersionState.PUBLISHED)).order_by("-during", "-pk"))


def who(found: list[TimetableVersion]) -> dict[int, str]:
    """Names of those who made or applied these."""
    ids = {pk for v in found for pk in (v.created_by_id, v.published_by_id) if pk is not None}
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "full_name"))


def applied_on(day: date) -> TimetableVersion | None:
    return TimetableVersion.objects.on(day).select_related("year").first()


def year_for(day: date) -> SchoolYear | None:
    """The school year of a day, else the next one, else the last."""
    years = list(SchoolYear.objects.order_by("during"))
    return next((y for y in years if day < y.during.upper), years[-1] if years else None)


def first_free_name(year: SchoolYear) -> str:
    """The usual name of the next timetable of a year: "Thời khoá biểu số 3"."""
    taken = set(TimetableVersion.objects.filter(year=year).values_list("name", flat=True))
    return next(name for n in range(1, len(taken) + 2) if (name := f"Thời khoá biểu số {n}") not in taken)


def year_of(day: date) -> SchoolYear | None:
    return SchoolYear.objects.on(day).first()
