from __future__ import annotations

from django.db.models import QuerySet

from truongso.people.models import Unit, UnitKind
from truongso.school.models import BellPeriod, BellSchedule, Campus, SchoolClass, SchoolYear


def classes_of(year: SchoolYear) -> QuerySet[SchoolClass]:
    """The classes of a year by grade and name, each with its unit and campus; `.grade`, `.shift`, `.unit.name`."""
    return SchoolClass.objects.filter(year=year).select_related("unit", "campus").order_by("grade", "unit__name")


def groups() -> QuerySet[Unit]:
    """The subject groups, each with the subjects it looks after in `group_subjects`."""
    return Unit.objects.filter(kind=UnitKind.GROUP).prefetch_related("group_subjects__subject").order_by("name")


def campuses() -> QuerySet[Campus]:
    return Campus.objects.order_by("-is_main", "name")


def bells(shift: str, campus: Campus | None = None) -> list[BellPeriod]:
    """The bell times of a shift: the campus's own when it has any, else those for all campuses; [] when none."""
    for place in (campus, None) if campus else (None,):
        schedule = BellSchedule.objects.filter(shift=shift, campus=place).prefetch_related("periods").first()
        if schedule is not None:
            return list(schedule.periods.all())
    return []
