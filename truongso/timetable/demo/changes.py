"""What went otherwise than planned: teachers who were away, lessons given by others, cancelled, made up, moved, swapped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from truongso.lib.dice import Dice
from truongso.school.models import Shift
from truongso.timetable.demo import words
from truongso.timetable.demo.held import AHEAD, Row, School
from truongso.timetable.layout import monday
from truongso.timetable.models import ChangeKind

AFTERNOONS = (3, 4, 2, 1)  # numbers of the afternoon in which a lost period is made up
Slot = tuple[date, str, int]


@dataclass(frozen=True, slots=True)
class Change:
    row: Row
    kind: ChangeKind
    reason: str
    before: dict[str, object]
    after: dict[str, object]
    at: datetime


@dataclass(slots=True)
class Told:
    changes: list[Change] = field(default_factory=list)
    added: list[Row] = field(default_factory=list)  # without a key yet


def think(school: School) -> Told:
    """Changes the school's rows in place."""
    return _Year(school).tell()


class _Year:
    def __init__(self, school: School) -> None:
        self.school, self.told = school, Told()
        self.taken = {key for row in school.rows for key in _who(row)}
        self.days = sorted({row.day for row in school.rows})
        self.by_teacher: dict[tuple[int | None, date], list[Row]] = defaultdict(list)
        self.by_class: dict[tuple[int, date], list[Row]] = defaultdict(list)
        for row in school.rows:
            self.by_teacher[row.person, row.day].append(row)
            self.by_class[row.unit, row.day].append(row)
        self.away: set[tuple[int, date]] = set()

    def tell(self) -> Told:
        if not self.days:
            return self.told
        mondays = sorted({monday(day) for day in self.days if day <= self.school.today + timedelta(days=1)})
        for first in mondays:
            for person, name in sorted(self.school.names.items(), key=lambda item: (item[1], item[0])):
                dice = Dice(f"away {name} {first}")
                if dice.chance(11):
                    self._teacher_away(person, first + timedelta(days=dice.below(6)), dice)
            for unit in self.school.classes:
                self._class_week(unit, first)
        self._since_yesterday()
        return self.told

    def _teacher_away(self, person: int, day: date, dice: Dice) -> None:
        if day > self.school.today + timedelta(days=1):
            return
        reason = dice.weighed(words.REASONS)
        at = _at(day, time(6, 35)) if reason == words.ILL else _at(day - timedelta(days=2), time(15, 20))
        if at > self.school.now:
            return
        self.away.add((person, day))
        for row in self.by_teacher[person, day]:
            if row.held and not row.touched:
                self._stand_in(row, reason, at, dice)

    def _stand_in(self, row: Row, reason: str, at: datetime, dice: Dice) -> None:
        other = self._free_teacher(row) if dice.chance(78) else None
        if other is not None:
            self._change(row, ChangeKind.SUBSTITUTED, reason, at, person=other)
        elif not row.label:
            self._change(row, ChangeKind.CANCELLED, f"{reason}, chưa xếp được người dạy thay", at, state="cancelled")
            if dice.chance(80):
                self._make_up(row, at)

    def _free_teacher(self, row: Row) -> int | None:
        able = [p for p in self.school.able.get((row.subject, row.part), ()) if p != row.person]
        dice = Dice(f"stands in {row.day} {row.number} {self.school.classes[row.unit].name}")
        for person in dice.shuffled(able):
            if (person, row.day) not in self.away and ("person", person, row.slot) not in self.taken:
                return person
        return None

    def _make_up(self, lost: Row, at: datetime) -> None:
        """In an afternoon of the next days; decided on the day after, and not at all yet if that is still to come."""
        decided = at + timedelta(days=1, hours=2)
        if decided > self.school.now:
            return
        for day in self.days:
            if not lost.day + timedelta(days=3) <= day < lost.day + AHEAD or day.isoweekday() > 5:
                continue
            if day < decided.date():
                continue
            for number in AFTERNOONS:
                slot = (day, Shift.AFTERNOON.value, number)
                if not any((who, key, slot) in self.taken for who, key, _slot in _who(lost)):
                    self._add(lost, slot, decided)
                    return

    def _add(self, lost: Row, slot: Slot, at: datetime) -> None:
        day, shift, number = slot
        made = Row(
            0, lost.unit, lost.subject, lost.part, lost.person, lost.room, "", day, shift, number,
            *self.school.span(*slot), self.school.mode_on(lost.unit, day, shift), makes_up=lost.id,
        )  # fmt: skip
        self.taken |= set(_who(made))
        self.told.added.append(made)
        reason = words.MADE_UP % {"day": f"{lost.day:%d/%m}"}
        self.told.changes.append(Change(made, ChangeKind.MADE_UP, reason, {}, {}, at))

    def _class_week(self, unit: int, first: date) -> None:
        """Now and then a period goes to the free end of another morning, or two periods change places."""
        dice = Dice(f"otherwise {self.school.classes[unit].name} {first}")
        day, other = (first + timedelta(days=dice.below(5)) for _ in range(2))
        at = _at(day - timedelta(days=1), time(16, 10))
        if at > self.school.now or other < day:
            return
        if dice.chance(9):
            self._move(unit, day, other, dice.pick(words.MOVED), at)
        elif dice.chance(12):
            self._swap(unit, day, other, dice.pick(words.SWAPPED), at)

    def _loose(self, unit: int, day: date) -> list[Row]:
        rows = self.by_class[unit, day]
        return [r for r in rows if r.held and not r.touched and not r.label and r.shift == Shift.MORNING.value]

    def _move(self, unit: int, day: date, other: date, reason: str, at: datetime) -> None:
        slot = (other, Shift.MORNING.value, 5)
        for row in self._loose(unit, day):
            if self.by_class[unit, other] and not any((who, key, slot) in self.taken for who, key, _s in _who(row)):
                self._place(row, slot, ChangeKind.MOVED, reason, at)
                return

    def _swap(self, unit: int, day: date, other: date, reason: str, at: datetime) -> None:
        for one in self._loose(unit, day):
            for two in self._loose(unit, other):
                free = ("person", one.person, two.slot) not in self.taken and (
                    ("person", two.person, one.slot) not in self.taken
                )
                if one.subject != two.subject and free:
                    here, there = one.slot, two.slot
                    self._place(one, there, ChangeKind.SWAPPED, reason, at)
                    self._place(two, here, ChangeKind.SWAPPED, reason, at)
                    self.taken |= {*_who(one), *_who(two)}
                    return

    def _place(self, row: Row, slot: Slot, kind: ChangeKind, reason: str, at: datetime) -> None:
        day, shift, number = slot
        row.starts, row.ends = self.school.span(*slot)
        self._change(row, kind, reason, at, day=day, shift=shift, number=number)

    def _change(self, row: Row, kind: ChangeKind, reason: str, at: datetime, **values: object) -> None:
        self.taken -= set(_who(row))
        before: dict[str, object] = {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        row.touched += 1
        row.stands_in = row.stands_in or kind == ChangeKind.SUBSTITUTED
        if row.held:
            self.taken |= set(_who(row))
        self.told.changes.append(Change(row, kind, reason, _plain(before), _plain(values), at))

    def _since_yesterday(self) -> None:
        """Something for Hôm nay to tell: in every third class a change of today's or tomorrow's lessons."""
        coming = [day for day in self.days if day >= self.school.today][:2]
        yesterday = _at(self.school.today - timedelta(days=1), time(16, 40))
        for unit, known in self.school.classes.items():
            dice = Dice(f"since yesterday {known.name} {self.school.today}")
            if not dice.chance(35) and known.name not in {"8A2", "7A1"}:
                continue
            rows = [r for day in coming for r in self._loose(unit, day) if r.starts > self.school.now]
            for row in dice.shuffled(rows)[:3]:
                other = self._free_teacher(row)
                if other is not None:
                    self._change(row, ChangeKind.SUBSTITUTED, words.BUSY, yesterday, person=other)
                    break


def _who(row: Row) -> Iterator[tuple[str, int, Slot]]:
    for who, key in (("unit", row.unit), ("person", row.person), ("room", row.room)):
        if key is not None:
            yield who, key, row.slot


def _at(day: date, when: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, when))


_NAMES = {"person": "person_id"}


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {_NAMES.get(k, k): v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
