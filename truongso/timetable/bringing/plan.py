"""The whole of a file against the school and another timetable: a pure answer to "what would taking it do"."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso.timetable.bringing import clashes, rooms
from truongso.timetable.bringing.clashes import Clash
from truongso.timetable.bringing.lesson import STATUSES, Choice, Lesson, Slot, when
from truongso.timetable.bringing.match import match
from truongso.timetable.bringing.said import Reading
from truongso.timetable.bringing.school import School
from truongso.timetable.bringing.standing import Standing


@dataclass(slots=True)
class Plan:
    lessons: list[Lesson] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    gone: list[Standing] = field(default_factory=list)  # of the other timetable, where the file has nothing
    kept: list[Standing] = field(default_factory=list)  # of these, what is to be carried over
    skipped: int = 0  # cells that people said are no lessons
    repeated: int = 0  # cells that say a lesson again

    def counts(self) -> dict[str, int]:
        found = Counter(one.status for one in self.lessons)
        return {status: found[status] for status in STATUSES}

    def of(self, status: str) -> list[Lesson]:
        return [one for one in self.lessons if one.status == status]

    @property
    def good(self) -> list[Lesson]:
        return [one for one in self.lessons if one.status != "wrong"]

    @property
    def anything(self) -> bool:
        """Would the new timetable differ from the other one?"""
        return any(one.status in {"new", "changed"} for one in self.lessons) or len(self.gone) > len(self.kept)

    def choices(self) -> list[tuple[Choice, int]]:
        """Each question once, with how many cells wait for it; those that free most first."""
        found: dict[str, tuple[Choice, int]] = {}
        for one in self.lessons:
            if one.choice and one.problems:
                before = found.get(one.choice.key, (one.choice, 0))
                found[one.choice.key] = (before[0], before[1] + 1)
        return sorted(found.values(), key=lambda pair: -pair[1])

    def digest(self) -> str:
        said = [(one.key, one.status, one.said.joint) for one in self.lessons]
        return hashlib.sha256(json.dumps([said, [k.slot for k in self.kept]], default=str).encode()).hexdigest()


def make_plan(
    reading: Reading, school: School, standing: Iterable[Standing], answers: Mapping[str, str], *, keep: bool = False
) -> Plan:
    plan = Plan(notes=list(reading.notes))
    found = [lesson for said in reading.lessons if (lesson := match(said, school, answers)) is not None]
    plan.skipped = len(reading.lessons) - len(found)
    plan.lessons, plan.repeated = clashes.merged(found, school)
    if again := plan.repeated:
        plan.notes.append(
            ngettext("%(num)s ô nói lại tiết đã có ở chỗ khác trong tệp.", "%(num)s ô nói lại tiết đã có ở chỗ khác trong tệp.", again)
            % {"num": again}
        )  # fmt: skip
    if plan.skipped:
        plan.notes.append(
            ngettext("Bỏ qua %(num)s ô theo lựa chọn của thầy cô.", "Bỏ qua %(num)s ô theo lựa chọn của thầy cô.", plan.skipped)
            % {"num": plan.skipped}
        )  # fmt: skip
    before = {row.slot: row for row in standing}
    for one in plan.lessons:
        _fill(one, before)
    plan.clashes = clashes.find(plan.lessons, school, answers)
    carried = rooms.carry(plan.lessons, before.values())
    if carried:
        plan.notes.append(
            ngettext("Tệp không ghi phòng của %(num)s tiết: giữ phòng lớp ấy vẫn học môn ấy.", "Tệp không ghi phòng của %(num)s tiết: giữ phòng lớp ấy vẫn học môn ấy.", carried)
            % {"num": carried}
        )  # fmt: skip
    for one in plan.lessons:
        _compare(one, before, school)
    said = {one.slot for one in plan.lessons}
    plan.gone = [row for slot, row in before.items() if slot not in said]
    halves = {(one.unit, one.shift) for one in plan.lessons if one.unit}
    plan.kept = [row for row in plan.gone if keep and (row.slot[0], row.slot[2]) not in halves]
    plan.warnings = [*_bells(plan.lessons, school), *_counts(plan, school), *_of_lessons(plan.lessons)]
    return plan


def _fill(one: Lesson, before: Mapping[Slot, Standing]) -> None:
    """A file that says no room, or leaves a teacher open, takes none away from the same lesson in the same slot."""
    other = before.get(one.slot) if one.slot else None
    if other is None or other.subject != one.subject:
        return
    if one.person is None and not one.said.teacher:
        one.person = other.person
    if one.part is None and not one.label and one.person == other.person:
        one.part, one.label = other.part, other.label
    if one.room is None and not one.said.room and one.person == other.person:
        one.room = other.room


def _compare(one: Lesson, before: Mapping[Slot, Standing], school: School) -> None:
    if one.problems:
        one.status = "wrong"
        return
    other = before.get(one.slot) if one.slot else None
    if other is None:
        one.status = "new"
    elif (other.subject, other.part, other.label, other.person, other.room) == (
        one.subject,
        one.part,
        one.label,
        one.person,
        one.room,
    ):
        one.status = "same"
    else:
        one.status = "changed"
        names = school.teachers.names
        new = ", ".join(filter(None, (one.named, names.get(one.person or 0, ""), school.room_names.get(one.room or 0, ""))))  # fmt: skip
        one.changes.append({"field": "lesson", "old": other.text, "new": new})


def _bells(lessons: Iterable[Lesson], school: School) -> list[str]:
    classes = school.by_id()
    missing = {
        (one.shift, one.said.number) for one in lessons
        if not one.problems and one.unit and not school.span(classes[one.unit], one.shift, one.said.number or 0)
    }  # fmt: skip
    return [
        _("Chưa có giờ của %(when)s, nên chưa áp dụng được. Xin ghi ở trang Giờ vào học.")
        % {"when": when(None, shift, number)}
        for shift, number in sorted(missing, key=str)
    ]


def _counts(plan: Plan, school: School) -> list[str]:
    """Periods a week against the programme, for the classes that the file shows; lessons that are wrong count too."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for one in plan.lessons:
        if one.unit and one.subject:
            found[one.unit][one.subject] += 1
    for row in plan.kept:
        found[row.slot[0]][row.subject] += 1
    classes, subjects = school.by_id(), school.subjects
    said = []
    for unit, counts in sorted(found.items(), key=lambda pair: classes[pair[0]].name):
        grade = classes[unit].grade or 0
        wanted = {pk: school.weekly[pk, grade] for pk in subjects if (pk, grade) in school.weekly}
        off = [
            _("%(subject)s %(have)s/%(want)s") % {"subject": subjects[pk].short_name, "have": counts[pk], "want": want}
            for pk, want in wanted.items()
            if counts[pk] != want and not (subjects[pk].optional and not counts[pk])
        ]
        if off:
            said.append(_("Lớp %(name)s lệch số tiết mỗi tuần so với chương trình: %(subjects)s.") % {"name": classes[unit].name, "subjects": ", ".join(off)})  # fmt: skip
    return said


def _of_lessons(lessons: Iterable[Lesson]) -> list[str]:
    """The same warning of many cells once, with the first places."""
    places: dict[str, list[str]] = defaultdict(list)
    for one in lessons:
        if not one.problems:
            for text in one.warnings:
                places[text].append(f"{one.title} ({one.spot})")
    return [
        f"{text} {', '.join(spots[:3])}{' …' if len(spots) > 3 else ''}"
        + (f" ({len(spots)})" if len(spots) > 3 else "")
        for text, spots in places.items()
    ]
