"""Read the school into a World: a constant number of queries, however many people there are."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from truongso.intake.world import World, group_key
from truongso.lib import vi
from truongso.people.models import Guardianship, Person, RoleAssignment, Unit, UnitKind
from truongso.people.roles import Role
from truongso.roster.models import (
    Contact,
    GroupMember,
    Position,
    PupilRecord,
    SensitiveRecord,
    StaffRecord,
    TeachingAssignment,
)
from truongso.school.actions.subjects import seed_subjects
from truongso.school.actions.years import frame_of
from truongso.school.models import SchoolYear, Subject
from truongso.school.queries.subjects import SubjectFinder


def finder() -> tuple[SubjectFinder, bool]:
    """The school's subjects; before it has any, those that will be seeded (made and taken back at once)."""
    if Subject.objects.exists():
        return SubjectFinder(), True
    with transaction.atomic():
        seed_subjects(by=None)
        found = SubjectFinder()
        transaction.set_rollback(True)
    return found, False


def load(*, year: str, today: date, found: tuple[SubjectFinder, bool] | None = None) -> World:
    row = SchoolYear.objects.filter(name=year).first()
    if row is not None:
        first, last = row.during.lower, row.during.upper - timedelta(days=1)
    else:
        plan = frame_of(year)
        first, last = plan.during.first, plan.during.last
    subjects, has = found or finder()
    world = World(year, today, first, last, row, subjects, has)
    _people(world)
    _roles(world)
    _rest(world)
    return world


def _people(world: World) -> None:
    for person in Person.objects.order_by("pk"):
        world.people[person.pk] = person
        world.by_name[vi.fold(person.full_name)].append(person.pk)
        if person.sector_code_hash:
            world.by_sector[bytes(person.sector_code_hash)] = person.pk
        if person.national_number_hash:
            world.by_national[bytes(person.national_number_hash)] = person.pk
    for record in PupilRecord.objects.all():
        world.pupils[record.pk] = record
        if record.local_code:
            world.by_pupil_code[record.local_code] = record.pk
    for line in StaffRecord.objects.all():
        world.staff[line.pk] = line
        if line.local_code:
            world.by_staff_code[line.local_code] = line.pk
    for contact in Contact.objects.all():
        world.contacts[contact.pk] = contact
        for phone in filter(None, (contact.phone, contact.other_phone)):
            world.by_phone[phone].append(contact.pk)
    world.sensitive = {s.pk: s for s in SensitiveRecord.objects.all()}


def _roles(world: World) -> None:
    for row in RoleAssignment.objects.filter(delegated_from=None).select_related("unit").order_by("-during", "-pk"):
        if row.role == Role.PUPIL:
            world.places[row.person_id].append(row)
        if row.during.upper is None or row.during.upper > world.day:
            world.roles[row.person_id].add(row.role)
            if row.role == Role.HOMEROOM and row.unit_id:
                world.homeroom[row.unit_id].append(row)
    for standing in Guardianship.objects.order_by("pk"):
        if standing.during.upper is None or standing.during.upper > world.day:
            world.guardians[standing.child_id].append(standing)


def _rest(world: World) -> None:
    for position in Position.objects.order_by("pk"):
        if position.during.upper is None or position.during.upper > world.day:
            world.positions[position.person_id].append(position)
    for member in GroupMember.objects.select_related("unit").order_by("pk"):
        if member.during.upper is None or member.during.upper > world.day:
            world.groups[member.person_id].append(member)
    for row in TeachingAssignment.objects.filter(unit__school_year=world.year).select_related("part").order_by("pk"):
        if row.during.upper is None or row.during.upper > world.day:
            world.teaching[row.unit_id, row.subject_id].append(row)
    for unit in Unit.objects.select_related("school_class").all():
        if unit.kind == UnitKind.GROUP:
            world.group_units[group_key(unit.name)] = unit
        elif unit.school_year == world.year:
            world.units[vi.fold(unit.name)] = unit
            klass = getattr(unit, "school_class", None)
            if klass is not None:
                world.class_rows[unit.pk] = klass
                if klass.local_code:
                    world.by_class_code[klass.local_code] = unit
