"""Write who teaches what, and who is homeroom teacher of which class."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from truongso.intake.actions.apply_staff import cut, teacher_roles
from truongso.intake.actions.journal import Journal
from truongso.intake.drafts import Draft
from truongso.intake.plan import Plan
from truongso.lib import vi
from truongso.people.models import RoleAssignment
from truongso.people.roles import Role
from truongso.roster.models import TeachingAssignment
from truongso.school.models import SubjectPart


def teaching(journal: Journal, plan: Plan) -> None:
    world = plan.world
    assert world is not None
    by_key = {d.key: d.person_id for d in plan.of("staff")}
    drafts = [d for d in plan.of("teaching") if d.status in {"new", "changed"}]
    homes = [d for d in plan.of("classes") if d.status in {"new", "changed"} and d.values.get("teacher")]
    for draft in (*drafts, *homes):
        who = draft.values["teacher"]
        draft.person_id = who if isinstance(who, int) else by_key.get(who)
    teacher_roles(journal, {d.person_id for d in (*drafts, *homes)}, plan)
    rows: list[TeachingAssignment] = []
    homerooms = [d for d in drafts if d.values.get("homeroom")] + [
        d for d in homes if any(c["field"] == "homeroom_teacher" for c in d.changes)
    ]
    journal.add(_homerooms(journal, homerooms, plan))
    compiled = {key for key, found in world.teaching.items() if any(r.compiles for r in found)}
    for draft in drafts:
        if draft.values.get("homeroom"):
            continue
        found = world.finder.find(str(draft.values["subject"]))
        assert found is not None and draft.person_id is not None
        part = next((p for p in found.subject.parts.all() if p.name == draft.values["part_name"]), None)
        unit = world.units[vi.fold(str(draft.values["class_name"]))]
        key = (unit.pk, found.subject.pk)
        first, compiles = world.first, key not in compiled
        if draft.status == "changed":
            first, compiles = world.day, _take_over(journal, draft, key, part, plan) or compiles
        said, last = draft.values.get("first_day"), draft.values.get("last_day")
        first = date.fromisoformat(said) if said else first
        until = date.fromisoformat(last) + timedelta(days=1) if last else None
        compiled.add(key)
        rows.append(
            TeachingAssignment(
                unit=unit,
                subject=found.subject,
                part=part,
                person_id=draft.person_id,
                compiles=compiles,
                during=DateRange(first, until),
            )
        )
    journal.add(rows)


def _take_over(journal: Journal, draft: Draft, key: tuple[int, int], part: SubjectPart | None, plan: Plan) -> bool:
    world = plan.world
    assert world is not None
    compiles = False
    for row in world.teaching.get(key, []):
        if part is None or row.part_id == part.pk:
            compiles = compiles or row.compiles
            _replaced(journal, row, world.day)
    return compiles


def _replaced(journal: Journal, row: Any, first: date) -> None:
    """Ends the day before; a row that begins only now is taken away whole."""
    if row.during.lower is not None and row.during.lower >= first:
        journal.remove(row)
    else:
        journal.save([cut(journal, row, first)], ["during"])


def _homerooms(journal: Journal, drafts: list[Draft], plan: Plan) -> list[RoleAssignment]:
    world = plan.world
    assert world is not None
    made: dict[int, RoleAssignment] = {}
    for draft in drafts:
        unit = world.units[vi.fold(str(draft.values["class_name"]))]
        old = world.homeroom.get(unit.pk, [])
        if draft.person_id is None or any(r.person_id == draft.person_id for r in old) or unit.pk in made:
            continue
        for row in old:
            _replaced(journal, row, world.day)
        made[unit.pk] = RoleAssignment(
            person_id=draft.person_id,
            role=Role.HOMEROOM.value,
            unit=unit,
            during=DateRange(world.day if old else world.first, None),
        )
    return list(made.values())
