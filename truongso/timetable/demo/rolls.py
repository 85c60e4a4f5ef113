"""The rolls of the past: of each session and period, with the notes of families; who was simply there has no mark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from truongso.lib.dice import Dice
from truongso.timetable.demo import absences, words
from truongso.timetable.demo.absences import Odd, Spell
from truongso.timetable.demo.held import Klass, Pupil, Row, School
from truongso.timetable.layout import monday
from truongso.timetable.models import MarkSource, Mode, Presence

FLU_WEEK = 8
SICK_TOMORROW = {"7A1": "Nguyễn Khánh Bình", "8A2": "Phạm Minh Đăng"}
ONLINE = (Mode.ONLINE_REPLACE.value, Mode.ONLINE_SUPPORT.value)


@dataclass(frozen=True, slots=True)
class Note:
    child: int
    by: int
    first: date
    last: date
    reason: str
    at: datetime
    seen_by: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    state: str
    minutes: int | None = None
    text: str = ""
    note: int | None = None  # place of its note in the list of all

    @property
    def source(self) -> str:
        return (MarkSource.TEACHER if self.note is None else MarkSource.NOTE).value


@dataclass(slots=True)
class Sheet:
    unit: int
    day: date
    shift: str
    period: int | None
    taken_by: int | None
    at: datetime
    marks: dict[int, Mark] = field(default_factory=dict)
    corrected: tuple[int, ...] = ()  # pupils whose note came only after the roll


@dataclass(slots=True)
class Rolls:
    sheets: list[Sheet] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def think(school: School) -> Rolls:
    rolls = Rolls()
    days: dict[int, dict[date, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in school.past:
        days[row.unit][row.day].append(row)
    mondays = sorted({monday(row.day) for row in school.rows})
    start = mondays[FLU_WEEK - 1] if len(mondays) >= FLU_WEEK else None
    flu = frozenset(start + timedelta(days=n) for n in range(6)) if start else frozenset()
    for unit, known in school.classes.items():
        _Class(school, rolls, unit, known).tell(days[unit], flu)
    return rolls


class _Class:
    def __init__(self, school: School, rolls: Rolls, unit: int, known: Klass) -> None:
        self.school, self.rolls, self.unit, self.known = school, rolls, unit, known
        self.pupils = school.pupils.get(unit, [])

    def tell(self, days: dict[date, list[Row]], flu: frozenset[date]) -> None:
        spells, odd = absences.of_class(self.known, self.pupils, sorted(days), flu)
        away: dict[date, dict[int, Mark]] = defaultdict(dict)
        for spell in spells:
            mark = Mark(spell.state, note=self._note(spell))
            for day in spell.days:
                away[day][spell.pupil.person] = mark
        unlike: dict[date, list[Odd]] = defaultdict(list)
        for one in odd:
            unlike[one.day].append(one)
        for day, rows in sorted(days.items()):
            self._day(day, rows, away[day], unlike[day])
        self._tomorrow()

    def _day(self, day: date, rows: Sequence[Row], away: dict[int, Mark], odd: Sequence[Odd]) -> None:
        dice = Dice(f"rolls {self.known.name} {day}")
        main = [row for row in rows if row.shift == self.known.shift]
        late = {o.pupil.person: Mark(Presence.LATE.value, o.minutes) for o in odd if o.minutes}
        if main:
            at = main[0].starts + timedelta(minutes=dice.between(3, 12))
            whole = Sheet(self.unit, day, self.known.shift, None, self.known.homeroom, at, {**away, **late})
            whole.corrected = tuple(p for p, m in away.items() if m.note is not None and dice.chance(6))
            self.rolls.sheets.append(whole)
        for row in rows:
            if dice.chance(97) and row.mode != Mode.SELF_STUDY.value:
                marks = dict(away)
                if main and row is main[0]:
                    marks |= late
                if row in main[3:]:
                    marks |= {
                        o.pupil.person: Mark(absences.EXCUSED, text="Mệt, gia đình đón về sớm")
                        for o in odd
                        if not o.minutes
                    }
                if row.mode in ONLINE:
                    self._online(row, marks, dice)
                at = row.starts + timedelta(minutes=dice.between(2, 15))
                self.rolls.sheets.append(Sheet(self.unit, day, row.shift, row.id, row.person, at, marks))

    def _online(self, row: Row, marks: dict[int, Mark], dice: Dice) -> None:
        there = [p for p in self.pupils if p.on(row.day) and p.person not in marks]
        for pupil in dice.shuffled(there)[: dice.below(4)]:
            marks[pupil.person] = Mark(Presence.TROUBLE.value, text=dice.pick(words.TROUBLE))
        for pupil in dice.shuffled(there)[: dice.below(3)]:
            marks.setdefault(pupil.person, Mark(absences.ABSENT))

    def _note(self, spell: Spell) -> int | None:
        by = self.school.guardian.get(spell.pupil.person)
        if not spell.note or by is None:
            return None
        first = spell.days[0]
        dice = Dice(f"note {self.known.name} {spell.pupil.name} {first}")
        before = dice.chance(45)
        at = _at(first - timedelta(days=1), time(19, dice.below(60))) if before else _at(first, time(6, dice.below(45)))
        self.rolls.notes.append(
            Note(spell.pupil.person, by, first, spell.days[-1], spell.note, at, self.known.homeroom)
        )
        return len(self.rolls.notes) - 1

    def _tomorrow(self) -> None:
        """In some classes somebody will be away tomorrow; nobody at school has read that yet."""
        dice = Dice(f"tomorrow {self.known.name} {self.school.today}")
        named = SICK_TOMORROW.get(self.known.name)
        if not named and not dice.chance(30):
            return
        coming = [r.day for r in self.school.rows if r.unit == self.unit and r.day > self.school.today]
        here = [p for p in self.pupils if coming and p.on(coming[0]) and p.person in self.school.guardian]
        if not here:
            return
        pupil: Pupil = next((p for p in here if p.name == named), None) or dice.pick(here)
        at = min(self.school.now, _at(self.school.today, time(6, 10))) - timedelta(minutes=dice.below(50))
        last = coming[0] + timedelta(days=dice.below(2))
        by = self.school.guardian[pupil.person]
        self.rolls.notes.append(Note(pupil.person, by, coming[0], last, dice.weighed(words.AWAY), at, None))


def _at(day: date, when: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, when))
