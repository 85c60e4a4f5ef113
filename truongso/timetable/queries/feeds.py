"""Calendar feeds: whose, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from truongso.people.actor import Actor, actor_for
from truongso.people.models import Account, Guardianship, Person, RoleAssignment
from truongso.people.roles import Role
from truongso.school import queries as school
from truongso.timetable.models import CalendarFeed, Period
from truongso.timetable.queries.periods import of_classes, of_teacher

BEFORE = timedelta(days=14)  # a calendar looks back a little; the school keeps the rest


@dataclass(frozen=True, slots=True)
class Mine:
    """A calendar that a person can have: `child` None is the person's own."""

    child: Person | None
    feed: CalendarFeed | None


def mine(actor: Actor) -> list[Mine]:
    """Own periods for who teaches or learns, and those of each child on whose study the guardian is kept informed."""
    alive = {f.child_id: f for f in CalendarFeed.objects.filter(person=actor.person_id, revoked_at=None)}
    own = [Mine(None, alive.get(None))] if actor.is_staff or actor.has(Role.PUPIL) else []
    return own + [Mine(child, alive.get(child.pk)) for child in children(actor.person_id, actor.on)]


def children(guardian_id: int, day: date) -> list[Person]:
    held = Guardianship.objects.on(day).filter(guardian=guardian_id, informed=True).values("child_id")
    return list(Person.objects.filter(pk__in=held).order_by("birth_date", "sort_key"))


def alive(token_hash: bytes) -> CalendarFeed | None:
    return CalendarFeed.objects.select_related("person", "child").filter(token_hash=token_hash, revoked_at=None).first()


def periods(feed: CalendarFeed, day: date) -> QuerySet[Period] | None:
    """From two weeks ago to the end of the school year; None when the right to them has ended: the account is closed, the
    child is no longer theirs to follow, the person learns and works here no more."""
    account = Account.objects.select_related("person").filter(person=feed.person_id, is_active=True).first()
    if account is None:
        return None
    actor = actor_for(account)
    year = school.current_year(day)
    first, last = day - BEFORE, year.during.upper if year else day + timedelta(days=60)
    if feed.child_id is not None:
        if (
            not Guardianship.objects.on(day)
            .filter(guardian=feed.person_id, child=feed.child_id, informed=True)
            .exists()
        ):
            return None
        return of_classes(_classes(feed.child_id, day), first, last)
    if units := _classes(feed.person_id, day):
        return of_classes(units, first, last)
    return of_teacher(feed.person_id, first, last) if actor.is_staff else None


def _classes(person_id: int, day: date) -> list[int]:
    found = RoleAssignment.objects.on(day).filter(role=Role.PUPIL, person=person_id, unit__isnull=False)
    return [unit_id for unit_id in found.values_list("unit_id", flat=True) if unit_id is not None]
