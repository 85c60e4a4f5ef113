from __future__ import annotations

import hmac
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models, transaction

from truongso.audit import Who
from truongso.audit.models import Checkpoint, Entry, Head


def write(
    by: Who | None, verb: str, *, obj: models.Model | None, for_person: int | None, detail: Mapping[str, Any]
) -> None:
    Entry.objects.create(
        person_id=by.person_id if by else None,
        account_id=by.account_id if by else None,
        acting_account_id=by.acting_account_id if by else None,
        verb=verb,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        for_person_id=for_person,
        detail=dict(detail),
    )


def signature(place: int, digest: bytes) -> bytes:
    """What only this school's key can say about the state of the chain."""
    key = sha256(b"audit checkpoint" + settings.LOOKUP_KEY).digest()
    return hmac.new(key, f"{place}:".encode() + digest, sha256).digest()


@transaction.atomic
def checkpoint() -> Checkpoint | None:
    """Sign the present end of the chain, so that a later rewrite of it shows even when all hashes are made anew."""
    head = Head.objects.first()
    if head is None or Checkpoint.objects.filter(place=head.place).exists():
        return None
    return Checkpoint.objects.create(
        place=head.place, hash=bytes(head.hash), signature=signature(head.place, bytes(head.hash))
    )
