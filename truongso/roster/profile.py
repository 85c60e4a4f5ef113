"""Reads for the page of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, QuerySet

from truongso.people.actor import Actor
from truongso.people.models import Guardianship, Person, RoleAssignment
from truongso.people.roles import Role
from truongso.roster import directory
from truongso.roster.models import CustodyNote, GroupMember, Movement, Position, TeachingAssignment
from truongso.roster.rules import Sight


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the way through the school: what happened, from where to where, on which paper."""

    day: date
    what: str
    text: str


def way(person: Person) -> list[Step]:
    found = Movement.objects.filter(person=person).select_related("from_unit", "to_unit")
    return [Step(m.day, str(m.get_kind_display()), _told(m)) for m in found]


def _told(move: Movement) -> str:
    units = " → ".join(unit.name for unit in (move.from_unit, move.to_unit) if unit)
    return " · ".join(part for part in (units, move.other_school, move.document, move.reason) if part)


def classes_held(person: Person) -> QuerySet[RoleAssignment]:
    """The pupil's classes, the latest first."""
    found = RoleAssignment.objects.filter(person=person, role=Role.PUPIL).select_related("unit")
    return found.order_by(F("during").desc())


@dataclass(frozen=True, slots=True)
class Guardian:
    standing: Guardianship
    phone: str
    holds: bool


def guardians(person: Person, day: date) -> list[Guardian]:
    """Who stands for a child, now and before; who is called first, first."""
    found = Guardianship.objects.filter(child=person).select_related("guardian__contact")
    made = [
        Guardian(g, _number(g.guardian), holds_on(g.during, day))
        for g in found.order_by(F("during").desc(), "guardian__sort_key")
    ]
    return sorted(made, key=lambda g: (not g.holds, not g.standing.first_contact))


def holds_on(during: DateRange, day: date) -> bool:
    return (during.lower is None or during.lower <= day) and (during.upper is None or day < during.upper)


def _number(person: Person) -> str:
    contact = getattr(person, "contact", None)
    return (contact.phone or contact.other_phone) if contact else ""


def children(actor: Actor, person: Person) -> list[Guardianship]:
    """The children whom the person stands for today, as far as the actor may open their pages."""
    found = Guardianship.objects.on(actor.on).filter(guardian=person).select_related("child")
    if actor.person_id != person.pk:
        found = found.filter(child__in=directory.visible(actor))
    return list(found.order_by("child__sort_key"))


@dataclass(frozen=True, slots=True)
class Held:
    """A position or a membership, with its days."""

    pk: int
    name: str
    first: date
    last_day: date | None
    holds: bool  # on the day, or still to come


def _held(row: Position | GroupMember, name: str, day: date) -> Held:
    end = row.during.upper
    return Held(row.pk, name, row.during.lower, end - timedelta(days=1) if end else None, end is None or end > day)


@dataclass(frozen=True, slots=True)
class Staff:
    positions: list[Held]
    groups: list[Held]
    teaching: list[TeachingAssignment]

    def __bool__(self) -> bool:
        return bool(self.positions or self.groups or self.teaching)


def staff(person: Person, day: date) -> Staff:
    """Positions and groups, past ones too; what is taught on the day."""
    positions = Position.objects.filter(person=person).order_by(F("during").desc())
    groups = GroupMember.objects.filter(person=person).select_related("unit").order_by(F("during").desc())
    teaching = TeachingAssignment.objects.on(day).filter(person=person).select_related("unit", "subject", "part")
    return Staff(
        [_held(p, p.title, day) for p in positions],
        [_held(m, m.unit.name, day) for m in groups],
        list(teaching.order_by("subject__order", "unit__name")),
    )


def custody_notes(person: Person, seen: Sight) -> list[CustodyNote]:
    return list(CustodyNote.objects.filter(child=person).select_related("by")) if seen.custody else []
