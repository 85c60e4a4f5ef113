"""A version's cells with their names, in the orders in which schools print them. Four queries, whatever the size."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from functools import cached_property

from truongso.people.models import Person, Unit
from truongso.school.models import BellPeriod, SchoolClass, Shift
from truongso.timetable.models import Entry, TimetableVersion

Slot = tuple[int, str, int]  # ISO weekday, shift, number
SHIFTS: tuple[str, ...] = (Shift.MORNING, Shift.AFTERNOON)
WEEK = range(1, 7)  # Monday to Saturday; Sunday only where somebody teaches then


def short_names(people: Iterable[Person]) -> dict[int, str]:
    """What stands in a narrow cell: the given name; with initials where two share it; whole where those are shared too."""
    named = {p.pk: p.full_name.split() for p in people}
    given = Counter(words[-1] for words in named.values())
    lettered = {pk: _lettered(words) for pk, words in named.items()}
    twice = Counter(lettered.values())
    return {
        pk: words[-1] if given[words[-1]] == 1 else (lettered[pk] if twice[lettered[pk]] == 1 else " ".join(words))
        for pk, words in named.items()
    }


def _lettered(words: Sequence[str]) -> str:
    return "".join(f"{word[0]}." for word in words[:-1]) + words[-1]


def subject_of(entry: Entry) -> str:
    """ "KHTN (Vật lí)", "Chào cờ" """
    name: str = entry.label or entry.subject.short_name or entry.subject.name
    return f"{name} ({entry.part.short_name})" if entry.part else name


@dataclass(frozen=True)
class Sheets:
    version: TimetableVersion
    entries: list[Entry]
    classes: list[SchoolClass]
    bells: dict[tuple[int | None, str, int], tuple[time, time]]  # campus or None, shift, number

    @cached_property
    def names(self) -> dict[int, str]:
        return short_names({e.person_id: e.person for e in self.entries if e.person is not None}.values())

    @cached_property
    def by_class(self) -> dict[int, dict[Slot, Entry]]:
        found: dict[int, dict[Slot, Entry]] = defaultdict(dict)
        for e in self.entries:
            found[e.unit_id][e.weekday, e.shift, e.number] = e
        return found

    @cached_property
    def by_teacher(self) -> dict[int, dict[Slot, list[Entry]]]:
        """Joint lessons are several entries in one slot."""
        found: dict[int, dict[Slot, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        for e in self.entries:
            if e.person_id is not None:
                found[e.person_id][e.weekday, e.shift, e.number].append(e)
        return found

    @cached_property
    def teachers(self) -> list[Person]:
        found = {e.person_id: e.person for e in self.entries if e.person is not None}
        return sorted(found.values(), key=lambda p: (p.sort_key, p.pk))

    @property
    def days(self) -> list[int]:
        return [*WEEK, *([7] if any(e.weekday == 7 for e in self.entries) else [])]

    def shifts(self, slots: Iterable[Slot] | None = None) -> list[str]:
        used = {shift for _day, shift, _n in slots} if slots is not None else {e.shift for e in self.entries}
        return [shift for shift in SHIFTS if shift in used]

    def numbers(self, shift: str) -> range:
        """From the first period of the shift to the last that is used or has a bell for everybody."""
        used = [e.number for e in self.entries if e.shift == shift]
        rung = [n for campus, its, n in self.bells if its == shift and campus is None and n <= 5]
        return range(1, max([*used, *rung], default=0) + 1)

    def bell(self, campus_id: int | None, shift: str, number: int) -> tuple[time, time] | None:
        return self.bells.get((campus_id, shift, number)) or self.bells.get((None, shift, number))


def sheets(version: TimetableVersion, units: Sequence[Unit] | None = None, person: Person | None = None) -> Sheets:
    """The whole version; or only these classes', or this teacher's, part of it."""
    entries = version.entries.select_related("unit", "subject", "part", "person", "room")
    if units is not None:
        entries = entries.filter(unit__in=units)
    if person is not None:
        entries = entries.filter(person=person)
    found = list(entries)
    present = {e.unit_id for e in found} if units is None else {u.pk for u in units}
    classes = SchoolClass.objects.filter(unit_id__in=present).select_related("unit", "campus")
    bells = {
        (b.schedule.campus_id, b.schedule.shift, b.number): (b.starts, b.ends)
        for b in BellPeriod.objects.select_related("schedule")
    }
    return Sheets(version, found, list(classes.order_by("grade", "unit__name")), bells)
