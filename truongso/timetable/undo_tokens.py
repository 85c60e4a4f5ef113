"""The token of "Hoàn tác": what the changed cells held and what the change left, signed, so that it can lie on a page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core import signing

from truongso.timetable.cells import Cells, Content, Key

_SALT = "timetable.undo"
_LONGEST = 3000  # an address has its limits; a longer one is not offered
_SECONDS = 3600


def token(version_id: int, before: Cells, left: Cells) -> str:
    """ "" when there is too much to take back at once."""
    body = {"v": version_id, "b": _packed(before), "l": _packed(left)}
    made = signing.dumps(body, salt=_SALT, compress=True)
    return made if len(made) < _LONGEST else ""


def read(version_id: int, text: str) -> tuple[Cells, Cells]:
    """(what the cells held, what was left). Raises signing.BadSignature for a token that is not of this version."""
    body = signing.loads(text, salt=_SALT, max_age=_SECONDS)
    if body["v"] != version_id:
        raise signing.BadSignature
    return _unpacked(body["b"]), _unpacked(body["l"])


def _packed(cells: Cells) -> list[list[Any]]:
    return [
        [*key, [c.subject_id, c.part_id, c.person_id, c.room_id, c.label, c.lesson.hex] if c else None]
        for key, c in cells.items()
    ]


def _unpacked(rows: list[list[Any]]) -> Cells:
    made: dict[Key, Content | None] = {}
    for unit_id, weekday, shift, number, c in rows:
        made[unit_id, weekday, shift, number] = Content(c[0], c[1], c[2], c[3], c[4], UUID(c[5])) if c else None
    return made
