"""The doors to duplicates: two people who both are there; and the way on from an id that was merged away."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest

from truongso.people import access
from truongso.people.actor import Actor
from truongso.people.models import Person
from truongso.roster import merge_queries


def pair_for(actor: Actor, kept: int, gone: int) -> tuple[Person, Person]:
    """Both persons with their cards. Whether this actor may merge them is `merge_queries.merge_verdict`."""
    cards = ("account", "contact", "pupil_record", "staff_record", "sensitive")
    found = Person.objects.select_related(*cards).in_bulk([kept, gone])
    if len(found) != 2 or not (access.sees(actor, kept) and access.sees(actor, gone)):
        raise Http404
    return found[kept], found[gone]


def merged_address(request: HttpRequest) -> str | None:
    """For a page of a person who was merged into another: that one's address, for those who may see it."""
    found = re.match(r"/people/(\d{1,18})(/.*)?$", request.path)
    actor: Actor | None = getattr(request, "actor", None)
    if found is None or actor is None or request.method != "GET":
        return None
    new = merge_queries.merged_into(int(found[1]))
    if new is None or not access.sees(actor, new):
        return None
    return f"/people/{new}{found[2] or '/'}"
