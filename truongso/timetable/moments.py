"""Where in a day a person stands: before, in, between or after the periods. Pure sums over rows and a clock handed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from truongso.timetable.queries.rows import Row

Kind = Literal["now", "next", "over", "free"]


@dataclass(frozen=True, slots=True)
class Moment:
    """`minutes` until the period `row` begins (next) or ends (now), rounded up; no row when it is over or free."""

    kind: Kind
    row: Row | None = None
    seconds: int = 0

    @property
    def minutes(self) -> int:
        return -(-self.seconds // 60)


def moment(rows: Iterable[Row], now: datetime, mine: int | None = None) -> Moment:
    """The period going on, else the next one of the day. `mine`: only what this teacher teaches in person counts."""
    held = [r for r in rows if not r.cancelled and (mine is None or r.person_id == mine)]
    if not held:
        return Moment("free")
    for row in held:
        if row.starts <= now < row.ends:
            return Moment("now", row, int((row.ends - now).total_seconds()))
    coming = [r for r in held if r.starts > now]
    if not coming:
        return Moment("over")
    row = min(coming, key=lambda r: r.starts)
    return Moment("next", row, int((row.starts - now).total_seconds()))


def joined(rows: Iterable[Row]) -> list[Row]:
    """Classes taught together are one period to their teacher: Thể dục 8A1, 8A2."""
    found: dict[tuple[UUID, datetime, str], Row] = {}
    for row in rows:
        key = (row.lesson, row.starts, row.state)
        first = found.get(key)
        found[key] = replace(first, unit=f"{first.unit}, {row.unit}") if first else row
    return list(found.values())


def split(rows: Sequence[Row], day: date) -> tuple[list[Row], list[Row]]:
    """(those of the day, those of the later day)"""
    return [r for r in rows if r.day == day], [r for r in rows if r.day != day]


@dataclass(frozen=True, slots=True)
class Ahead:
    """The next day with lessons, in one line."""

    day: date
    rows: tuple[Row, ...]
    count: int
    starts: datetime
    ends: datetime
    mode: str  # of all of them; empty when they differ


def ahead(rows: Sequence[Row], mine: int | None = None) -> Ahead | None:
    held = tuple(r for r in rows if not r.cancelled and (mine is None or r.person_id == mine))
    if not held:
        return None
    modes = {r.mode for r in held}
    times = {(r.starts, r.ends) for r in held}  # classes taught together are one period of their teacher
    ends = max(r.ends for r in held)
    return Ahead(held[0].day, held, len(times), held[0].starts, ends, modes.pop() if len(modes) == 1 else "")


def subjects(rows: Iterable[Row]) -> list[tuple[str, int]]:
    """What is on the bag's list: subject and how many periods, in order of the day."""
    counted: dict[str, int] = {}
    for row in rows:
        counted[row.title] = counted.get(row.title, 0) + 1
    return list(counted.items())
