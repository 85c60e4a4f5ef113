"""Is the past as it was? Walks the chain from its first row and names the first that is not."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.db import connection

from truongso.audit.actions import signature
from truongso.audit.models import Checkpoint, Head

Fault = Literal["altered", "missing", "unchained", "tail", "checkpoint"]
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Verdict:
    """`fault` is None when all is well; otherwise `entry` (id) or `place` names where the chain breaks."""

    rows: int
    fault: Fault | None = None
    entry: int | None = None
    place: int | None = None


def _rows() -> Iterator[tuple[int, int | None, bytes, bytes, bytes]]:
    """(id, place, previous, hash, hash as it must be), in the chain's order; unchained rows last."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT e.id, e.place, e.previous, e.hash, audit_digest(e) FROM audit_entry e ORDER BY e.place NULLS LAST, e.id"
        )
        while batch := cursor.fetchmany(_BATCH):
            for entry, place, previous, digest, must in batch:
                yield entry, place, bytes(previous or b""), bytes(digest or b""), bytes(must or b"")


def verify() -> Verdict:  # noqa: PLR0911 (one return a fault)
    """Read the whole chain. Constant memory; about 100,000 rows a second."""
    before, count = b"", 0
    hashes = dict(Checkpoint.objects.values_list("place", "hash"))
    for entry, place, previous, digest, must in _rows():
        if place is None:
            return Verdict(count, "unchained", entry=entry)
        if place != count + 1:
            return Verdict(count, "missing", place=count + 1)
        if previous != before or digest != must:
            return Verdict(count, "altered", entry=entry, place=place)
        if place in hashes and bytes(hashes[place]) != digest:
            return Verdict(count, "checkpoint", entry=entry, place=place)
        before, count = digest, place
    head = Head.objects.first()
    if (head.place, bytes(head.hash)) != (count, before) if head else count:
        return Verdict(count, "tail", place=count + 1)
    for mark in Checkpoint.objects.order_by("place"):
        if mark.place > count:
            return Verdict(count, "tail", place=mark.place)
        if not hmac.compare_digest(bytes(mark.signature), signature(mark.place, bytes(mark.hash))):
            return Verdict(count, "checkpoint", place=mark.place)
    return Verdict(count)
