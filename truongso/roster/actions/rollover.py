"""The next year on paper: begun, changed, taken back. Opening it is `open_year`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from truongso import audit
from truongso.lib import vi
from truongso.people.actor import Actor
from truongso.people.models import Person, RoleAssignment, Unit
from truongso.people.roles import Role
from truongso.roster import rollover_queries as queries
from truongso.roster import rollover_rules as rules
from truongso.roster.actions.spans import insist
from truongso.roster.models import Outcome, PlanClass, PlanPupil, PlanState, RolloverPlan
from truongso.school.models import Campus, SchoolYear, YearState
from truongso.school.queries import year_named
from truongso.school.rules.classes import clean_name, grade_of


@transaction.atomic
def start_plan(
    *, by: Actor, from_year: SchoolYear, new_classes: Sequence[str], keep_homeroom: bool, with_teachers: bool,
    keep_staff: bool,
) -> RolloverPlan:  # fmt: skip
    """Write down the usual: each class goes up with its homeroom teacher, each pupil with the class.

    `new_classes` are the names of the classes of the first grade. Raises ValidationError.
    """
    insist(rules.may_prepare(by))
    SchoolYear.objects.select_for_update().get(pk=from_year.pk)
    name = rules.next_year(from_year.name)
    if queries.draft() is not None or RolloverPlan.objects.filter(name=name).exists():
        raise ValidationError(_("Kế hoạch cho năm học %(name)s đã có rồi.") % {"name": name})
    coming = year_named(name)
    if coming is not None and coming.state != YearState.PLANNED:
        raise ValidationError(_("Năm học %(name)s đã mở rồi.") % {"name": name})
    plan = RolloverPlan.objects.create(from_year=from_year, name=name, keep_staff=keep_staff, by_id=by.person_id)
    _carry_on(plan, by.on, keep_homeroom=keep_homeroom, with_teachers=with_teachers)
    for text in new_classes:
        add_class(by=by, plan=plan, name=text, grade=None)
    _take_in(plan, by.on)
    audit.record(by, "roster.start_rollover", obj=plan, detail={"year": name})
    return plan


def _carry_on(plan: RolloverPlan, day: date, *, keep_homeroom: bool, with_teachers: bool) -> None:
    classes = list(plan.from_year.classes.select_related("unit"))
    rows = RoleAssignment.objects.filter(
        role=Role.HOMEROOM, unit__in=[c.unit_id for c in classes], delegated_from=None
    ).order_by("during")
    homeroom = {r.unit_id: r.person_id for r in rows if r.during.upper is None or r.during.upper > day}
    PlanClass.objects.bulk_create(
        PlanClass(
            plan=plan, name=rules.next_name(c.unit.name, c.grade), grade=c.grade + 1, from_unit=c.unit,
            homeroom_id=homeroom.get(c.unit_id) if keep_homeroom else None, with_teachers=with_teachers,
            campus_id=c.campus_id, shift=c.shift,
        )
        for c in classes
        if rules.usual(c.grade) is Outcome.PROMOTED
    )  # fmt: skip


def _take_in(plan: RolloverPlan, day: date) -> int:
    """Bring the list of pupils up to the day; what was decided for the others stays. Returns how many changed."""
    now = queries.present_pupils(plan.from_year, day)
    grades = queries.grades_of(plan.from_year)
    goes_on = {c.from_unit: c for c in plan.classes.select_related("from_unit") if c.from_unit}
    have = dict(plan.pupils.values_list("person_id", "from_unit_id"))
    stale = [person for person, unit in have.items() if person not in now or now[person].unit_id != unit]
    plan.pupils.filter(person_id__in=stale).delete()
    fresh = [row for person, row in now.items() if person not in have or person in stale]
    made = []
    for row in fresh:
        outcome = rules.usual(grades[row.unit_id or 0])
        to = goes_on.get(row.unit) if outcome is Outcome.PROMOTED and row.unit else None
        made.append(PlanPupil(plan=plan, person_id=row.person_id, from_unit=row.unit, outcome=outcome, to=to))
    PlanPupil.objects.bulk_create(made)
    return len({*stale, *(row.person_id for row in fresh)})


def _locked(plan: RolloverPlan) -> RolloverPlan:
    """The plan, still a draft, so that nobody changes what is being opened."""
    found = RolloverPlan.objects.select_for_update(of=("self",)).select_related("from_year").filter(pk=plan.pk).first()
    if found is None or found.state != PlanState.DRAFT:
        raise ValidationError(_("Kế hoạch này đã mở hoặc đã bỏ, nên không sửa được nữa."))
    return found


@transaction.atomic
def refresh_plan(*, by: Actor, plan: RolloverPlan) -> int:
    """Take in who came since, let go who left."""
    insist(rules.may_prepare(by))
    changed = _take_in(_locked(plan), by.on)
    audit.record(by, "roster.change_rollover", obj=plan, detail={"pupils": changed})
    return changed


@transaction.atomic
def set_outcomes(*, by: Actor, plan: RolloverPlan, unit: Unit, wishes: Mapping[int, tuple[str, int | None]]) -> None:
    """{person id: (outcome, PlanClass id)} for pupils of one class. Raises ValidationError keyed by "p<person id>"."""
    insist(rules.may_prepare(by))
    plan = _locked(plan)
    grade = queries.grades_of(plan.from_year).get(unit.pk, 0)
    classes = {c.pk: c for c in plan.classes.all()}
    wrong: dict[str, str] = {}
    changed = []
    for row in plan.pupils.filter(from_unit=unit, person_id__in=list(wishes)):
        outcome, to = wishes[row.person_id]
        chosen = classes.get(to) if to else None
        if outcome not in rules.STAYS:
            chosen = None
        verdict = rules.fits(grade, outcome, chosen.grade if chosen else None)
        if not verdict:
            wrong[f"p{row.person_id}"] = str(verdict.why)
        elif (row.outcome, row.to_id) != (outcome, chosen.pk if chosen else None):
            row.outcome, row.to = outcome, chosen
            changed.append(row)
    if wrong:
        raise ValidationError(wrong)
    PlanPupil.objects.bulk_update(changed, ["outcome", "to"])
    if changed:
        audit.record(by, "roster.change_rollover", obj=plan, detail={"class": unit.pk, "pupils": len(changed)})


@transaction.atomic
def add_class(*, by: Actor, plan: RolloverPlan, name: str, grade: int | None) -> PlanClass:
    """One more class of the new year. Raises ValidationError at "name" or "grade"."""
    insist(rules.may_prepare(by))
    plan = _locked(plan)
    name, grade = _named(plan, name, grade, own=0)
    made = PlanClass.objects.create(plan=plan, name=name, grade=grade)
    audit.record(by, "roster.change_rollover", obj=plan, detail={"class": name})
    return made


def _named(plan: RolloverPlan, name: str, grade: int | None, *, own: int) -> tuple[str, int]:
    name = clean_name(name)
    grade = grade or grade_of(name)
    if not name:
        raise ValidationError({"name": _("Lớp cần có tên.")})
    if grade is None or not 1 <= grade <= 12:
        raise ValidationError({"grade": _("Chưa đọc được khối từ tên “%(name)s”. Xin ghi khối.") % {"name": name}})
    taken = {vi.fold(c.name) for c in plan.classes.exclude(pk=own)}
    if vi.fold(name) in taken:
        raise ValidationError({"name": _("Năm học mới đã có lớp %(name)s.") % {"name": name}})
    return name, grade


@transaction.atomic
def change_class(
    *, by: Actor, plan: RolloverPlan, found: PlanClass, name: str, homeroom: Person | None, with_teachers: bool,
    campus: Campus | None, shift: str,
) -> None:  # fmt: skip
    insist(rules.may_prepare(by))
    plan = _locked(plan)
    found.name, _grade = _named(plan, name, found.grade, own=found.pk)
    found.homeroom, found.campus, found.shift = homeroom, campus, shift
    found.with_teachers = with_teachers and found.from_unit_id is not None
    found.save(update_fields=["name", "homeroom", "campus", "shift", "with_teachers"])
    audit.record(by, "roster.change_rollover", obj=plan, detail={"class": found.name})


@transaction.atomic
def remove_class(*, by: Actor, plan: RolloverPlan, found: PlanClass) -> None:
    """The class is not to be; its pupils wait for another one."""
    insist(rules.may_prepare(by))
    plan = _locked(plan)
    plan.pupils.filter(to=found).update(to=None)
    found.delete()
    audit.record(by, "roster.change_rollover", obj=plan, detail={"removed": found.name})


@transaction.atomic
def drop_plan(*, by: Actor, plan: RolloverPlan) -> None:
    """Take everything back: as if there had never been a plan."""
    insist(rules.may_prepare(by))
    plan = _locked(plan)
    audit.record(by, "roster.drop_rollover", obj=plan, detail={"year": plan.name})
    plan.pupils.all().delete()
    plan.delete()
