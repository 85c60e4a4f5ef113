"""What the school knows at this moment, read in a constant number of queries: people are looked up in it, never guessed."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from truongso.lib import vi
from truongso.people import sealed
from truongso.people.models import Guardianship, Person, RoleAssignment, Unit
from truongso.people.roles import STAFF
from truongso.roster.models import (
    Contact,
    GroupMember,
    Position,
    PupilRecord,
    SensitiveRecord,
    StaffRecord,
    TeachingAssignment,
)
from truongso.school.models import SchoolClass, SchoolYear
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
    places: dict[int, list[RoleAssignment]] = field(
        default_factory=lambda: defaultdict(list)
    )  # pupil's classes, newest first
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


def group_key(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"^(to\s+)+", "", vi.fold(name))).split())


def group_name(text: str) -> str:
    bare = re.sub(r"^(tổ\s+)+", "", text, flags=re.I).strip()
    return (bare[:1].upper() + bare[1:])[:60] or text


def lookup(code: str, use: str) -> bytes:
    return sealed.lookup(code, use=use)
