"""The timetable that a file is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from truongso.timetable.bringing.lesson import Slot, when


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry of the timetable compared with."""

    slot: Slot
    subject: int
    part: int | None
    label: str
    person: int | None
    room: int | None
    text: str  # "Toán, Nguyễn Thị Lan"
    class_name: str
    lesson: UUID

    @property
    def when(self) -> str:
        return when(self.slot[1], self.slot[2], self.slot[3])
