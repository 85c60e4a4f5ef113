from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from truongso.people.models import Person, RoleAssignment, Unit, UnitKind
from truongso.people.roles import Role
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


def in_charge(unit_ids: Sequence[int], role: Role, day: date) -> dict[int, Person]:
    """{unit id: who holds this role of it on the day}: homeroom teachers of classes, heads of groups; one query."""
    found = RoleAssignment.objects.on(day).filter(unit_id__in=unit_ids, role=role.value, delegated_from=None)
    return {row.unit_id: row.person for row in found.select_related("person") if row.unit_id is not None}


def in_charge_of(unit_id: int, role: Role) -> Person | None:
    return in_charge([unit_id], role, timezone.localdate()).get(unit_id)
