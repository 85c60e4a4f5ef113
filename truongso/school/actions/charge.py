"""Who is in charge of a unit from today: homeroom teacher of a class, head of a group."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from truongso.people.actions.roles import assign_role, end_role
from truongso.people.actor import Actor
from truongso.people.models import Person, RoleAssignment, Unit
from truongso.people.roles import Role


@transaction.atomic
def put_in_charge(*, by: Actor, unit: Unit, role: Role, person: Person | None) -> None:
    """From today `person` (None: nobody) holds this role of the unit; whoever held it did so until yesterday.

    People's own rules decide whether `by` may give the role (PermissionDenied)."""
    present = RoleAssignment.objects.on(by.on).filter(unit=unit, role=role.value, delegated_from=None).first()
    if present is not None and person is not None and present.person_id == person.pk:
        return
    if present is not None:
        end_role(by=by, assignment=present, last=by.on - timedelta(days=1))
    if person is not None:
        assign_role(by=by, person=person, role=role, unit=unit, first=by.on)
