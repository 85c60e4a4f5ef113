"""Reads for the grid: each the same number of queries for one class and for fifty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.db.models import Q, Subquery

from truongso.people.models import Unit
from truongso.school.models import BellPeriod, SchoolClass, Term
from truongso.timetable.cells import Bells, Content, Held, Key, Line, Slot
from truongso.timetable.models import Entry, TimetableVersion

_FIELDS = (
    "pk", "unit_id", "unit__name", "weekday", "shift", "number", "subject_id", "part_id", "person_id", "room_id", "label",
    "lesson", "subject__name", "subject__short_name", "part__short_name", "person__full_name", "room__name",
)  # fmt: skip


def held(version: TimetableVersion, where: Q | None = None) -> list[Held]:
    """The cells of a version, all or those of a condition: one query."""
    found = Entry.objects.filter(version=version.pk)
    rows = (found.filter(where) if where is not None else found).order_by("weekday", "shift", "number", "unit__name")
    return [_held(row) for row in rows.values_list(*_FIELDS)]


def _held(row: tuple[Any, ...]) -> Held:
    pk, unit_id, unit, weekday, shift, number, *inside = row
    subject_id, part_id, person_id, room_id, label, lesson, subject, short, part, teacher, room = inside
    content = Content(subject_id, part_id, person_id, room_id, label, lesson)
    words = (label or subject, label or part or short, teacher or "", room or "")
    return Held(pk, unit_id, unit, (weekday, shift, number), content, *words)


def at(places: Iterable[Key]) -> Q:
    """The cells at these places."""
    where = Q(pk__in=())
    for unit_id, weekday, shift, number in places:
        where |= Q(unit=unit_id, weekday=weekday, shift=shift, number=number)
    return where


def in_slot(slot: Slot) -> Q:
    return Q(weekday=slot[0], shift=slot[1], number=slot[2])


def around(version: TimetableVersion, entry_id: int) -> list[Held]:
    """All that matters for moving a cell: its class and those taught with it, its teacher's and room's cells, its slot,
    and whoever shares a lesson with the class. The cell and its surroundings: two queries."""
    picked = next(iter(held(version, Q(pk=entry_id))), None)
    if picked is None:
        return []
    together = Entry.objects.filter(in_slot(picked.slot), version=version.pk, lesson=picked.content.lesson)
    return held(version, _near(together.values("unit_id"), picked.content, version) | in_slot(picked.slot))


def around_tray(version: TimetableVersion, unit_id: int, content: Content) -> list[Held]:
    """All that matters for placing a lesson of this class that stands in the tray: one query."""
    return held(version, _near([unit_id], content, version))


def _near(units: Any, content: Content, version: TimetableVersion) -> Q:
    shared = Entry.objects.filter(version=version.pk, unit__in=units).values("lesson")
    where = Q(unit__in=units) | Q(lesson__in=Subquery(shared))
    if content.person_id is not None:
        where |= Q(person=content.person_id)
    if content.room_id is not None:
        where |= Q(room=content.room_id)
    return where


def classes(version: TimetableVersion) -> list[Unit]:
    """The classes that this timetable is for: those of its year, and any that has a cell in it."""
    of_year = SchoolClass.objects.filter(year=version.year_id).values("unit_id")
    used = Entry.objects.filter(version=version.pk).values("unit_id")
    found = Unit.objects.filter(Q(pk__in=of_year) | Q(pk__in=used)).select_related("school_class")
    return sorted(found, key=lambda u: (getattr(u, "school_class", None) is None, *_order(u)))


def _order(unit: Unit) -> tuple[int, str]:
    known = getattr(unit, "school_class", None)
    return (known.grade if known else 0, unit.name)


def bells() -> Bells:
    """(campus or None, shift, number) → begin and end."""
    rows = BellPeriod.objects.values_list("schedule__campus_id", "schedule__shift", "number", "starts", "ends")
    return {(campus, shift, number): (starts, ends) for campus, shift, number, starts, ends in rows}


def lines(bell: Bells, campus: int | None, used: Iterable[Slot]) -> list[Line]:
    """The rows of a grid: every period that has a bell in this campus (else in all), and whatever is used besides."""
    own = {(s, n): times for (c, s, n), times in bell.items() if c == campus}
    everywhere = {(s, n): times for (c, s, n), times in bell.items() if c is None}
    shifts = {s for s, _n in own}
    times = {key: value for key, value in everywhere.items() if key[0] not in shifts} | own
    wanted = set(times) | {(shift, number) for _day, shift, number in used}
    if not wanted:
        wanted = {("am", number) for number in range(1, 6)}
    return [Line(s, n, _clock(times[s, n][0]) if (s, n) in times else "") for s, n in sorted(wanted)]


def _clock(value: time) -> str:
    return f"{value.hour}:{value.minute:02d}"


def weekdays(used: Iterable[Slot]) -> list[int]:
    """Monday to Saturday; Sunday only where it is used."""
    return [1, 2, 3, 4, 5, 6, *([7] if any(slot[0] == 7 for slot in used) else [])]


def term_of(version: TimetableVersion) -> Term | None:
    """The semester whose weekly counts hold for a version: the one it begins in, else the first one after."""
    terms = list(Term.objects.filter(year=version.year_id).order_by("number"))
    first: date = version.during.lower
    return next((t for t in terms if first < t.during.upper), terms[-1] if terms else None)


def slots(bell: Bells, rows: Iterable[Held]) -> list[Slot]:
    """Every slot that any class could use."""
    used = [r.slot for r in rows]
    periods = {(s, n) for _c, s, n in bell} | {(s, n) for _d, s, n in used} or {("am", n) for n in range(1, 6)}
    return [(day, shift, number) for day in weekdays(used) for shift, number in sorted(periods)]
