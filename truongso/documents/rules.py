"""How much a person may keep, and what a file must be."""

from __future__ import annotations

from truongso.people.actor import Actor

MB = 2**20
STAFF_BYTES = 5000 * MB
PUPIL_BYTES = 500 * MB
CHUNK_BYTES = 8 * MB  # the largest piece in one request
UPLOAD_DAYS = 7  # an unfinished upload is kept so long
DELETED_DAYS = 30  # a deleted file can be brought back so long
LONGEST_SIDE = 2560  # pixels of a kept picture
MOST_PIXELS = 60_000_000  # a larger picture is refused before it is opened


def quota(actor: Actor) -> int:
    """Bytes this person may keep."""
    return STAFF_BYTES if actor.is_staff else PUPIL_BYTES


def shown_size(size: int) -> str:
    """3,4 MB"""
    for unit, factor in (("GB", 2**30), ("MB", 2**20), ("kB", 2**10)):
        if size >= factor:
            return f"{size / factor:.1f}".replace(".", ",") + f"\u00a0{unit}"
    return f"{size}\u00a0B"
