"""Open the year that a plan describes: everything from its first day, in one transaction, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit, jobs
from truongso.lib import vi
from truongso.people.actor import Actor
from truongso.people.models import Person, RoleAssignment
from truongso.people.roles import STAFF, Role
from truongso.roster import rollover_queries as queries
from truongso.roster import rollover_rules as rules
from truongso.roster.actions.spans import insist, span
from truongso.roster.models import (
    GroupMember,
    Movement,
    PlanPupil,
    PlanState,
    Position,
    RolloverPlan,
    TeachingAssignment,
)
from truongso.school.actions.classes import make_class
from truongso.school.actions.years import close_year, plan_year
from truongso.school.actions.years import open_year as begin_year
from truongso.school.models import SchoolYear, SubjectGrade, YearState

LARGE = 300  # pupils from which it is a job
_KEPT_ROLES = (Role.TEACHER, Role.GROUP_HEAD, Role.CLERK)  # who leads or administers is named anew, never by a tick


@transaction.atomic
def ask_to_open(*, by: Actor, plan: RolloverPlan) -> RolloverPlan:
    """Open it now, or for a large school by a job (plan.job). Raises ValidationError with all that stands in the way."""
    from truongso.roster.tasks import open_year_job

    insist(rules.may_open(by))
    plan = RolloverPlan.objects.select_for_update(of=("self",)).select_related("from_year", "job").get(pk=plan.pk)
    if plan.state == PlanState.OPENED or (plan.job is not None and not plan.job.is_over):
        return plan
    if plan.pupils.count() < LARGE:
        return open_plan(by=by, plan=plan)
    _insist_ready(plan, by.on)
    label = _("Mở năm học %(name)s") % {"name": plan.name}
    plan.job = jobs.enqueue(open_year_job, owner=by.person_id, label=label, plan_id=plan.pk)
    plan.save(update_fields=["job"])
    audit.record(by, "roster.ask_to_open_year", obj=plan)
    return plan


def _insist_ready(plan: RolloverPlan, day: date) -> None:
    blocking = queries.overview(plan, day).blocking
    if blocking:
        raise ValidationError(blocking)


@transaction.atomic
def open_plan(*, by: Actor, plan: RolloverPlan) -> RolloverPlan:
    """Classes, homeroom, teaching, and each pupil's step, from the first day of the new year; done already: nothing."""
    insist(rules.may_open(by))
    plan = RolloverPlan.objects.select_for_update(of=("self",)).select_related("from_year").get(pk=plan.pk)
    if plan.state == PlanState.OPENED:
        return plan
    # Each pupil is locked as the verbs of a pupil's way do, so that nobody changes class while we look.
    persons = Person.objects.select_for_update(no_key=True).filter(pk__in=plan.pupils.values("person_id"))
    list(persons.order_by("pk").values_list("pk", flat=True))
    _insist_ready(plan, by.on)
    year = plan_year(by=by, name=plan.name)
    first: date = year.during.lower
    try:
        with transaction.atomic():
            if plan.keep_staff:
                _keep_staff(plan, year)
            _make_classes(by, plan, year)
            _end_old(plan, first)
            counts = _move_pupils(by, plan, first)
            _teach_on(plan, year, first)
    except IntegrityError as error:
        raise ValidationError(
            _("Có dòng của năm học mới chồng lên dòng đã có, nên chưa mở được và chưa gì thay đổi: %(what)s")
            % {"what": str(error).splitlines()[0][:120]}
        ) from None
    if plan.from_year.state == YearState.OPEN:
        close_year(by=by, year=plan.from_year)
    begin_year(by=by, year=year)
    plan.state, plan.opened_by_id, plan.opened_at = PlanState.OPENED, by.person_id, timezone.now()
    plan.save(update_fields=["state", "opened_by_id", "opened_at"])
    audit.record(by, "roster.open_year", obj=plan, detail={"year": plan.name, **counts})
    return plan


def _cut(rows: Iterable[Any], first: date) -> None:
    """The day before `first` is the last of each; a row that would begin later was never needed."""
    for row in rows:
        if row.during.lower is not None and row.during.lower >= first:
            row.delete()
        else:
            row.during = DateRange(row.during.lower, first)
            row.save(update_fields=["during"])


def _running(first: date) -> Q:
    return Q(during__endswith=None) | Q(during__endswith__gt=first)


def _end_old(plan: RolloverPlan, first: date) -> None:
    """Homeroom and teaching of the old classes end; what was lent goes before what it was lent from."""
    units = list(queries.grades_of(plan.from_year))
    held = RoleAssignment.objects.filter(_running(first), role=Role.HOMEROOM, unit__in=units)
    _cut(held.exclude(delegated_from=None), first)
    _cut(held.filter(delegated_from=None), first)
    _cut(TeachingAssignment.objects.filter(_running(first), unit__in=units), first)


def _make_classes(by: Actor, plan: RolloverPlan, year: SchoolYear) -> None:
    """Classes with their homeroom teachers; one that is there already (made early for new pupils) is taken as it is."""
    have = {vi.fold(c.unit.name): c for c in year.classes.select_related("unit")}
    first = year.during.lower
    for row in plan.classes.select_related("campus", "homeroom"):
        there = have.get(vi.fold(row.name)) or make_class(
            by=by, year=year, name=row.name, grade=row.grade, campus=row.campus, shift=row.shift
        )
        row.unit = there.unit
        row.save(update_fields=["unit"])
        taken = RoleAssignment.objects.filter(_running(first), role=Role.HOMEROOM, unit=there.unit, delegated_from=None)
        if row.homeroom is not None and not taken.exists():
            made = RoleAssignment.objects.create(
                person=row.homeroom, role=Role.HOMEROOM.value, unit=there.unit, during=span(first, None)
            )
            audit.record(
                by, "roster.set_homeroom", obj=made, for_person=row.homeroom_id, detail={"class": there.unit_id}
            )


def _move_pupils(by: Actor, plan: RolloverPlan, first: date) -> dict[str, int]:
    """End each pupil's old class and begin the new one; somebody who came after the first day moves on the day of coming."""
    units = dict(plan.classes.values_list("pk", "unit_id"))
    old = queries.present_pupils(plan.from_year, by.on)
    roles, movements, cut, counts = [], [], [], dict[str, int]()
    for pupil in PlanPupil.objects.filter(plan=plan):
        row, stays = old[pupil.person_id], pupil.outcome in rules.STAYS
        lower = row.during.lower or first - timedelta(days=1)
        end = max(first, lower if stays else lower + timedelta(days=1))
        to = units[pupil.to_id] if pupil.to_id else None
        if end <= lower:
            row.delete()  # in the old class not one day of its year
        elif row.during.upper is None or row.during.upper > end:
            row.during = DateRange(row.during.lower, end)
            cut.append(row)
        if to is not None:
            roles.append(
                RoleAssignment(person_id=pupil.person_id, role=Role.PUPIL.value, unit_id=to, during=span(end, None))
            )
        movements.append(
            Movement(
                person_id=pupil.person_id, kind=pupil.outcome, from_unit_id=pupil.from_unit_id, to_unit_id=to,
                day=end if to else row.during.upper - timedelta(days=1), by_id=by.person_id,
            )
        )  # fmt: skip
        counts[pupil.outcome] = counts.get(pupil.outcome, 0) + 1
    RoleAssignment.objects.bulk_update(cut, ["during"], batch_size=500)
    RoleAssignment.objects.bulk_create(roles, batch_size=500)
    Movement.objects.bulk_create(movements, batch_size=500)
    return counts


def _teach_on(plan: RolloverPlan, year: SchoolYear, first: date) -> None:
    """Where the teachers go on with the class: the same subjects and strands, if the new grade has them."""
    goes_on = {
        c.from_unit_id: c for c in plan.classes.filter(with_teachers=True).select_related("unit") if c.from_unit_id
    }
    has = set(SubjectGrade.objects.filter(year=year).values_list("subject_id", "grade"))
    held = RoleAssignment.objects.filter(_running(first), role__in=[r.value for r in STAFF])
    staff = set(held.values_list("person_id", flat=True))
    # `_end_old` has just ended them on the first day, or they ended with their year.
    ended = TeachingAssignment.objects.filter(unit__in=list(goes_on)).filter(
        during__endswith__gte=min(first, plan.from_year.during.upper)
    )
    TeachingAssignment.objects.bulk_create(
        TeachingAssignment(
            unit=goes_on[row.unit_id].unit, subject_id=row.subject_id, part_id=row.part_id, person_id=row.person_id,
            compiles=row.compiles, during=span(first, None),
        )
        for row in ended
        if row.person_id in staff and (not has or (row.subject_id, goes_on[row.unit_id].grade) in has)
    )  # fmt: skip


def _keep_staff(plan: RolloverPlan, year: SchoolYear) -> None:
    """Roles, positions and groups that end at the turn of the year go on to the end of the new one."""
    ends = (plan.from_year.during.upper - timedelta(days=62), year.during.lower)
    at_turn = Q(during__endswith__range=ends)
    roles = RoleAssignment.objects.filter(at_turn, role__in=[r.value for r in _KEPT_ROLES], delegated_from=None)
    for rows in (roles, GroupMember.objects.filter(at_turn), Position.objects.filter(at_turn)):
        for row in rows:
            row.during = DateRange(row.during.lower, year.during.upper)
            row.save(update_fields=["during"])
