"""Reads that pages and verbs share."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from truongso.people import queries as people
from truongso.people.actor import Actor
from truongso.people.models import Guardianship, RoleAssignment
from truongso.people.roles import Role
from truongso.roster.models import TeachingAssignment


def class_of(person_id: int, day: date) -> int | None:
    """The class (Unit id) a pupil is in on a day."""
    found = RoleAssignment.objects.on(day).filter(role=Role.PUPIL, person_id=person_id)
    return found.values_list("unit_id", flat=True).first()


def is_own_pupil(actor: Actor, person_id: int) -> bool:
    """Is this a pupil of a class whose homeroom teacher the actor is today?"""
    own = actor.units(Role.HOMEROOM)
    return bool(own) and class_of(person_id, actor.on) in own


def is_own_family(actor: Actor, person_id: int) -> bool:
    """Such a pupil, or somebody who stands for one."""
    own = actor.units(Role.HOMEROOM)
    return bool(own) and (
        class_of(person_id, actor.on) in own or bool(people.children_classes(person_id, actor.on) & own)
    )


def taught_by(person_id: int, day: date) -> frozenset[int]:
    """The classes in which a person teaches on a day."""
    return frozenset(TeachingAssignment.objects.on(day).filter(person_id=person_id).values_list("unit_id", flat=True))


def is_taught(actor: Actor, person_id: int) -> bool:
    """Is this a pupil of a class in which the actor teaches today?"""
    return class_of(person_id, actor.on) in taught_by(actor.person_id, actor.on)


def is_child(actor: Actor, person_id: int) -> bool:
    """A child whom the actor represents, or about whom the actor is to be informed, today."""
    if person_id not in actor.children:
        return False
    held = Guardianship.objects.on(actor.on).filter(guardian_id=actor.person_id, child_id=person_id)
    return held.filter(Q(legal=True) | Q(informed=True)).exists()
