"""The doors to accounts in bulk: the homeroom teacher's own classes, everybody for head, deputies and IT admin."""

from __future__ import annotations

from typing import Literal

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.roster.models import SlipBatch


def classes_of(actor: Actor) -> frozenset[int] | None:
    """The classes whose people's accounts the actor may see; None: everybody's."""
    if actor.has(Role.IT_ADMIN, Role.HEAD, Role.DEPUTY):
        return None
    return actor.units(Role.HOMEROOM)


def batch_for(actor: Actor, pk: int, *, need: Literal["see", "file"] = "see") -> SlipBatch:
    """A batch of slips is its owner's alone, never somebody's who looks in the owner's place; the file is gone after a day."""
    found = SlipBatch.objects.select_related("job").filter(pk=pk, owner_id=actor.person_id).first()
    if found is None or actor.acting_account_id is not None:
        raise Http404
    if need == "file" and (found.pdf_sealed is None or found.expires_at <= timezone.now()):
        raise Http404
    return found


def start_of(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def address(name: str) -> str:
    return reverse(name)
