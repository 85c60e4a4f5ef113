"""Which pupils of the made-up school were away, late or went home early, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from truongso.lib.dice import Dice
from truongso.timetable.demo import words
from truongso.timetable.demo.held import Klass, Pupil
from truongso.timetable.models import Presence

# In a thousand days of a pupil; four in a hundred pupils are away more often.
USUALLY, OFTEN, FLU_TIMES = 9, 34, 5
LATE, LATE_OFTEN, EARLY = 5, 40, 1
NEAR_THE_LIMIT, SESSIONS = "8A2", 38  # one pupil of this class has been away so often
EXCUSED, ABSENT = Presence.EXCUSED.value, Presence.ABSENT.value


@dataclass(frozen=True, slots=True)
class Spell:
    """Days away in a row, for one reason."""

    pupil: Pupil
    days: tuple[date, ...]
    state: str
    note: str  # the reason that the family wrote; empty: it did not write


@dataclass(frozen=True, slots=True)
class Odd:
    """There, but not simply: late by so many minutes, or (0) gone home early."""

    pupil: Pupil
    day: date
    minutes: int


def of_class(
    known: Klass, pupils: Sequence[Pupil], days: Sequence[date], flu: frozenset[date]
) -> tuple[list[Spell], list[Odd]]:
    """`days`: those on which the class had lessons, in order."""
    spells: list[Spell] = []
    odd: list[Odd] = []
    for place, pupil in enumerate(pupils):
        dice = Dice(f"absences {known.name} {pupil.name} {place}")
        mine = [day for day in days if pupil.on(day)]
        if known.name == NEAR_THE_LIMIT and place == len(pupils) - 1:
            away = sorted(dice.shuffled(mine)[: min(SESSIONS, len(mine) * 6 // 10)])
            spells += [_spell(pupil, [day], dice, flu, writes=30) for day in away]
            continue
        often = dice.chance(4)
        left: list[date] = []
        for day in mine:
            throw, rate = dice.below(1000), OFTEN if often else USUALLY
            if left and len(left) < 3 and dice.chance(30):
                left.append(day)
            elif throw < rate * (FLU_TIMES if day in flu else 1):
                if left:
                    spells.append(_spell(pupil, left, dice, flu))
                left = [day]
            else:
                if left:
                    spells.append(_spell(pupil, left, dice, flu))
                    left = []
                if throw >= 1000 - EARLY:
                    odd.append(Odd(pupil, day, 0))
                elif throw >= 1000 - EARLY - (LATE_OFTEN if often else LATE):
                    odd.append(Odd(pupil, day, dice.between(3, 20)))
        if left:
            spells.append(_spell(pupil, left, dice, flu))
    return spells, odd


def _spell(pupil: Pupil, days: Sequence[date], dice: Dice, flu: frozenset[date], writes: int = 62) -> Spell:
    if dice.chance(writes):
        return Spell(pupil, tuple(days), EXCUSED, words.FLU if days[0] in flu else dice.weighed(words.AWAY))
    return Spell(pupil, tuple(days), EXCUSED if dice.chance(25) else ABSENT, "")
