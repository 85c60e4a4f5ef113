"""The grid as a page shows it: rows, days, boxes; of a class, a teacher, a room, or the whole school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from truongso.conditions.models import Room
from truongso.people.models import Person, Unit
from truongso.timetable.cells import Held, Line, Slot
from truongso.timetable.models import Entry, TimetableVersion, VersionState
from truongso.timetable.queries import grid, tray
from truongso.timetable.queries.tray import Wanted

VIEWS = ("class", "teacher", "room", "school")
HUES = 5


@dataclass(frozen=True, slots=True)
class Box:
    """One filled slot: what stands large, what small, which cell it is and whose."""

    entry: int
    unit_id: int
    big: str
    small: str
    full: str  # said to those who hear the page
    hue: int


@dataclass(slots=True)
class Sheet:
    view: str
    of: int = 0  # id of the class, teacher or room
    name: str = ""
    choices: list[tuple[int, str]] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    boxes: dict[Slot, Box] = field(default_factory=dict)
    tray: list[Wanted] = field(default_factory=list)
    classes: list[Unit] = field(default_factory=list)  # columns of the whole school
    school: dict[tuple[int, Slot], Box] = field(default_factory=dict)

    @property
    def left(self) -> int:
        return sum(max(0, w.left) for w in self.tray)


def sheet(version: TimetableVersion, view: str, of: int) -> Sheet:
    """What the page shows. An unknown `of` becomes the first there is."""
    if view == "teacher":
        return _of_person(version, of)
    if view == "room":
        return _of_room(version, of)
    units = grid.classes(version)
    if view == "school":
        return _of_school(version, units)
    unit = next((u for u in units if u.pk == of), units[0] if units else None)
    made = Sheet("class", choices=[(u.pk, u.name) for u in units])
    if unit is None:
        return made
    cells = grid.held(version, Q(unit=unit))
    campus = unit.school_class.campus_id if hasattr(unit, "school_class") else None
    made.of, made.name = unit.pk, unit.name
    made.tray = tray.of_classes(version, [unit], cells)[unit.pk]
    usual = tray.usual_room(cells)
    made.boxes = {
        c.slot: _box(c, c.short, _small(c.given, c.room if c.content.room_id != usual else "")) for c in cells
    }
    return _framed(made, campus, cells, all_shifts=version.state == VersionState.DRAFT)


def _small(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _framed(made: Sheet, campus: int | None, cells: Iterable[Held], *, all_shifts: bool = True) -> Sheet:
    used = [c.slot for c in cells]
    lines, shifts = grid.lines(grid.bells(), campus, used), {shift for _day, shift, _n in used}
    made.lines = [line for line in lines if all_shifts or not shifts or line.shift in shifts]
    made.days = grid.weekdays(used)
    return made


def _box(cell: Held, big: str, small: str) -> Box:
    full = ", ".join(part for part in (cell.subject, cell.unit, cell.teacher, cell.room) if part)
    return Box(cell.pk, cell.unit_id, big, small, full, cell.content.subject_id % HUES)


def _joined(cells: Sequence[Held], small: str) -> Box:
    """Classes taught together stand in one box."""
    return _box(cells[0], ", ".join(c.unit for c in cells), small)


def _of_person(version: TimetableVersion, of: int) -> Sheet:
    used = Entry.objects.filter(version=version.pk, person__isnull=False).values("person_id")
    people = list(Person.objects.filter(pk__in=used).order_by("sort_key").values_list("pk", "full_name"))
    made = Sheet("teacher", choices=people)
    return _of_one(made, version, of, lambda c: c.short, "person")


def _of_room(version: TimetableVersion, of: int) -> Sheet:
    used = Entry.objects.filter(version=version.pk, room__isnull=False).values("room_id")
    rooms = list(Room.objects.filter(pk__in=used).order_by("name").values_list("pk", "name"))
    return _of_one(Sheet("room", choices=rooms), version, of, lambda c: _small(c.short, c.given), "room")


def _of_one(made: Sheet, version: TimetableVersion, of: int, small, who: str) -> Sheet:  # type: ignore[no-untyped-def]
    made.of, made.name = next((c for c in made.choices if c[0] == of), made.choices[0] if made.choices else (0, ""))
    cells = grid.held(version, Q(**{who: made.of})) if made.of else []
    by_slot: dict[Slot, list[Held]] = {}
    for cell in cells:
        by_slot.setdefault(cell.slot, []).append(cell)
    made.boxes = {slot: _joined(found, small(found[0])) for slot, found in by_slot.items()}
    return _framed(made, None, cells, all_shifts=version.state == VersionState.DRAFT)


def _of_school(version: TimetableVersion, units: list[Unit]) -> Sheet:
    cells = grid.held(version)
    made = Sheet("school", classes=units)
    made.school = {(c.unit_id, c.slot): _box(c, c.short, c.given) for c in cells}
    return _framed(made, None, cells, all_shifts=False)
