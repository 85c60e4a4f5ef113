"""What a file says, lesson by lesson, before anybody is looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class Said:
    """One lesson of one class as it stands in the file. `row` is the row of the sheet, or the activity's id in FET."""

    sheet: str
    row: int
    column: str  # the heading above the cell, or the students set
    cell: str  # "C5"; empty where files have no cells
    value: str
    klass: str
    weekday: int | None  # ISO
    shift: str  # "am", "pm" or empty: the shift of the class
    number: int | None
    subject: str = ""
    teacher: str = ""
    room: str = ""
    joint: str = ""  # the same on the lessons of classes that the file says are taught together
    others: list[str] = field(default_factory=list)  # further teachers of the same lesson
    problem: str = ""  # "two": two lessons in one cell; "when": it does not say when


@dataclass(slots=True)
class Reading:
    kind: str  # grid, list, fet
    lessons: list[Said] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    title: str = ""  # what the file calls its timetable
    first: str = ""  # the day from which it says it holds, in ISO


@dataclass(frozen=True, slots=True)
class Knows:
    """What a reader may ask about a word: only yes or no, so that it stays pure."""

    subject: Callable[[str], bool]
    teacher: Callable[[str], bool]
    klass: Callable[[str], bool]
    room: Callable[[str], bool]
    mornings: int = 5  # how many periods a morning has
    cells: dict[str, Any] = field(
        default_factory=dict
    )  # what was made of a text before: the same few stand in many cells


def pack(reading: Reading) -> dict[str, Any]:
    return asdict(reading)


def unpack(data: dict[str, Any]) -> Reading:
    return Reading(**{**data, "lessons": [Said(**said) for said in data["lessons"]]})
