"""What the cells before a row of lessons say: day, shift, number, and in some layouts the class or the teacher."""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as changed

from truongso.timetable.bringing import words
from truongso.timetable.bringing.heads import Head, Page, Where
from truongso.timetable.bringing.said import Knows

Key = tuple[str, object]  # "day" → 3


@dataclass(slots=True)
class Keys:
    """The key columns of one grid, and what they said last: "Thứ 2" stands once and holds for the rows below it."""

    head: Head
    knows: Knows
    context: dict[int, Where]  # column → what the titles above say
    said: dict[int, dict[str, object]] = field(default_factory=dict)  # column → kind → value
    last: tuple[object, object, int] = (None, None, 0)  # day, who, number of the row before
    again: bool = False  # numbers began anew within a day: the second time is the afternoon

    def row(self, page: Page, row: int) -> bool:
        """Take what a row says. False when it is no row of lessons."""
        own: set[str] = set()
        for column, text in enumerate(page.text[row]):
            if not text or column in self.head.axis:
                continue
            for kind, value in self._meaning(column, text).items():
                own.add(kind)
                if kind == "day" and self.said.get(column, {}).get("day") != value:
                    self.said.setdefault(column, {}).pop("shift", None)  # of "Thứ 2 sáng", not for "Thứ 3"
                self.said.setdefault(column, {})[kind] = value
        needs = "number" if not self.head.has("number") else "who"
        fine = "number" in own if needs == "number" else bool(own & {"klass", "teacher", "day"})
        if fine:
            self._count()
        return fine

    def _meaning(self, column: int, text: str) -> dict[str, object]:
        label = self.head.labels.get(column, "")
        if label == "day" and self.head.has("day"):  # "Thứ" in the corner: the days stand across
            label = ""
        if label in {"ordinal", "time", "homeroom", "room", "subject"}:
            return {}
        if label in {"", "day", "shift"} and (day := words.day_of(text, labelled=label == "day")):
            return {"day": day[0]} | ({"shift": day[1]} if day[1] else {})
        if shift := words.shift_of(text, labelled=label == "shift"):
            return {"shift": shift}
        if (
            label in {"", "number"}
            and not self.head.has("number")
            and (n := words.number_of(text, labelled=label == "number"))
        ):
            return {"number": n}
        if label == "shift" or self.head.has("klass") or self.head.has("teacher"):
            return {}
        return self._who(label, text)

    def _who(self, label: str, text: str) -> dict[str, object]:
        """Classes or teachers down the side."""
        head = words.class_head(text)
        if (
            label != "teacher"
            and head
            and (label == "class" or self.knows.klass(head[0]) or head[2] or head[0][-2:-1].isalpha())
        ):
            return {"klass": head[0]}
        if label == "teacher" or (label == "" and self.knows.teacher(text)):
            return {"teacher": text}
        return {"klass": text} if label == "class" else {}

    def _count(self) -> None:
        at = self.at(10_000)
        number = at.number or 0
        same = (self.last[0], self.last[1]) == (at.day, at.who)
        if not same:
            self.again = False
        elif number and number <= self.last[2]:
            self.again = True
        self.last = (at.day, at.who, number)

    def begin(self, shift: str) -> None:
        """A row across the grid says that another half of the day begins."""
        self.context = {c: changed(self.context.get(c, Where()), shift=shift) for c in self.head.axis}
        self.said, self.again = {}, False

    def at(self, column: int) -> Where:
        """What holds for a cell: of each kind the nearest key at its left, else any."""
        found: dict[str, object] = {}
        for at in sorted(self.said, key=lambda c: (c > column, abs(column - c))):
            for kind, value in self.said[at].items():
                found.setdefault(kind, value)
        where = Where(**found)  # type: ignore[arg-type]
        if "klass" in found and "teacher" in found:
            where.teacher = ""
        return where

    def where(self, column: int) -> Where:
        made = self.head.axis[column].over(self.at(column)).over(self.context.get(column, Where()))
        if not made.shift and self.again:
            made.shift = "pm"
        return made
