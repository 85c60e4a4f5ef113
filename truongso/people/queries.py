"""Reads that pages need. QuerySets, or frozen rows."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext as _

from truongso.lib import vi
from truongso.people.models import (
    Account,
    Guardianship,
    LoginSession,
    Person,
    RoleAssignment,
    SignInSlip,
    Unit,
    UnitKind,
)
from truongso.people.roles import Role

PAGE = 50


def people(search: str = "") -> QuerySet[Person]:
    """Everybody, by given name; `search` ignores accents and the order of words ("lan ng" finds Nguyễn Thị Lan)."""
    found = Person.objects.select_related("account").order_by("sort_key", "pk")
    for word in vi.fold(search).split():
        found = found.filter(search_text__regex=rf"(^|\s){re.escape(word)}")
    return found


def with_roles(found: QuerySet[Person], day: date) -> QuerySet[Person]:
    """The same people with their roles of the day in `todays_roles`, in one more query."""
    roles = RoleAssignment.objects.on(day).select_related("unit").order_by("pk")
    return found.prefetch_related(Prefetch("roles", queryset=roles, to_attr="todays_roles"))


def classes(day: date) -> QuerySet[Unit]:
    return Unit.objects.on(day).filter(kind=UnitKind.CLASS).order_by("name")


def units_of(ids: frozenset[int]) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=ids).order_by("kind", "name")


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A pupil of a class with who stands for the pupil, and how far their accounts are."""

    person: Person
    guardians: tuple[Guardianship, ...]

    @property
    def account(self) -> Account | None:
        return getattr(self.person, "account", None)

    @property
    def family(self) -> str:
        """mẹ Nguyễn Thị Lan, bố Nguyễn Văn Hải"""
        return ", ".join(f"{g.relation} {g.guardian.full_name}" for g in self.guardians)


def members(unit: Unit, day: date) -> list[ClassRow]:
    """The pupils of a class in the order of its list, each with the guardians of the day: three queries, always."""
    pupils = list(
        Person.objects.filter(roles__role=Role.PUPIL, roles__unit=unit, roles__during__contains=day)
        .select_related("account")
        .order_by("sort_key", "pk")
    )
    care: dict[int, list[Guardianship]] = {}
    for row in (
        Guardianship.objects.on(day)
        .filter(child_id__in=[p.pk for p in pupils])
        .select_related("guardian__account")
        .order_by("guardian__sort_key")
    ):
        care.setdefault(row.child_id, []).append(row)
    return [ClassRow(pupil, tuple(care.get(pupil.pk, ()))) for pupil in pupils]


def children_classes(person_id: int, day: date) -> frozenset[int]:
    """The classes of the children in this person's care."""
    children = Guardianship.objects.on(day).filter(guardian_id=person_id).values("child_id")
    found = RoleAssignment.objects.on(day).filter(role=Role.PUPIL, person_id__in=children)
    return frozenset(found.values_list("unit_id", flat=True))


def class_name_of(person_id: int, day: date) -> str:
    found = RoleAssignment.objects.on(day).filter(role=Role.PUPIL, person_id=person_id).select_related("unit").first()
    return found.unit.name if found and found.unit else ""


# Written out: it stands on the home of every homeroom teacher.
_NEVER_IN = """
    SELECT count(*) FROM people_account a
     WHERE a.first_signed_in_at IS NULL
       AND EXISTS (SELECT 1 FROM people_roleassignment r WHERE r.person_id = a.person_id AND r.role = 'pupil'
                      AND r.unit_id = ANY(%s) AND r.during @> %s::date)
"""


def never_signed_in(units: frozenset[int], day: date) -> int:
    """How many pupils of these classes have an account that was never used."""
    with connection.cursor() as cursor:
        cursor.execute(_NEVER_IN, [list(units), day])
        return int(cursor.fetchone()[0])


def roles_of(person: Person) -> QuerySet[RoleAssignment]:
    """All of a person's roles, present first, then the past."""
    return (
        RoleAssignment.objects.filter(person=person)
        .select_related("unit", "delegated_from__person")
        .order_by(F("during").desc())
    )


def lent_by(person: Person, day: date) -> QuerySet[RoleAssignment]:
    """What a person has lent out and has not yet ended."""
    return (
        RoleAssignment.objects.filter(delegated_from__person=person, during__endswith__gt=day)
        .select_related("person", "unit")
        .order_by("during")
    )


def last_slip(account: Account) -> SignInSlip | None:
    return SignInSlip.objects.filter(account=account).order_by("-id").first()


@dataclass(frozen=True, slots=True)
class SessionRow:
    mark: str  # names the session to its owner without giving the key away
    device: str
    address: str
    since: datetime
    seen: datetime | None
    here: bool


def session_mark(session_key: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), b"session" + session_key.encode(), sha256).hexdigest()[:16]


def sessions_of(account: Account, here: str) -> list[SessionRow]:
    """Where the account is signed in, the present browser first."""
    rows = LoginSession.objects.filter(account=account).order_by("-last_seen_at")
    found = [
        SessionRow(
            session_mark(row.session_key), device_name(row.agent), row.address or "", row.created_at, row.last_seen_at,
            row.session_key == here,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda row: not row.here)


_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("CocCoc", "Cốc Cốc"), ("SamsungBrowser", "Samsung Internet"),
             ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip


def device_name(agent: str) -> str:
    """A browser's long name for itself, as people would say it: "Chrome trên Android"."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), _("Trình duyệt"))
    for mark, system in (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ):
        if mark in agent:
            return _("%(browser)s trên %(system)s") % {"browser": browser, "system": system}
    return browser


def logins(persons: list[int]) -> dict[int, str]:
    """Names by person id, for lists that only hold ids."""
    return dict(Person.objects.filter(pk__in=persons).values_list("pk", "full_name"))
