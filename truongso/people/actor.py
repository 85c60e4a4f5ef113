"""Who acts, with the rights of this day. Built once a request (or once a job) and passed on; never global."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone

from truongso.people.models import Account
from truongso.people.roles import STAFF, Role


@dataclass(frozen=True, slots=True)
class Grant:
    """One dated assignment that holds today. `delegated` says that it was lent by its owner."""

    role: Role
    unit_id: int | None = None
    delegated: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    person_id: int
    account_id: int
    name: str
    on: date
    grants: tuple[Grant, ...] = ()
    children: tuple[int, ...] = ()  # person ids in this guardian's care today
    acting_account_id: int | None = None  # the IT admin behind a support session
    second_factor: bool = False

    def has(self, *roles: Role) -> bool:
        """Does any of these roles hold today? A guardian holds GUARDIAN by having a child here."""
        return any(grant.role in roles for grant in self.grants)

    def units(self, *roles: Role) -> frozenset[int]:
        """The units (classes, groups) for which these roles hold today."""
        return frozenset(g.unit_id for g in self.grants if g.role in roles and g.unit_id is not None)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & STAFF)


# Written out: this runs in front of every page, and building it anew each time cost more than the database's answer.
_GRANTS = """
    SELECT r.role, r.unit_id, r.delegated_from_id IS NOT NULL
      FROM people_roleassignment r LEFT JOIN people_roleassignment base ON base.id = r.delegated_from_id
     WHERE r.person_id = %(person)s AND r.during @> %(day)s::date
       AND (base.id IS NULL OR base.during @> %(day)s::date)
    UNION ALL
    SELECT 'guardian', g.child_id, false FROM people_guardianship g
     WHERE g.guardian_id = %(person)s AND g.during @> %(day)s::date
"""


def grants_on(person_id: int, day: date) -> tuple[tuple[Grant, ...], tuple[int, ...]]:
    """The grants of a person on a day, and the children in the person's care: one query.

    A delegated grant counts only while the assignment that it was lent from holds as well.
    """
    grants: list[Grant] = []
    children: list[int] = []
    with connection.cursor() as cursor:
        cursor.execute(_GRANTS, {"person": person_id, "day": day})
        for role, about, delegated in cursor.fetchall():
            if role == Role.GUARDIAN:
                children.append(about)
            else:
                grants.append(Grant(Role(role), about, delegated))
    if children:
        grants.append(Grant(Role.GUARDIAN))
    return tuple(grants), tuple(sorted(children))


def actor_for(
    account: Account, *, on: date | None = None, acting_account_id: int | None = None, second_factor: bool = False
) -> Actor:
    """The actor behind an account on a day (today in the school's time zone when not said)."""
    day = on or timezone.localdate()
    grants, children = grants_on(account.person_id, day)
    return Actor(
        person_id=account.person_id,
        account_id=account.pk,
        name=account.person.full_name,
        on=day,
        grants=grants,
        children=children,
        acting_account_id=acting_account_id,
        second_factor=second_factor,
    )
