"""Who is meant: persons, roles, classes with or without families. Resolved to people when the notice is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from truongso.people.models import Guardianship, RoleAssignment
from truongso.people.roles import STAFF, Role


@dataclass(frozen=True, slots=True)
class Audience:
    persons: frozenset[int] = frozenset()
    roles: frozenset[Role] = frozenset()  # everybody who holds one of them on the day
    pupils_of: frozenset[int] = frozenset()  # class ids
    guardians_of: frozenset[int] = frozenset()  # class ids

    @classmethod
    def only(cls, *persons: int) -> Audience:
        return cls(persons=frozenset(persons))

    @classmethod
    def staff(cls) -> Audience:
        return cls(roles=frozenset(STAFF))

    def people(self, day: date) -> list[int]:
        """Person ids, each once: at most three queries."""
        found = set(self.persons)
        if self.roles:
            found |= _holding(self.roles - {Role.GUARDIAN}, day)
        if Role.GUARDIAN in self.roles:
            found |= set(Guardianship.objects.on(day).values_list("guardian_id", flat=True))
        if self.pupils_of:
            found |= set(_pupils(self.pupils_of, day))
        if self.guardians_of:
            children = _pupils(self.guardians_of, day)
            found |= set(
                Guardianship.objects.on(day).filter(child_id__in=children).values_list("guardian_id", flat=True)
            )
        return sorted(found)


def _holding(roles: Iterable[Role], day: date) -> set[int]:
    rows = RoleAssignment.objects.on(day).filter(role__in=[r.value for r in roles])
    return set(rows.values_list("person_id", flat=True))


def _pupils(classes: Iterable[int], day: date) -> list[int]:
    rows = RoleAssignment.objects.on(day).filter(role=Role.PUPIL.value, unit_id__in=list(classes))
    return list(rows.values_list("person_id", flat=True))
