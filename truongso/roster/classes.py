"""Reads for the list of classes and the page of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from truongso.people import queries as people
from truongso.people.actor import Actor
from truongso.people.models import Gender, Guardianship, Person, RoleAssignment, Unit, UnitKind
from truongso.people.queries import ClassRow
from truongso.people.roles import Role
from truongso.roster import queries, rules
from truongso.roster.models import Contact, TeachingAssignment


def visible(actor: Actor) -> QuerySet[Unit]:
    """The classes of the day that the actor may open."""
    found = Unit.objects.on(actor.on).filter(kind=UnitKind.CLASS).select_related("school_class__campus")
    if actor.has(*rules.READERS):
        return found
    return found.filter(pk__in=actor.units(Role.HOMEROOM) | queries.taught_by(actor.person_id, actor.on))


@dataclass(frozen=True, slots=True)
class Card:
    """A class in the list."""

    unit: Unit
    grade: int | None
    homeroom: str
    pupils: int
    girls: int
    teachers: int


def grade_of(unit: Unit) -> int | None:
    return rules.grade_of(unit.name, unit.school_class.grade if hasattr(unit, "school_class") else None)


def cards(units: Iterable[Unit], day: date) -> list[Card]:
    """By grade and name, with counts: four queries, however many classes there are."""
    listed = list(units)
    ids = [u.pk for u in listed]
    held = RoleAssignment.objects.on(day).filter(unit_id__in=ids)
    counts = {
        unit: (pupils, girls)
        for unit, pupils, girls in held.filter(role=Role.PUPIL)
        .order_by()
        .values("unit_id")
        .annotate(pupils=Count("pk"), girls=Count("pk", filter=Q(person__gender=Gender.FEMALE)))
        .values_list("unit_id", "pupils", "girls")
    }
    leading = homerooms(held)
    teachers = dict(
        TeachingAssignment.objects.on(day)
        .filter(unit_id__in=ids)
        .order_by()
        .values("unit_id")
        .annotate(n=Count("person_id", distinct=True))
        .values_list("unit_id", "n")
    )
    made = [
        Card(
            u,
            grade_of(u),
            leading[u.pk].full_name if u.pk in leading else "",
            *counts.get(u.pk, (0, 0)),
            teachers.get(u.pk, 0),
        )
        for u in listed
    ]
    return sorted(made, key=lambda c: (c.grade or 99, c.unit.name))


def homerooms(held: QuerySet[RoleAssignment]) -> dict[int, Person]:
    """Class → its homeroom teacher; not those to whom it was lent."""
    rows = held.filter(role=Role.HOMEROOM, delegated_from=None).select_related("person")
    return {row.unit_id: row.person for row in rows if row.unit_id is not None}


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil in the class's list, with the family and how to reach it."""

    row: ClassRow
    phones: dict[int, str]

    @property
    def person(self) -> Person:
        return self.row.person

    @property
    def guardians(self) -> tuple[Guardianship, ...]:
        return self.row.guardians

    @property
    def first_contact(self) -> Guardianship | None:
        """Whom to call first: who is marked so, else the first with a number."""
        called = [g for g in self.guardians if g.first_contact] + [
            g for g in self.guardians if self.phones.get(g.guardian_id)
        ]
        return called[0] if called else None

    @property
    def phone(self) -> str:
        first = self.first_contact
        return self.phones.get(first.guardian_id, "") if first else ""


def pupils(unit: Unit, day: date) -> list[Pupil]:
    """In the order of Vietnamese names, with guardians and numbers: four queries, always."""
    listed = people.members(unit, day)
    who = {g.guardian_id for row in listed for g in row.guardians}
    phones = {
        pk: phone or other
        for pk, phone, other in Contact.objects.filter(pk__in=who).values_list("person_id", "phone", "other_phone")
    }
    return [Pupil(row, phones) for row in listed]


def teachers(unit: Unit, day: date) -> list[TeachingAssignment]:
    """Who teaches here on the day, by subject; of several the one who compiles first."""
    found = TeachingAssignment.objects.on(day).filter(unit=unit).select_related("subject", "part", "person")
    return list(found.order_by("subject__order", "subject__name", "-compiles", "part__order", "pk"))


def homeroom(unit: Unit, day: date) -> RoleAssignment | None:
    held = RoleAssignment.objects.on(day).filter(unit=unit, role=Role.HOMEROOM, delegated_from=None)
    return held.select_related("person").first()
