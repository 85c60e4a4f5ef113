"""A week as a grid: days across, periods down, mornings over afternoons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from truongso.school.models import BellPeriod, Holiday, Shift, Week
from truongso.timetable.queries.rows import Row

NOON = 8  # the line of the grid between seven mornings and seven afternoons


@dataclass(frozen=True, slots=True)
class Slot:
    shift: str
    number: int
    starts: time | None

    @property
    def line(self) -> int:
        """Its line in the grid below the names of the days."""
        return self.number + (NOON if self.shift == Shift.AFTERNOON else 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a day has in one slot; more than one where something was cancelled or classes are taught together."""

    slot: Slot
    starts: datetime
    rows: tuple[Row, ...]
    after_noon: bool  # the first of the afternoon, when there was a morning


@dataclass(frozen=True, slots=True)
class WeekDay:
    day: date
    cells: tuple[Cell, ...]
    holiday: str
    today: bool


@dataclass(frozen=True, slots=True)
class Grid:
    monday: date
    number: int | None  # of the teaching week
    days: tuple[WeekDay, ...]
    slots: tuple[Slot, ...]

    @property
    def last(self) -> date:
        return self.days[-1].day

    @property
    def empty(self) -> bool:
        return not any(day.cells for day in self.days)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def grid(found: Sequence[Row], monday: date, today: date) -> Grid:
    """Three small questions besides the periods: the week's number, its days off, the bells."""
    sunday = monday + timedelta(days=6)
    number = Week.objects.filter(first_day=monday).values_list("number", flat=True).first()
    off = {d: h.name for h in Holiday.objects.filter(during__overlap=(monday, sunday + timedelta(days=1)))
           for d in _days(monday, 7) if h.during.lower <= d < h.during.upper}  # fmt: skip
    slots = _slots(found)
    shown = 7 if any(row.day == sunday for row in found) else 6
    days = tuple(
        WeekDay(day, _cells(found, day, slots), off.get(day, ""), day == today) for day in _days(monday, shown)
    )
    return Grid(monday, number, days, tuple(slots.values()))


def _days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]


def _slots(found: Iterable[Row]) -> dict[tuple[str, int], Slot]:
    """Every slot from the first to the last that is used, also those in between, with the times of their bells."""
    last: dict[str, int] = {}
    times: dict[tuple[str, int], time] = {}
    for row in found:
        last[row.shift] = max(last.get(row.shift, 0), row.number)
        times.setdefault((row.shift, row.number), row.starts.time())
    for shift, number, starts in BellPeriod.objects.values_list("schedule__shift", "number", "starts"):
        times.setdefault((shift, number), starts)
    shifts = [s.value for s in (Shift.MORNING, Shift.AFTERNOON) if s.value in last]
    keys = [(shift, number) for shift in shifts for number in range(1, last[shift] + 1)]
    return {key: Slot(*key, times.get(key)) for key in keys}


def _cells(found: Iterable[Row], day: date, slots: dict[tuple[str, int], Slot]) -> tuple[Cell, ...]:
    by_slot: dict[tuple[str, int], list[Row]] = {}
    for row in found:
        if row.day == day:
            by_slot.setdefault((row.shift, row.number), []).append(row)
    cells: list[Cell] = []
    for key, slot in slots.items():
        if rows := by_slot.get(key):
            noon = bool(cells) and slot.shift == Shift.AFTERNOON and cells[-1].slot.shift != slot.shift
            cells.append(Cell(slot, rows[0].starts, tuple(rows), noon))
    return tuple(cells)
