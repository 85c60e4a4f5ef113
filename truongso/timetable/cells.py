"""The cells of a timetable as plain values: what stands where, and how a place is written and said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from django.utils.translation import gettext_lazy

from truongso.timetable import words

Slot = tuple[int, str, int]  # ISO weekday, shift, number
Key = tuple[int, int, str, int]  # class and slot
Bells = Mapping[tuple[int | None, str, int], tuple[time, time]]  # (campus or None, shift, number) → begin and end

DAYS = ("", gettext_lazy("thứ Hai"), gettext_lazy("thứ Ba"), gettext_lazy("thứ Tư"), gettext_lazy("thứ Năm"),
        gettext_lazy("thứ Sáu"), gettext_lazy("thứ Bảy"), gettext_lazy("Chủ nhật"))  # fmt: skip

SHORT_DAYS = ("", gettext_lazy("T2"), gettext_lazy("T3"), gettext_lazy("T4"), gettext_lazy("T5"), gettext_lazy("T6"),
              gettext_lazy("T7"), gettext_lazy("CN"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell holds; two cells with the same `lesson` in one slot are taught together."""

    subject_id: int
    part_id: int | None
    person_id: int | None
    room_id: int | None
    label: str
    lesson: UUID


Cells = Mapping[Key, Content | None]


@dataclass(frozen=True, slots=True)
class Held:
    """A cell with the words that a grid needs. `pk` is new after every change: who knows it has seen this state."""

    pk: int
    unit_id: int
    unit: str
    slot: Slot
    content: Content
    subject: str
    short: str  # as it stands in the cell: the label, the strand or the subject's short name
    teacher: str  # full name
    room: str

    @property
    def key(self) -> Key:
        return (self.unit_id, *self.slot)

    @property
    def given(self) -> str:
        return self.teacher.rsplit(" ", 1)[-1]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the grid: one period of a shift, with its bell where one is entered."""

    shift: str
    number: int
    starts: str = ""

    @property
    def said(self) -> str:
        return words.number(self.shift, self.number)


def slot_said(slot: Slot) -> str:
    """ "thứ Ba, tiết 2 sáng" """
    return f"{DAYS[slot[0]]}, {words.number(slot[1], slot[2])}"


def slot_code(slot: Slot) -> str:
    return f"{slot[0]}-{slot[1]}-{slot[2]}"


def slot_of(code: str) -> Slot | None:
    """A slot from its code in an address; None for anything else."""
    found = re.fullmatch(r"([1-7])-(am|pm)-([1-7])", code)
    return (int(found[1]), found[2], int(found[3])) if found else None
