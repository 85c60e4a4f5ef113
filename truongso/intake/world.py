"""What the school knows at this moment, read in a constant number of queries: people are looked up in it, never guessed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from truongso.lib import vi
from truongso.people import sealed
from truongso.people.models import Guardianship, Person, RoleAssignment, Unit, UnitKind
from truongso.people.roles import STAFF, Role
from truongso.roster.models import Contact, GroupMember, Position, PupilRecord, SensitiveRecord, StaffRecord, TeachingAssignment
from truongso.school.actions.subjects import seed_subjects
from truongso.school.actions.years import frame_of
from truongso.school.models import SchoolClass, SchoolYear, Subject
from truongso.school.queries.subjects import SubjectFinder


@dataclass(slots=True)
class World:
    year: str
    today: date
    first: date  # of the year
    last: date
    year_row: SchoolYear | None
    finder: SubjectFinder
    has_subjects: bool
    people: dict[int, Person] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_sector: dict[bytes, int] = field(default_factory=dict)
    by_national: dict[bytes, int] = field(default_factory=dict)
    pupils: dict[int, PupilRecord] = field(default_factory=dict)
    by_pupil_code: dict[str, int] = field(default_factory=dict)
    staff: dict[int, StaffRecord] = field(default_factory=dict)
    by_staff_code: dict[str, int] = field(default_factory=dict)
    contacts: dict[int, Contact] = field(default_factory=dict)
    by_phone: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    sensitive: dict[int, SensitiveRecord] = field(default_factory=dict)
    places: dict[int, list[RoleAssignment]] = field(default_factory=lambda: defaultdict(list))  # pupil's classes, newest first
    roles: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    homeroom: dict[int, list[RoleAssignment]] = field(default_factory=lambda: defaultdict(list))  # by unit
    guardians: dict[int, list[Guardianship]] = field(default_factory=lambda: defaultdict(list))  # by child
    positions: dict[int, list[Position]] = field(default_factory=lambda: defaultdict(list))
    groups: dict[int, list[GroupMember]] = field(default_factory=lambda: defaultdict(list))
    teaching: dict[tuple[int, int], list[TeachingAssignment]] = field(default_factory=lambda: defaultdict(list))
    units: dict[str, Unit] = field(default_factory=dict)  # folded class name of this year → unit
    class_rows: dict[int, SchoolClass] = field(default_factory=dict)
    group_units: dict[str, Unit] = field(default_factory=dict)
    by_class_code: dict[str, Unit] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day from which a change within the year holds: today, or the year's first day when it is still to come."""
        return min(max(self.today, self.first), self.last)

    def staff_ids(self) -> set[int]:
        return set(self.staff) | {pk for pk, roles in self.roles.items() if roles & {r.value for r in STAFF}}

    def place(self, person_id: int) -> RoleAssignment | None:
        """The class of this year, else the last one before."""
        rows = self.places.get(person_id, [])
        return next((r for r in rows if r.unit and r.unit.school_year == self.year), rows[0] if rows else None)


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
    for row in TeachingAssignment.objects.filter(unit__school_year=world.year).order_by("pk"):
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


def group_key(name: str) -> str:
    import re

    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"^to\s+", "", vi.fold(name))).split())


def lookup(code: str, use: str) -> bytes:
    return sealed.lookup(code, use=use)
