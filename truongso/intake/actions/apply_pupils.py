"""Write the pupils of a plan, each with the dated class and the step that leads there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from truongso.intake.actions.apply import hang_on, once, people
from truongso.intake.actions.journal import Journal
from truongso.intake.drafts import Draft
from truongso.intake.known import PUPIL
from truongso.intake.plan import Plan
from truongso.lib import vi
from truongso.people.models import RoleAssignment
from truongso.people.roles import Role
from truongso.roster.models import Movement, MovementKind, PupilRecord
from truongso.school.rules.classes import grade_of

_LEFT = {
    "out": MovementKind.TRANSFER_OUT,
    "leave": MovementKind.LEAVE,
    "completed": MovementKind.COMPLETED,
    "reserved": MovementKind.LEAVE,
}


def pupils(journal: Journal, plan: Plan) -> None:
    world = plan.world
    assert world is not None
    drafts = [d for d in plan.of("pupils") if d.status in {"new", "changed"}]
    people(journal, drafts, plan)
    hang_on(journal, drafts, PupilRecord, PUPIL, world.pupils)
    places: list[RoleAssignment] = []
    moves: list[Movement] = []
    cut: list[RoleAssignment] = []
    for draft in drafts:
        _place(journal, draft, plan, places, moves, cut)
    journal.save(once(cut), ["during", "unit"])  # first: the constraint allows one class at a time
    journal.add(places)
    journal.add(moves)


def _place(  # noqa: PLR0917 (the lists gather rows of three tables)
    journal: Journal,
    draft: Draft,
    plan: Plan,
    places: list[RoleAssignment],
    moves: list[Movement],
    cut: list[RoleAssignment],
) -> None:
    """The dated class of a pupil and the step that leads there."""
    world = plan.world
    assert world is not None and draft.person_id is not None
    pk, by = draft.person_id, journal.run.by_id
    fields = {c["field"] for c in draft.changes}
    gone = _LEFT.get(str(draft.values.get("status", "")))
    unit = world.units.get(vi.fold(str(draft.values.get("class_name", ""))))
    present = world.place(pk)
    if draft.status == "changed" and not fields & {"class_name", "status"}:
        return
    if gone and present is not None:
        _end(journal, present, world.day, cut)
        moves.append(
            Movement(person_id=pk, kind=gone, day=world.day - timedelta(days=1), from_unit=present.unit, by_id=by)
        )
        return
    if unit is None:
        return
    said = draft.values.get("enrolled_on")
    first = max(world.first, date.fromisoformat(said)) if said else world.first
    first = first if first <= world.last else world.first
    kind = MovementKind.TRANSFER_IN if draft.values.get("status") == "in" else MovementKind.ENROLLED
    before = None
    if present is not None and (present.during.upper is None or present.during.upper > world.first):
        before = present.unit
        first = world.first if before and before.school_year != world.year else world.day
        kind = _step(before, unit, world.year)
        if present.during.lower is not None and present.during.lower >= first:
            journal.keep(present)
            present.unit = unit  # it had not begun: put right, not moved
            cut.append(present)
            moves.append(Movement(person_id=pk, kind=kind, day=first, from_unit=before, to_unit=unit, by_id=by))
            return
        _end(journal, present, first, cut)
    elif present is not None:
        kind = (
            MovementKind.RETURN
            if present.unit and present.unit.school_year == world.year
            else _step(present.unit, unit, world.year)
        )
        first = max(first, present.during.upper or first)
    until = max(world.day, first + timedelta(days=1)) if gone else None
    places.append(RoleAssignment(person_id=pk, role=Role.PUPIL.value, unit=unit, during=DateRange(first, until)))
    moves.append(Movement(person_id=pk, kind=kind, day=first, from_unit=before, to_unit=unit, by_id=by))
    if gone and until:
        moves.append(Movement(person_id=pk, kind=gone, day=until - timedelta(days=1), from_unit=unit, by_id=by))


def _end(journal: Journal, row: RoleAssignment, first: date, cut: list[RoleAssignment]) -> None:
    """Its last day is the one before `first` (at least its own first day)."""
    if row.during.upper is not None and row.during.upper <= first:
        return
    journal.keep(row)
    lower = row.during.lower
    row.during = DateRange(lower, max(first, lower + timedelta(days=1)) if lower else first)
    cut.append(row)


def _step(before: Any, unit: Any, year: str) -> MovementKind:
    if before is None or before.school_year == year:
        return MovementKind.CLASS_CHANGE
    old, new = grade_of(before.name), grade_of(unit.name)
    return MovementKind.PROMOTED if old and new and new > old else MovementKind.REPEATED
