"""Secret addresses from which a phone's calendar reads periods."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.utils import timezone

from truongso import audit
from truongso.people.actor import Actor
from truongso.people.models import Person
from truongso.timetable.models import CalendarFeed


@transaction.atomic
def make_feed(*, by: Actor, child: Person | None = None) -> str:
    """A new secret for the actor's own periods, or those of a child; the one before it stops working. Returns the
    secret, which is kept only as a hash: it can be shown this once."""
    Person.objects.select_for_update(no_key=True).get(pk=by.person_id)  # two at once would leave two alive
    _revoke(by, child)
    secret = token_urlsafe(24)
    made = CalendarFeed.objects.create(person_id=by.person_id, child=child, token_hash=digest(secret))
    audit.record(by, "timetable.make_feed", obj=made)
    return secret


@transaction.atomic
def revoke_feed(*, by: Actor, child: Person | None = None) -> None:
    """From now on the address answers nothing."""
    for feed in _revoke(by, child):
        audit.record(by, "timetable.revoke_feed", obj=feed)


def _revoke(by: Actor, child: Person | None) -> list[CalendarFeed]:
    alive = list(CalendarFeed.objects.select_for_update().filter(person=by.person_id, child=child, revoked_at=None))
    CalendarFeed.objects.filter(pk__in=[f.pk for f in alive]).update(revoked_at=timezone.now())
    return alive


def note_read(*, feed: CalendarFeed) -> None:
    """That a calendar came for it, at most once an hour: the owner sees whether the address is still in use."""
    now = timezone.now()
    if feed.last_read_at is None or (now - feed.last_read_at).total_seconds() > 3600:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_at=now)


def digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
