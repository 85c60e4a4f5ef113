"""Rooms that a file leaves out: a class goes on having a subject where it had it, when that room is free."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from truongso.timetable.bringing.lesson import Lesson
from truongso.timetable.bringing.standing import Standing


def carry(lessons: Iterable[Lesson], standing: Iterable[Standing]) -> int:
    """Give the lessons without a room the one of the other timetable: of that class and subject, else of that class.
    Never one that another lesson has at that time, and none to a lesson that the other timetable has there without a
    room. How many were given one."""
    of_subject: dict[tuple[int, int], Counter[int | None]] = defaultdict(Counter)
    of_class: dict[int, Counter[int | None]] = defaultdict(Counter)
    roomless = set()
    for row in standing:
        if row.room is None:
            roomless.add((row.slot, row.subject, row.person))
        of_subject[row.slot[0], row.subject][row.room] += 1
        of_class[row.slot[0]][row.room] += 1
    good = [one for one in lessons if not one.problems and one.slot is not None]
    taken = {(one.room, (one.slot or ())[1:]) for one in good if one.room is not None}
    given = 0
    for one in good:
        if one.room is not None or one.said.room or one.said.joint or one.unit is None:
            continue
        if (one.slot, one.subject, one.person) in roomless:
            continue
        usual = of_subject.get((one.unit, one.subject or 0)) or of_class.get(one.unit)
        place = usual.most_common(1)[0][0] if usual else None
        if place is not None and (place, (one.slot or ())[1:]) not in taken:
            one.room = place
            taken.add((place, (one.slot or ())[1:]))
            given += 1
    return given
