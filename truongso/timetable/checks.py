"""What is wrong, or only worth a look, in a timetable: sums over values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from django.utils.translation import gettext as _

from truongso.timetable import words
from truongso.timetable.cells import DAYS, Bells, Held

MOST_A_DAY = 2  # lessons of one subject in a class


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, and whose page it leads to."""

    kind: str
    text: str
    view: str
    of: int
    blocks: bool = False


def findings(cells: Sequence[Held], bells: Bells, campuses: Mapping[int, int | None]) -> list[Finding]:
    """What stops publishing first, then what the planner should look at, class by class."""
    return [
        *_no_bells(cells, bells, campuses), *_overlaps(cells, bells, campuses), *_gaps(cells), *_too_often(cells),
        *_nobody(cells),
    ]  # fmt: skip


def _times(cell: Held, bells: Bells, campuses: Mapping[int, int | None]) -> tuple[time, time] | None:
    _weekday, shift, number = cell.slot
    return bells.get((campuses.get(cell.unit_id), shift, number)) or bells.get((None, shift, number))


def _no_bells(cells: Iterable[Held], bells: Bells, campuses: Mapping[int, int | None]) -> list[Finding]:
    found: dict[str, Finding] = {}
    for cell in cells:
        if _times(cell, bells, campuses) is None:
            text = _("Chưa có giờ vào học của %(period)s.") % {"period": words.number(cell.slot[1], cell.slot[2])}
            found.setdefault(text, Finding("bells", text, "class", cell.unit_id, blocks=True))
    return list(found.values())


def _overlaps(cells: Iterable[Held], bells: Bells, campuses: Mapping[int, int | None]) -> list[Finding]:
    """A teacher in two campuses whose bells differ: no clash of numbers, but of minutes."""
    days: dict[tuple[int, int], list[tuple[time, time, Held]]] = defaultdict(list)
    for cell in cells:
        times = _times(cell, bells, campuses)
        if cell.content.person_id is not None and times is not None:
            days[cell.content.person_id, cell.slot[0]].append((*times, cell))
    found = []
    for (person, day), rows in sorted(days.items()):
        ordered = sorted(rows, key=lambda r: r[0])
        for (_from, until, one), (begins, _to, other) in pairwise(ordered):
            if one.content.lesson != other.content.lesson and begins < until:
                text = _("%(who)s trùng giờ ở %(one)s và %(other)s, %(day)s.") % {
                    "who": one.teacher, "one": one.unit, "other": other.unit, "day": DAYS[day]}  # fmt: skip
                found.append(Finding("overlap", text, "teacher", person, blocks=True))
    return found


def _gaps(cells: Iterable[Held]) -> list[Finding]:
    sessions: dict[tuple[str, int, int, str], set[int]] = defaultdict(set)
    for cell in cells:
        sessions[cell.unit, cell.unit_id, cell.slot[0], cell.slot[1]].add(cell.slot[2])
    found = []
    for (unit, unit_id, day, shift), numbers in sorted(sessions.items()):
        for number in sorted(set(range(min(numbers), max(numbers))) - numbers):
            text = _("%(name)s trống giữa buổi: %(day)s, %(period)s.") % {
                "name": unit, "day": DAYS[day], "period": words.number(shift, number)}  # fmt: skip
            found.append(Finding("gap", text, "class", unit_id))
    return found


def _too_often(cells: Iterable[Held]) -> list[Finding]:
    counts = Counter((c.unit, c.unit_id, c.slot[0], c.subject if not c.content.label else "") for c in cells)
    return [
        Finding("often", _("%(name)s học %(subject)s %(n)d tiết trong %(day)s.")
                % {"name": unit, "subject": subject, "n": n, "day": DAYS[day]}, "class", unit_id)
        for (unit, unit_id, day, subject), n in sorted(counts.items())
        if n > MOST_A_DAY and subject
    ]  # fmt: skip


def _nobody(cells: Iterable[Held]) -> list[Finding]:
    found: Counter[tuple[str, int, str]] = Counter(
        (c.unit, c.unit_id, c.subject) for c in cells if c.content.person_id is None and not c.content.label
    )
    return [
        Finding("nobody", _("%(subject)s %(name)s chưa có người dạy.") % {"subject": subject, "name": unit}, "class", unit_id)
        for (unit, unit_id, subject), _n in sorted(found.items())
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Load:
    """A teacher's week: lessons, on how many days, and free periods between lessons of one session."""

    person_id: int
    name: str
    lessons: int
    days: int
    gaps: int


def loads(cells: Iterable[Held]) -> list[Load]:
    slots: dict[tuple[int, str], set[tuple[int, str, int]]] = defaultdict(set)
    for cell in cells:
        if cell.content.person_id is not None:
            slots[cell.content.person_id, cell.teacher].add(cell.slot)
    made = []
    for (person, name), taught in slots.items():
        sessions: dict[tuple[int, str], list[int]] = defaultdict(list)
        for day, shift, number in taught:
            sessions[day, shift].append(number)
        gaps = sum(max(n) - min(n) + 1 - len(n) for n in sessions.values())
        made.append(Load(person, name, len(taught), len({day for day, _s, _n in taught}), gaps))
    return sorted(made, key=lambda load: (-load.lessons, load.name))
