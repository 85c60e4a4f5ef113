"""What Annex I of CV 5512 says of one programme, gathered for print: the Word file and the workbook set the same rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from truongso.curriculum import queries
from truongso.curriculum.annex.draft import kind_of
from truongso.curriculum.models import LessonKind, PeriodicTest, Programme, Resource
from truongso.lib import vi
from truongso.people.models import RoleAssignment
from truongso.people.roles import Role
from truongso.roster.models import StaffRecord, TeachingAssignment
from truongso.school.models import GroupSubject, SchoolClass
from truongso.school.queries import profile

# As annexes print them, and as `draft.read` understands them.
KINDS = {
    LessonKind.LESSON: "bài học",
    LessonKind.PRACTICE: "thực hành",
    LessonKind.REVIEW: "ôn tập",
    LessonKind.TEST: "kiểm tra",
}
LEVELS = (("cao đẳng", ("cao dang",)), ("đại học", ("dai hoc", "cu nhan")), ("trên đại học", ("thac si", "tien si", "sau dai hoc", "tren dai hoc")))  # fmt: skip
STANDARDS = (("Tốt", "tot"), ("Khá", "kha"), ("Đạt", "dat"), ("Chưa đạt", "chua dat"))


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A lesson, or a topic's heading (`number` is 0) with the sum of its periods."""

    number: int
    title: str
    periods: int
    outcomes: tuple[str, ...] = ()
    week: str = ""
    kind: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class AnnexOne:
    school: str
    group: str
    subject: str
    grade: int
    year: str
    classes: int
    pupils: int
    teachers: int
    levels: tuple[tuple[str, int], ...]
    standards: tuple[tuple[str, int], ...]
    rows: tuple[PlanRow, ...]
    tests: tuple[tuple[str, str, str, str, str], ...]
    devices: tuple[Resource, ...]
    rooms: tuple[Resource, ...]
    place: str
    group_head: str
    head: str

    @property
    def more(self) -> tuple[tuple[str, str], ...]:
        """The columns beyond the official four that this programme needs, by the name of PlanRow's field."""
        wanted = (("week", "Thời điểm"), ("kind", "Loại bài"), ("part", "Phân môn"))
        return tuple((field, label) for field, label in wanted if any(getattr(r, field) for r in self.rows))

    @property
    def periods(self) -> int:
        return sum(r.periods for r in self.rows if r.number)


def annex_one(programme: Programme, today: date) -> AnnexOne:
    """Everything the annex prints, in a dozen queries however long the programme is."""
    day = _within(programme, today)
    units = list(SchoolClass.objects.filter(year=programme.year, grade=programme.grade).values_list("unit", flat=True))
    pupils = RoleAssignment.objects.on(day).filter(role=Role.PUPIL, unit__in=units).count()
    link = GroupSubject.objects.filter(subject=programme.subject_id).select_related("group").first()
    staff = _teachers(programme, day)
    resources = list(programme.resources.all())
    school = profile()
    return AnnexOne(
        school.name, link.group.name if link else "", programme.subject.name, programme.grade, programme.year.name,
        len(units), pupils, len(staff), _levels(staff), _standards(staff), _rows(programme),
        tuple(_test(t) for t in programme.tests.all()),
        tuple(r for r in resources if r.kind == Resource.Kind.DEVICE),
        tuple(r for r in resources if r.kind == Resource.Kind.ROOM),
        school.place,
        _holder(RoleAssignment.objects.on(day).filter(role=Role.GROUP_HEAD, unit=link.group)) if link else "",
        _holder(RoleAssignment.objects.on(day).filter(role=Role.HEAD)),
    )  # fmt: skip


def _within(programme: Programme, today: date) -> date:
    first: date = programme.year.during.lower
    last: date = programme.year.during.upper - timedelta(days=1)
    return min(max(today, first), last)


def _holder(found: QuerySet[RoleAssignment]) -> str:
    row = found.filter(delegated_from=None).select_related("person").first()
    return row.person.full_name if row else ""


def _teachers(programme: Programme, day: date) -> list[StaffRecord | None]:
    """Who teaches the subject now, in any grade; None for somebody without a record."""
    teaching = TeachingAssignment.objects.on(day).filter(subject=programme.subject_id)
    ids = set(teaching.values_list("person_id", flat=True))
    records = {r.person_id: r for r in StaffRecord.objects.filter(person_id__in=ids)}
    return [records.get(i) for i in ids]


def _levels(staff: list[StaffRecord | None]) -> tuple[tuple[str, int], ...]:
    said = [vi.fold(r.qualification) if r else "" for r in staff]
    above = LEVELS[2][1]

    def is_of(text: str, words: tuple[str, ...]) -> bool:
        return any(w in text for w in words) and (words is above or not any(w in text for w in above))

    return tuple((label, sum(is_of(text, words) for text in said)) for label, words in LEVELS)


def _standards(staff: list[StaffRecord | None]) -> tuple[tuple[str, int], ...]:
    said = [vi.fold(r.standard) if r else "" for r in staff]
    return tuple((label, sum(text == word for text in said)) for label, word in STANDARDS)


def _rows(programme: Programme) -> tuple[PlanRow, ...]:
    found: list[PlanRow] = []
    outline = queries.outline(programme)
    odd = any(p.lesson.kind != kind_of(p.lesson.title) for t in outline for p, _ in t.lessons)
    number = 0
    for topic in outline:
        found.append(PlanRow(0, topic.topic.title, topic.periods))
        for placed, outcomes in topic.lessons:
            number += 1
            lesson = placed.lesson
            found.append(
                PlanRow(
                    number, lesson.title, lesson.periods, tuple(o.text for o in outcomes), lesson.week_hint,
                    KINDS[LessonKind(lesson.kind)] if odd else "", lesson.part.name if lesson.part else "",
                )
            )  # fmt: skip
    return tuple(found)


def _test(row: PeriodicTest) -> tuple[str, str, str, str, str]:
    name = f"{'Cuối' if row.final else 'Giữa'} Học kì {row.term}"
    return name, f"{row.minutes} phút" if row.minutes else "", row.when, row.outcomes, row.form


def bullets(outcomes: tuple[str, ...]) -> str:
    """One line an outcome, each with its mark."""
    return "\n".join("- " + re.sub(r"[\r\n]+", " ", text) for text in outcomes)
