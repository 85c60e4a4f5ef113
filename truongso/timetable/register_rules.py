"""Which lesson of the programme comes next, and how far a class has come: sums over values; no ORM, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Planned:
    """A lesson of a programme: `first` is the number of its first period in the year."""

    id: int
    title: str
    periods: int
    first: int
    part: int | None = None

    def number(self, nth: int) -> int:
        """Of its nth period; a period taught beyond the plan keeps the last number."""
        return self.first + min(nth, self.periods) - 1


@dataclass(frozen=True, slots=True)
class Step:
    """One period's worth of the programme: the nth period of a lesson."""

    lesson: Planned
    nth: int

    @property
    def ordinal(self) -> int:
        return self.lesson.number(self.nth)


@dataclass(frozen=True, slots=True)
class Event:
    """A period of one class and subject, in order of time. `lesson`: what its signed line says; None is off the programme."""

    key: int
    part: int | None
    signed: bool = False
    lesson: int | None = None


def strand(lessons: Sequence[Planned], part: int | None) -> tuple[Planned, ...]:
    """The lessons of a strand in order; all of them for no strand, or one that the programme does not know.

    A lesson that names no strand (a review, a test) goes with the one before it, at the very beginning with the one after.
    """
    if part is None or all(lesson.part != part for lesson in lessons):
        return tuple(lessons)
    now = next(lesson.part for lesson in lessons if lesson.part is not None)
    found = []
    for lesson in lessons:
        now = lesson.part or now
        if now == part:
            found.append(replace(lesson, part=part))
    return tuple(found)


def known(lessons: Sequence[Planned], part: int | None) -> int | None:
    """The strand, if the programme has it: periods of strands that it does not tell apart are one stream."""
    return part if any(lesson.part == part for lesson in lessons) else None


def next_step(lessons: Sequence[Planned], taught: Mapping[int, int], last: int | None) -> Step | None:
    """After the lesson taught last: its next period, else the next lesson with a period left; at the end what was passed
    over. None when all is taught."""
    at = next((i for i, lesson in enumerate(lessons) if lesson.id == last), 0)
    for lesson in (*lessons[at:], *lessons[:at]):
        done = taught.get(lesson.id, 0)
        if done < lesson.periods:
            return Step(lesson, done + 1)
    return None


def proposals(lessons: Sequence[Planned], events: Iterable[Event]) -> dict[int, Step]:
    """What each period without a signed line would teach, walking through a class's subject in order of time.

    A period that nobody signed yet is taken to teach what was proposed, so that the week ahead unfolds; the next signed
    line says how far the class really is, and the walk goes on from there.
    """
    real: Counter[int] = Counter()
    guessed: dict[int | None, Counter[int]] = {}
    last: dict[int | None, int] = {}
    rows: dict[int | None, tuple[Planned, ...]] = {}
    found: dict[int, Step] = {}
    ids = {lesson.id for lesson in lessons}
    for event in events:
        part = known(lessons, event.part)
        if part not in rows:
            rows[part], guessed[part] = strand(lessons, part), Counter()
        if event.signed:
            if event.lesson in ids and event.lesson is not None:
                real[event.lesson] += 1
                guessed[part].clear()
                last[part] = event.lesson
            continue
        step = next_step(rows[part], real + guessed[part], last.get(part))
        if step is not None:
            found[event.key] = step
            guessed[part][step.lesson.id] += 1
            last[part] = step.lesson.id
    return found


@dataclass(frozen=True, slots=True)
class Late:
    """A lesson of which periods should have been taught by now."""

    lesson: Planned
    missing: int


@dataclass(frozen=True, slots=True)
class Progress:
    done: int  # periods of the programme that were taught
    total: int  # of the strand's whole programme
    planned: int  # that should be by the timetable
    late: tuple[Late, ...] = ()

    @property
    def behind(self) -> int:
        """Periods behind the timetable; negative: ahead."""
        return self.planned - self.done


def progress(lessons: Sequence[Planned], taught: Mapping[int, int], planned: int) -> Progress:
    """`taught`: signed lines a lesson. A lesson counts up to its planned periods, however often it was taught; what is off
    the programme does not advance. `planned`: the timetable's periods whose time has come."""
    total = sum(lesson.periods for lesson in lessons)
    done = sum(min(taught.get(lesson.id, 0), lesson.periods) for lesson in lessons)
    due, late = min(planned, total), []
    left = due
    for lesson in lessons:
        should = min(lesson.periods, left)
        left -= should
        missing = should - min(taught.get(lesson.id, 0), lesson.periods)
        if missing > 0:
            late.append(Late(lesson, missing))
    return Progress(done, total, due, tuple(late))
