"""Write the school's side of a plan: year, subjects, classes, groups; staff; who teaches what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from truongso.intake.actions import apply
from truongso.intake.actions.journal import Journal
from truongso.intake.drafts import Draft
from truongso.intake.known import STAFF
from truongso.intake.plan import Plan
from truongso.intake.text import folded
from truongso.intake.world import group_key, group_name
from truongso.lib import vi
from truongso.people.models import RoleAssignment, Unit, UnitKind
from truongso.people.roles import STAFF as STAFF_ROLES
from truongso.people.roles import Role
from truongso.roster.models import GroupMember, Position, StaffRecord
from truongso.school.actions.subjects import seed_subjects
from truongso.school.actions.years import make_year
from truongso.school.models import SchoolClass, Subject
from truongso.school.queries.subjects import SubjectFinder
from truongso.school.rules.classes import grade_of


def frame(journal: Journal, plan: Plan) -> None:
    """What must stand before anybody can be placed: the year, the classes, the subjects."""
    world = plan.world
    assert world is not None
    todo = [d for d in plan.drafts if d.status in {"new", "changed"}]
    if todo and world.year_row is None:
        world.year_row = make_year(by=None, name=world.year)
        journal.note([world.year_row])
    if not world.has_subjects and any(d.kind == "teaching" and d.values.get("subject") for d in todo):
        seed_subjects(by=None)
        journal.note([*Subject.objects.all()])
        world.finder, world.has_subjects = SubjectFinder(), True
    _classes(journal, plan)
    _groups(journal, plan)


def _classes(journal: Journal, plan: Plan) -> None:
    world = plan.world
    assert world is not None
    year = world.year_row
    drafts = [d for d in plan.of("classes") if d.status in {"new", "changed"}]
    missing = [d for d in drafts if vi.fold(str(d.values["class_name"])) not in world.units]
    units = (
        [
            Unit(kind=UnitKind.CLASS, name=d.values["class_name"], school_year=world.year, during=year.during)
            for d in missing
        ]
        if year
        else []
    )
    journal.add(units)
    world.units |= {vi.fold(u.name): u for u in units}
    rows = []
    for draft in drafts:
        unit = world.units[vi.fold(str(draft.values["class_name"]))]
        code = str(draft.values.get("class_code", ""))[:30]
        row = world.class_rows.get(unit.pk)
        grade = draft.values.get("grade") or grade_of(unit.name)
        if row is None and grade and year:
            world.class_rows[unit.pk] = made = SchoolClass(unit=unit, year=year, grade=grade, local_code=code)
            rows.append(made)
        elif row is not None and code and row.local_code != code:
            journal.keep(row)
            row.local_code = code
            journal.save([row], ["local_code"])
    journal.add(rows)


def _groups(journal: Journal, plan: Plan) -> None:
    world = plan.world
    assert world is not None
    names: dict[str, str] = {}
    for draft in plan.of("staff"):
        if draft.status in {"new", "changed"} and draft.values.get("group"):
            names.setdefault(group_key(str(draft.values["group"])), str(draft.values["group"]))
    made = [
        Unit(kind=UnitKind.GROUP, name=group_name(n), during=DateRange(world.first, None))
        for k, n in names.items()
        if k not in world.group_units
    ]
    journal.add(made)
    world.group_units |= {group_key(u.name): u for u in made}


def staff(journal: Journal, plan: Plan) -> None:
    world = plan.world
    assert world is not None
    drafts = [d for d in plan.of("staff") if d.status in {"new", "changed"}]
    apply.people(journal, drafts, plan)
    apply.hang_on(journal, drafts, StaffRecord, STAFF, world.staff)
    positions, members, ended = [], [], []
    open_from = DateRange(world.first, None)
    for draft in drafts:
        pk = draft.person_id
        assert pk is not None
        fields = {c["field"] for c in draft.changes} if draft.status == "changed" else {"position", "group"}
        if (title := draft.values.get("position")) and "position" in fields:
            old = world.positions.get(pk, [])
            if len(old) == 1:
                ended.append(cut(journal, old[0], world.day))
            positions.append(
                Position(person_id=pk, title=title, during=DateRange(world.day, None) if old else open_from)
            )
        if (group := draft.values.get("group")) and "group" in fields:
            was = world.groups.get(pk, [])
            if len(was) == 1:
                ended.append(cut(journal, was[0], world.day))
            members.append(
                GroupMember(
                    person_id=pk,
                    unit=world.group_units[group_key(str(group))],
                    during=DateRange(world.day, None) if was else open_from,
                )
            )
    for row in ended:
        journal.save([row], ["during"])
    journal.add(positions)
    journal.add(members)
    teacher_roles(journal, {d.person_id for d in drafts if _teaches(d)}, plan)


def _teaches(draft: Draft) -> bool:
    said = folded(str(draft.values.get("position", "")))
    return "giao vien" in said or said == "gv" or (bool(draft.values.get("teaches")) and not said)


def teacher_roles(journal: Journal, wanted: set[Any], plan: Plan) -> None:
    """Teaching needs a role of staff; the import gives only that of teacher: others are given by the head."""
    world = plan.world
    assert world is not None
    staff_roles = {r.value for r in STAFF_ROLES}
    missing = [pk for pk in sorted(filter(None, wanted)) if not world.roles.get(pk, set()) & staff_roles]
    journal.add(
        [RoleAssignment(person_id=pk, role=Role.TEACHER.value, during=DateRange(world.first, None)) for pk in missing]
    )
    for pk in missing:
        world.roles[pk].add(Role.TEACHER.value)


def cut(journal: Journal, row: Any, first: date) -> Any:
    journal.keep(row)
    lower = row.during.lower
    row.during = DateRange(lower, max(first, lower + timedelta(days=1)) if lower else first)
    return row
