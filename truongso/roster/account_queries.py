"""Who has an account and who has ever come in: pupils, guardians and staff of a day, in the order of the lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from truongso.people.actor import Actor
from truongso.people.models import Guardianship, Person, RoleAssignment
from truongso.people.roles import STAFF, Role

GRADES = range(1, 13)


class Kind(TextChoices):
    PUPIL = "pupil", _("học sinh")
    GUARDIAN = "guardian", _("phụ huynh")
    STAFF = "staff", _("người làm việc ở trường")


class State(TextChoices):
    NONE = "none", _("chưa có tài khoản")
    WAITING = "waiting", _("chưa vào lần nào")
    IN = "in", _("đã vào")
    CLOSED = "closed", _("đã đóng")


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a page is about; empty parts mean all."""

    kind: str = ""
    grade: int | None = None
    unit_id: int | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class AccountRow:
    person_id: int
    name: str
    kind: Kind
    about: str  # the class; the children of a guardian; the role of staff
    unit_id: int | None
    class_name: str
    grade: int | None
    login: str
    state: State
    first_in: datetime | None
    children: tuple[int, ...] = ()


_ACCOUNT = ("login", "is_active", "first_signed_in_at")


def grade_of(name: str, known: int | None) -> int | None:
    """What the school has entered, or what the name of the class says (8A2)."""
    if known:
        return known
    found = re.match(r"\d+", name)
    return int(found[0]) if found and int(found[0]) in GRADES else None


def _state(login: str | None, active: bool | None, first_in: datetime | None) -> State:
    if login is None:
        return State.NONE
    if not active:
        return State.CLOSED
    return State.IN if first_in else State.WAITING


def rows(day: date, scope: Scope, within: frozenset[int] | None) -> list[AccountRow]:
    """Everybody in the scope, each once: pupils by class, then guardians by their first child, then staff.

    `within` are the classes that the reader may see (None: the whole school). Three queries, always.
    """
    pupils = [r for r in _pupils(day, within) if _fits(r, scope)]
    found = list(pupils)
    if scope.kind in {"", Kind.GUARDIAN}:
        found += _guardians(day, pupils)
    if scope.kind in {"", Kind.STAFF} and within is None and not scope.grade and not scope.unit_id:
        found += _staff(day)
    once: dict[int, AccountRow] = {}
    for row in found:
        if (
            row.kind is Kind.STAFF or row.person_id not in once
        ):  # a teacher who is a parent here too stands with the staff
            once.pop(row.person_id, None)
            once[row.person_id] = row
    return [r for r in once.values() if scope.kind in {"", r.kind} and scope.state in {"", r.state}]


def _fits(row: AccountRow, scope: Scope) -> bool:
    return scope.grade in {None, row.grade} and scope.unit_id in {None, row.unit_id}


def _pupils(day: date, within: frozenset[int] | None) -> Iterable[AccountRow]:
    found = RoleAssignment.objects.on(day).filter(role=Role.PUPIL)
    if within is not None:
        found = found.filter(unit_id__in=within)
    values = found.values_list(
        "person_id", "person__full_name", "person__sort_key", "unit_id", "unit__name", "unit__school_class__grade",
        *(f"person__account__{name}" for name in _ACCOUNT),
    )  # fmt: skip
    listed = [(grade_of(v[4], v[5]), v) for v in values]
    for grade, v in sorted(listed, key=lambda pair: (pair[0] or 99, pair[1][4], pair[1][2], pair[1][0])):
        yield AccountRow(v[0], v[1], Kind.PUPIL, v[4], v[3], v[4], grade, v[6] or "", _state(*v[6:9]), v[8])


def _guardians(day: date, pupils: Sequence[AccountRow]) -> Iterable[AccountRow]:
    place = {row.person_id: (number, row) for number, row in enumerate(pupils)}
    cares: dict[int, list[tuple[int, tuple[object, ...]]]] = {}
    values = (
        Guardianship.objects.on(day)
        .filter(child_id__in=list(place))
        .values_list(
            "guardian_id", "guardian__full_name", "child_id", "relation",
            *(f"guardian__account__{name}" for name in _ACCOUNT),
        )
        .order_by("guardian__sort_key", "guardian_id")
    )  # fmt: skip
    for v in values:
        cares.setdefault(v[0], []).append((place[v[2]][0], v))
    for listed in sorted(cares.values(), key=lambda rows: min(number for number, _v in rows)):
        listed.sort(key=lambda pair: pair[0])
        v = listed[0][1]
        children = [place[x[2]][1] for _n, x in listed]  # type: ignore[index]
        about = ", ".join(f"{x[3]} {c.name} ({c.class_name})" for (_n, x), c in zip(listed, children, strict=True))
        first = children[0]
        yield AccountRow(
            v[0], v[1], Kind.GUARDIAN, about, first.unit_id, first.class_name, first.grade,  # type: ignore[arg-type]
            v[4] or "", _state(*v[4:7]), v[6], tuple(c.person_id for c in children),  # type: ignore[arg-type]
        )  # fmt: skip


def _staff(day: date) -> Iterable[AccountRow]:
    roles = RoleAssignment.objects.on(day).filter(person=OuterRef("pk"), role__in=[r.value for r in STAFF])
    values = (
        Person.objects.filter(Exists(roles))
        .values_list("pk", "full_name", *(f"account__{name}" for name in _ACCOUNT))
        .order_by("sort_key", "pk")
    )
    for v in values:
        yield AccountRow(
            v[0], v[1], Kind.STAFF, str(Kind.STAFF.label), None, "", None, v[2] or "", _state(*v[2:5]), v[4]
        )


def staff_among(day: date, persons: Sequence[int]) -> frozenset[int]:
    held = RoleAssignment.objects.on(day).filter(person_id__in=persons, role__in=[r.value for r in STAFF])
    return frozenset(held.values_list("person_id", flat=True))


def printable(actor: Actor, found: Sequence[AccountRow]) -> list[AccountRow]:
    """Those of them whom this actor may give a new first password: the rule of people, for many at once."""
    open_ones = [r for r in found if r.state is not State.CLOSED and r.person_id != actor.person_id]
    if actor.has(Role.IT_ADMIN):
        return open_ones
    own = actor.units(Role.HOMEROOM)
    staff = staff_among(actor.on, [r.person_id for r in open_ones])
    return [r for r in open_ones if r.unit_id in own and r.kind is not Kind.STAFF and r.person_id not in staff]


def by_family(found: Sequence[AccountRow]) -> list[AccountRow]:
    """The same people, each family together at the place of its first child: children, then who stands for them."""
    head: dict[int, int] = {r.person_id: r.person_id for r in found}

    def root(person: int) -> int:
        while head[person] != person:
            person = head[person]
        return person

    for row in found:
        for child in row.children:
            if child in head:
                head[root(row.person_id)] = root(child)
    families: dict[int, list[AccountRow]] = {}
    for row in found:
        families.setdefault(root(row.person_id), []).append(row)
    return [row for family in families.values() for row in family]


def never_in(day: date) -> int:
    """How many pupils, guardians and staff of the day have no account or have never come in: one count."""
    here = Q(Exists(RoleAssignment.objects.on(day).filter(person=OuterRef("pk")))) | Q(
        Exists(Guardianship.objects.on(day).filter(guardian=OuterRef("pk")))
    )
    return (
        Person.objects.filter(here)
        .filter(Q(account=None) | Q(account__first_signed_in_at=None, account__is_active=True))
        .count()
    )


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a group have come in."""

    total: int = 0
    none: int = 0
    waiting: int = 0
    came: int = 0

    @property
    def percent(self) -> int:
        return 100 * self.came // self.total if self.total else 0


def counts(found: Iterable[AccountRow]) -> Count:
    states = [r.state for r in found]
    return Count(len(states), *(states.count(s) for s in (State.NONE, State.WAITING, State.IN)))


def by_class(found: Sequence[AccountRow]) -> list[tuple[str, int | None, Count, Count]]:
    """(class, its id, pupils, guardians), in the order of the lists; guardians stand with their first child's class."""
    groups: dict[tuple[str, int | None], list[AccountRow]] = {}
    for row in found:
        if row.kind is not Kind.STAFF:
            groups.setdefault((row.class_name, row.unit_id), []).append(row)
    return [
        (
            name,
            unit,
            counts(r for r in rows if r.kind is Kind.PUPIL),
            counts(r for r in rows if r.kind is Kind.GUARDIAN),
        )
        for (name, unit), rows in groups.items()
    ]
