"""A lesson of a file on its way to be an entry: what is meant, what is wrong, what it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from truongso.timetable.bringing.said import Said
from truongso.ui.jinja import weekday as day_name

STATUSES = ("new", "changed", "same", "wrong")
Slot = tuple[int, int, str, int]  # class, weekday, shift, number


@dataclass(slots=True)
class Problem:
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One question for all the cells that say the same: "Lan" in every cell of Toán."""

    key: str
    text: str
    options: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Lesson:
    said: Said
    unit: int | None = None
    class_name: str = ""
    shift: str = ""
    subject: int | None = None
    subject_name: str = ""
    part: int | None = None
    part_name: str = ""
    label: str = ""  # chào cờ, sinh hoạt lớp: what HĐTN is called in its fixed periods
    person: int | None = None
    room: int | None = None
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    choice: Choice | None = None
    left_out: bool = False  # people said that it is none
    status: str = ""
    changes: list[dict[str, str]] = field(default_factory=list)

    @property
    def slot(self) -> Slot | None:
        if self.unit is None or self.said.weekday is None or self.said.number is None:
            return None
        return (self.unit, self.said.weekday, self.shift, self.said.number)

    @property
    def key(self) -> tuple[Any, ...]:
        return (self.slot, self.subject, self.part, self.label, self.person, self.room)

    @property
    def title(self) -> str:
        return " ".join(filter(None, (self.named, self.class_name or self.said.klass)))

    @property
    def named(self) -> str:
        return self.label or self.part_name or self.subject_name or self.said.subject

    @property
    def when(self) -> str:
        return when(self.said.weekday, self.shift or self.said.shift, self.said.number)

    @property
    def spot(self) -> str:
        """Where it stands, as people find it: "Sáng!C5" or "hoạt động 12"."""
        if self.said.cell:
            return f"{self.said.sheet}!{self.said.cell}" if self.said.sheet else self.said.cell
        return _("hoạt động %(number)s") % {"number": self.said.row}

    def wrong(self, name: str, reason: str, choice: Choice | None = None) -> None:
        if not any(p.reason == reason for p in self.problems):
            self.problems.append(Problem(name, reason))
        self.choice = self.choice or choice


def when(weekday: int | None, shift: str, number: int | None) -> str:
    """Thứ Hai, tiết 2 buổi sáng"""
    parts = [day_name(date(2024, 1, weekday)) if weekday else ""]
    if number:
        half = {"am": _("sáng"), "pm": _("chiều")}.get(shift, "")
        parts.append(
            _("tiết %(number)s %(half)s") % {"number": number, "half": half}
            if half
            else _("tiết %(number)s") % {"number": number}
        )
    return ", ".join(p for p in parts if p).strip()
