"""A valid week of a term for the made-up school: every class, no clash, each subject as often as the programme says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from truongso.conditions.models import Room
from truongso.people.models import Unit
from truongso.roster.models import TeachingAssignment
from truongso.school.models import Shift, SubjectGrade, Term
from truongso.timetable.colouring import Lesson, colour
from truongso.timetable.demo.afternoons import Afternoons
from truongso.timetable.demo.decisions import UPPER
from truongso.timetable.models import Entry, TimetableVersion

SALUTE, CLASS_HOUR = (1, 1), (6, 5)  # chào cờ opens the week, sinh hoạt lớp closes it
_DAYS, _NUMBERS = range(1, 7), range(1, 6)
SLOTS = [(day, n) for day in _DAYS for n in _NUMBERS if (day, n) not in {SALUTE, CLASS_HOUR}]
ACTIVITY, ONLINE = "hdtn", ("toan", "tieng-anh")


def entries(version: TimetableVersion, term: Term, today: date) -> list[Entry]:
    """A week of the term for every class: no clash, each subject as often as the programme says."""
    taught: dict[int, dict[int, list[TeachingAssignment]]] = defaultdict(lambda: defaultdict(list))
    found = TeachingAssignment.objects.on(today).filter(unit__school_year=version.year.name)
    for one in found.select_related("unit", "unit__school_class", "subject", "part").order_by("unit", "subject", "pk"):
        taught[one.unit_id][one.subject_id].append(one)
    weekly = {(g.grade, g.subject_id): _weekly(g, term) for g in SubjectGrade.objects.filter(year=version.year)}
    fixed: list[tuple[TeachingAssignment, tuple[int, int], str]] = []
    afternoons = Afternoons()
    wanted: list[TeachingAssignment | None] = []
    lessons: list[Lesson] = []
    for unit_id, subjects in taught.items():
        mine: list[TeachingAssignment] = []
        for subject_id, by in subjects.items():
            count = weekly.get((by[0].unit.school_class.grade, subject_id), 0)
            if by[0].subject.code == ACTIVITY and count >= 2:
                fixed += [(by[0], SALUTE, _("Chào cờ")), (by[0], CLASS_HOUR, _("Sinh hoạt lớp"))]
                count -= 2
            share = _shared(by, count, term.number)
            if by[0].subject.code in ONLINE and by[0].unit.school_class.grade in UPPER and count > 1:
                afternoons.place(share.pop())
            mine += share
        wanted += mine
        lessons += [Lesson(unit_id, one.person_id, one.subject_id) for one in mine]
        empty = len(SLOTS) - len(mine)
        wanted += [None] * empty
        lessons += [Lesson(unit_id, None, None)] * empty
    placed = [
        (one, SLOTS[slot], "") for one, slot in zip(wanted, colour(lessons, len(SLOTS), cost), strict=True) if one
    ]
    rooms = _rooms(list(taught))
    mornings = [_entry(version, one, slot, label, rooms) for one, slot, label in [*fixed, *placed]]
    online = [_entry(version, one, slot, "", {}) for one, slot in afternoons.placed]
    for entry in online:
        entry.shift = Shift.AFTERNOON.value
    return mornings + online


def _weekly(planned: SubjectGrade, term: Term) -> int:
    count: int = planned.weekly_term_1 if term.number == 1 else planned.weekly_term_2
    return count


def _shared(by: Sequence[TeachingAssignment], count: int, turn: int) -> list[TeachingAssignment]:
    """The periods of a subject over its teachers; who has one less in a term comes first in the other."""
    start = 0 if turn == 1 else count % len(by)
    return [by[(start + n) % len(by)] for n in range(count)]


def cost(week: Sequence[Lesson | None]) -> int:
    """How bad a class's week is: a subject three times a day, an empty slot before the end of a morning, doubles."""
    found = 0
    a_day: Counter[tuple[int, object]] = Counter()
    for (day, number), one in zip(SLOTS, week, strict=True):
        if one is None or one.subject is None:
            found += 0 if number == _NUMBERS[-1] else 20
        else:
            a_day[day, one.subject] += 1
    return found + sum(1 if n == 2 else 100 * (n - 2) for n in a_day.values() if n > 1)


def _rooms(units: Sequence[int]) -> dict[int, Room]:
    """Each class in a room of its own, as far as there are rooms."""
    named = Unit.objects.filter(pk__in=units).order_by("name", "pk")
    rooms = Room.objects.in_use().filter(kind="class").order_by("name", "pk")
    return {unit.pk: room for unit, room in zip(named, rooms, strict=False)}


def _entry(
    version: TimetableVersion, one: TeachingAssignment, slot: tuple[int, int], label: str, rooms: Mapping[int, Room]
) -> Entry:
    return Entry(
        version=version, unit_id=one.unit_id, weekday=slot[0], shift=Shift.MORNING, number=slot[1],
        subject_id=one.subject_id, part_id=one.part_id, person_id=one.person_id, room=rooms.get(one.unit_id), label=label,
    )  # fmt: skip
