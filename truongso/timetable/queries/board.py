"""What stands on the board of Hôm nay beside the period itself: the lesson that the programme proposes, and the way in."""

from __future__ import annotations

import time

from truongso.timetable.models import Mode
from truongso.timetable.queries.links import WayIn, ways_in
from truongso.timetable.queries.register import Proposed, next_lesson
from truongso.timetable.queries.rows import Row

_KEEP_SECONDS = 60.0
_MOST_KEPT = 2000
_kept: dict[int, tuple[float, Proposed | None]] = {}


def lesson_of(row: Row) -> Proposed | None:
    """The lesson proposed for a period; kept for a minute in a process, since the whole class asks for the same one
    when the bell rings."""
    now = time.monotonic()
    found = _kept.get(row.id)
    if found is None or now - found[0] > _KEEP_SECONDS:
        if len(_kept) > _MOST_KEPT:
            _kept.clear()
        found = _kept[row.id] = (now, next_lesson(row.unit_id, row.subject_id, row.part_id, row.period()))
    return found[1]


def way_of(row: Row) -> WayIn | None:
    """Where the one button leads in an online or self-study period; None where one goes to school."""
    if row.mode == Mode.IN_PERSON:
        return None
    return ways_in([row.period()]).get(row.id)
