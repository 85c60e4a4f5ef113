"""From a timetable and a calendar to periods: pure sums over values; no ORM, no clock.

The hard part is keeping identity: when a new timetable takes over in mid-year, the third Toán lesson of 8A2 in a week
stays the same period (with its links, materials, notes) although it now stands on another day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]
Stream = tuple[int, int, int | None]  # class, subject, strand: what a period is one of


@dataclass(frozen=True, slots=True)
class Cell:
    """An entry of the timetable as far as laying out needs it."""

    entry_id: int
    unit_id: int
    weekday: int  # ISO
    shift: str
    number: int
    subject_id: int
    part_id: int | None
    person_id: int | None
    room_id: int | None
    label: str
    lesson: UUID


@dataclass(frozen=True, slots=True)
class Slot:
    """A period as the timetable wants it on a day."""

    cell: Cell
    day: date
    span: Span
    mode: str

    @property
    def stream(self) -> Stream:
        return (self.cell.unit_id, self.cell.subject_id, self.cell.part_id)

    @property
    def lesson(self) -> UUID:
        """One key a joint lesson a day, the same however often it is laid out."""
        return uuid5(self.cell.lesson, self.day.isoformat())


@dataclass(frozen=True, slots=True)
class Standing:
    """A period that is there already. `fixed`: a person changed it or something hangs on it, so it stays as it is."""

    id: int
    stream: Stream
    day: date
    shift: str
    number: int
    span: Span
    person_id: int | None
    room_id: int | None
    lesson: UUID
    fixed: bool
    planned: bool  # not cancelled
    from_timetable: bool
    first_slot: tuple[date, str, int]  # where it stood before anybody moved it


@dataclass(frozen=True, slots=True)
class Clash:
    """A slot that could not be laid out, and the standing period in its way."""

    slot: Slot
    who: str  # "class", "teacher" or "room"
    standing_id: int


@dataclass(frozen=True, slots=True)
class Layout:
    make: list[Slot]
    move: list[tuple[int, Slot]]  # period id → where and how it now stands
    remove: list[int]
    clashes: list[Clash]


class NoBell(ValueError):
    """The timetable uses a period for which no bell times are entered."""

    def __init__(self, shift: str, number: int) -> None:
        super().__init__(f"{shift} {number}")
        self.shift, self.number = shift, number


Bells = Mapping[tuple[int | None, str, int], tuple[time, time]]  # (campus or None, shift, number) → begin, end


def spans(
    cells: Iterable[Cell], days: Mapping[date, int], bells: Bells, campus_of: Mapping[int, int | None], zone: ZoneInfo
) -> list[tuple[Cell, date, Span]]:
    """Every cell on every teaching day of its weekday, in order of time. `days` maps a day to the weekday taught on it."""
    by_weekday: dict[int, list[tuple[Cell, time, time]]] = defaultdict(list)
    for cell in cells:
        campus = campus_of.get(cell.unit_id)
        found = bells.get((campus, cell.shift, cell.number)) or bells.get((None, cell.shift, cell.number))
        if found is None:
            raise NoBell(cell.shift, cell.number)
        by_weekday[cell.weekday].append((cell, *found))
    for rows in by_weekday.values():
        rows.sort(key=lambda row: (row[1], row[0].unit_id))
    return [
        (cell, day, (datetime.combine(day, begin, zone), datetime.combine(day, end, zone)))
        for day, weekday in sorted(days.items())
        for cell, begin, end in by_weekday.get(weekday, ())
    ]


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def lay_out(wanted: Sequence[Slot], standing: Sequence[Standing]) -> Layout:
    """What to make, move and remove so that the days hold what the timetable wants.

    - A fixed period uses up the slot of its class and subject in that week: the one it was made for, else the nearest.
    - Periods that nobody touched take the remaining slots of their week in order of time, and so keep their identity.
    - What is left over is removed; what is missing is made; what a fixed period stands in the way of is a clash.
    """
    open_slots: dict[tuple[Stream, date], list[Slot]] = defaultdict(list)
    for slot in wanted:
        open_slots[slot.stream, monday(slot.day)].append(slot)
    loose: dict[tuple[Stream, date], list[Standing]] = defaultdict(list)
    for one in sorted(standing, key=lambda s: (s.span, s.id)):
        if not one.from_timetable:
            continue
        if one.fixed:
            _use_up(open_slots[one.stream, monday(one.first_slot[0])], one)
        else:
            loose[one.stream, monday(one.day)].append(one)
    in_the_way = _Occupied(s for s in standing if s.fixed and s.planned)
    made: list[Slot] = []
    moved: list[tuple[int, Slot]] = []
    removed: list[int] = []
    clashes: list[Clash] = []
    for key in open_slots.keys() | loose.keys():
        rest = []
        for slot in sorted(open_slots.get(key, ()), key=lambda s: s.span):
            clash = in_the_way.of(slot)
            if clash:
                clashes.append(clash)
            else:
                rest.append(slot)
        mine = loose.get(key, [])
        moved += [(one.id, slot) for one, slot in zip(mine, rest, strict=False)]
        made += rest[len(mine) :]
        removed += [one.id for one in mine[len(rest) :]]
    return Layout(made, moved, removed, clashes)


def _use_up(slots: list[Slot], one: Standing) -> None:
    if not slots:
        return
    own = next((s for s in slots if (s.day, s.cell.shift, s.cell.number) == one.first_slot), None)
    slots.remove(own or min(slots, key=lambda s: abs((s.day - one.first_slot[0]).days)))


class _Occupied:
    """Which fixed period stands where, for class, teacher and room."""

    def __init__(self, fixed: Iterable[Standing]) -> None:
        self.by: dict[tuple[str, int, date], list[Standing]] = defaultdict(list)
        for one in fixed:
            for who, key in (("class", one.stream[0]), ("teacher", one.person_id), ("room", one.room_id)):
                if key is not None:
                    self.by[who, key, one.day].append(one)

    def of(self, slot: Slot) -> Clash | None:
        cell = slot.cell
        for who, key in (("class", cell.unit_id), ("teacher", cell.person_id), ("room", cell.room_id)):
            if key is None:
                continue
            for one in self.by.get((who, key, slot.day), ()):
                overlaps = one.span[0] < slot.span[1] and slot.span[0] < one.span[1]
                if overlaps and (who == "class" or one.lesson != slot.lesson):
                    return Clash(slot, who, one.id)
        return None
