"""Whose week staff can look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from truongso.conditions.models import Room
from truongso.people import queries as people
from truongso.people.models import Person
from truongso.timetable.models import Entry, VersionState


@dataclass(frozen=True, slots=True)
class Others:
    classes: Sequence[tuple[int, str]]
    teachers: Sequence[tuple[int, str]]
    rooms: Sequence[tuple[int, str]]


def others(day: date) -> Others:
    """The classes of the day, and the teachers and rooms of published timetables: three queries."""
    entries = Entry.objects.filter(version__state=VersionState.PUBLISHED, version__during__contains=day)
    teachers = Person.objects.filter(pk__in=entries.values("person_id")).order_by("sort_key", "pk")
    rooms = Room.objects.filter(pk__in=entries.values("room_id")).order_by("name")
    return Others(
        list(people.classes(day).values_list("pk", "name")),
        list(teachers.values_list("pk", "full_name")),
        list(rooms.values_list("pk", "name")),
    )
