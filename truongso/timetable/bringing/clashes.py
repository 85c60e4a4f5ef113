"""Lessons of one file that cannot all be: two in one slot of a class, of a teacher, of a room, or at times that overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from django.utils.translation import gettext as _

from truongso.timetable.bringing.lesson import Choice, Lesson
from truongso.timetable.bringing.school import School

Span = tuple[time, time]


@dataclass(slots=True)
class Clash:
    kind: str  # class, teacher, room, time
    who: str
    lessons: list[Lesson]
    text: str


def merged(lessons: list[Lesson], school: School) -> tuple[list[Lesson], int]:
    """The same lesson said twice (class by class and teacher by teacher, subgroup by subgroup) is one; what one place
    leaves open the other fills. Gives how many were said again."""
    kept: list[Lesson] = []
    seen: dict[object, Lesson] = {}
    for lesson in lessons:
        first = seen.setdefault((lesson.slot, lesson.subject), lesson)
        if lesson.slot is None or lesson.subject is None or first is lesson or not _same(first, lesson, school):
            kept.append(lesson)
    return kept, len(lessons) - len(kept)


def _same(first: Lesson, again: Lesson, school: School) -> bool:
    """Does `again` say nothing against `first`? If so `first` takes what only `again` says: also who "Lan" is."""
    if first.problems and not again.problems:
        if any(p.field != "teacher" for p in first.problems) or again.person not in school.teachers.find(
            first.said.teacher
        ):
            return False
        first.problems, first.choice = [], None
    for name in ("part", "person", "room"):
        a, b = getattr(first, name), getattr(again, name)
        if a is not None and b is not None and a != b:
            return False
    for name in ("part", "part_name", "person", "room"):
        setattr(first, name, getattr(first, name) or getattr(again, name))
    first.said.joint = first.said.joint or again.said.joint
    return True


def find(lessons: Iterable[Lesson], school: School, answers: Mapping[str, str]) -> list[Clash]:
    """Every clash; its lessons become wrong, because which of them is right is not for a program to say."""
    good = [one for one in lessons if not one.problems and one.slot is not None]
    found: list[Clash] = []
    for two in _by(good, lambda one: one.slot).values():
        text = _("Lớp %(name)s có hai tiết vào %(when)s: %(lessons)s.")
        found.append(_clash("class", two[0].class_name, two, text))
    found += _once(good, "teacher", school, answers)
    found += _once(good, "room", school, answers)
    for clash in found:
        _spoil(clash)
    good = [one for one in good if not one.problems]
    late = _overlapping(good, school)
    for clash in late:
        _spoil(clash)
    return [*found, *late]


def _by(lessons: Iterable[Lesson], key: Callable[[Lesson], object]) -> dict[object, list[Lesson]]:
    groups: dict[object, list[Lesson]] = defaultdict(list)
    for one in lessons:
        groups[key(one)].append(one)
    return {k: v for k, v in groups.items() if len(v) > 1}


def _once(good: list[Lesson], kind: str, school: School, answers: Mapping[str, str]) -> list[Clash]:
    """A teacher or a room in one slot, for more than one lesson."""
    what = "person" if kind == "teacher" else "room"
    found = []
    having = [one for one in good if getattr(one, what) is not None]
    for group in _by(having, lambda one: (getattr(one, what), (one.slot or ())[1:])).values():
        if len({one.unit for one in group}) < 2 or _together(group, answers):
            continue
        pk = getattr(group[0], what)
        if kind == "teacher":
            who, text = school.teachers.names[pk], _("%(name)s dạy nhiều lớp cùng lúc vào %(when)s: %(lessons)s.")
        else:
            who, text = school.room_names[pk], _("Phòng %(name)s có nhiều lớp cùng lúc vào %(when)s: %(lessons)s.")
        clash = _clash(kind, who, group, text)
        if len({one.subject for one in group}) == 1:
            choice = Choice(joint_key(group), clash.text, (("yes", _("Các lớp này học chung")),))
            for one in group:
                one.choice = one.choice or choice
        found.append(clash)
    return found


def joint_key(group: list[Lesson]) -> str:
    _unit, weekday, shift, number = group[0].slot or (0, 0, "", 0)
    return f"j|{weekday}{shift}{number}|{group[0].subject}|{'+'.join(str(u) for u in sorted({one.unit or 0 for one in group}))}"


def _together(group: list[Lesson], answers: Mapping[str, str]) -> bool:
    """Taught together: the file says so by one activity or one merged cell, or people have said it."""
    if len({one.said.joint or id(one) for one in group}) == 1:
        return True
    if answers.get(joint_key(group)) == "yes":
        for one in group:
            one.said.joint = joint_key(group)
        return True
    return False


def _clash(kind: str, who: str, group: list[Lesson], text: str) -> Clash:
    lessons = ", ".join(f"{one.title} ({one.spot})" for one in group)
    said = text % {"name": who, "when": group[0].when, "lessons": lessons}
    return Clash(kind, who, group, said)


def _overlapping(good: list[Lesson], school: School) -> list[Clash]:
    """Periods of different number or shift whose bells overlap, for one teacher, class or room on one day."""
    classes = school.by_id()
    timed = [
        (one, span) for one in good if (span := school.span(classes[one.unit or 0], one.shift, one.said.number or 0))
    ]
    found = []
    for kind, what in (("teacher", "person"), ("class", "unit"), ("room", "room")):
        groups = defaultdict(list)
        for one, span in timed:
            if getattr(one, what) is not None:
                groups[getattr(one, what), one.said.weekday].append((span, one))
        for (pk, _weekday), rows in groups.items():
            rows.sort(key=lambda row: (row[0], row[1].said.row))
            for (span, a), (later, b) in pairwise(rows):
                if later[0] < span[1] and (a.shift, a.said.number) != (b.shift, b.said.number):
                    who = (
                        school.teachers.names[pk]
                        if kind == "teacher"
                        else a.class_name
                        if kind == "class"
                        else school.room_names[pk]
                    )
                    found.append(Clash("time", who, [a, b], _overlap(who, a, b, span, later)))
    return found


def _overlap(who: str, a: Lesson, b: Lesson, one: Span, two: Span) -> str:
    return _("%(name)s: %(first)s (%(a)s, %(a_when)s) và %(second)s (%(b)s, %(b_when)s) trùng giờ nhau.") % {
        "name": who, "first": f"{a.title} ({a.spot})", "second": f"{b.title} ({b.spot})", "a_when": a.when, "b_when": b.when,
        "a": f"{one[0]:%H:%M}–{one[1]:%H:%M}", "b": f"{two[0]:%H:%M}–{two[1]:%H:%M}",
    }  # fmt: skip


def _spoil(clash: Clash) -> None:
    for one in clash.lessons:
        one.wrong({"time": "time"}.get(clash.kind, clash.kind), clash.text)
