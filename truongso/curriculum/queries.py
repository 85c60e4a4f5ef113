"""Reads of programmes. Archived topics, lessons and outcomes are left out unless said otherwise."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from truongso.curriculum.compare import Present
from truongso.curriculum.models import Lesson, Outcome, Programme, ProgrammeState, Topic
from truongso.curriculum.rules import Sight
from truongso.school.models import SchoolYear, Subject, SubjectGrade


def programme_for(subject: Subject, grade: int, year: SchoolYear) -> Programme | None:
    return Programme.objects.select_related("subject", "year").filter(subject=subject, grade=grade, year=year).first()


@dataclass(frozen=True, slots=True)
class Placed:
    """A lesson with the numbers of its periods in the year, both included: 13 to 15."""

    lesson: Lesson
    first: int
    last: int

    @property
    def numbers(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def lessons_in_order(programme: Programme) -> list[Placed]:
    """The programme's lessons in the order they are taught: one query."""
    found, first = [], 1
    for lesson in _lessons(programme):
        found.append(Placed(lesson, first, first + lesson.periods - 1))
        first += lesson.periods
    return found


def _lessons(programme: Programme) -> QuerySet[Lesson]:
    return (
        Lesson.objects.filter(topic__programme=programme, archived_at=None, topic__archived_at=None)
        .select_related("topic", "part")
        .order_by("topic__order", "topic_id", "order", "pk")
    )


def lesson_at(programme: Programme, number: int) -> Placed | None:
    """The lesson to which period `number` of the year belongs; None past the end."""
    return next((p for p in lessons_in_order(programme) if p.first <= number <= p.last), None)


def outcomes_of(lesson: Lesson) -> QuerySet[Outcome]:
    return lesson.outcomes.filter(archived_at=None).order_by("order", "pk")


@dataclass(frozen=True, slots=True)
class TopicRows:
    topic: Topic
    lessons: tuple[tuple[Placed, tuple[Outcome, ...]], ...]

    @property
    def periods(self) -> int:
        return sum(placed.lesson.periods for placed, _ in self.lessons)


def outline(programme: Programme) -> list[TopicRows]:
    """Topics with their lessons and outcomes: three queries, however long."""
    outcomes: dict[int, list[Outcome]] = defaultdict(list)
    live = Outcome.objects.filter(lesson__topic__programme=programme, archived_at=None).order_by("order", "pk")
    for outcome in live:
        outcomes[outcome.lesson_id].append(outcome)
    lessons: dict[int, list[Placed]] = defaultdict(list)
    for placed in lessons_in_order(programme):
        lessons[placed.lesson.topic_id].append(placed)
    topics = programme.topics.filter(archived_at=None).select_related("part").order_by("order", "pk")
    return [TopicRows(topic, tuple((p, tuple(outcomes[p.lesson.pk])) for p in lessons[topic.pk])) for topic in topics]


@dataclass(frozen=True, slots=True)
class Row:
    """A subject in a grade: what the year's plan gives it, and what its programme holds."""

    subject: Subject
    grade: int
    planned: int  # SubjectGrade.periods
    programme: Programme | None
    held: int  # periods of its lessons

    @property
    def fits(self) -> bool:
        return self.programme is not None and self.held == self.planned


def overview(year: SchoolYear) -> list[Row]:
    """Every subject and grade of a year in order: three queries."""
    live = Q(topics__archived_at=None, topics__lessons__archived_at=None)
    programmes = {
        (p.subject_id, p.grade): p
        for p in Programme.objects.filter(year=year).annotate(held=Sum("topics__lessons__periods", filter=live))
    }
    rows = []
    for planned in SubjectGrade.objects.filter(year=year).select_related("subject").order_by("subject__order", "grade"):
        programme = programmes.get((planned.subject_id, planned.grade))
        held = getattr(programme, "held", 0) or 0
        rows.append(Row(planned.subject, planned.grade, planned.periods, programme, held))
    return rows


def planned_periods(programme: Programme) -> int | None:
    found = SubjectGrade.objects.filter(year=programme.year_id, subject=programme.subject_id, grade=programme.grade)
    return found.values_list("periods", flat=True).first()


def year_for(day: date) -> SchoolYear | None:
    """The year whose programmes are shown: the present one, else the newest."""
    return SchoolYear.objects.on(day).first() or SchoolYear.objects.order_by("-name").first()


def present_lessons(programme: Programme) -> list[Present]:
    """The programme's lessons as a draft is compared with them."""
    return [
        Present(
            placed.lesson.pk, rows.topic.pk, rows.topic.title, placed.lesson.title, placed.lesson.periods,
            placed.lesson.kind, placed.lesson.week_hint, str(placed.lesson.part or ""), tuple(o.text for o in outcomes),
            placed.lesson.imported,
        )
        for rows in outline(programme)
        for placed, outcomes in rows.lessons
    ]  # fmt: skip


def overview_for(year: SchoolYear, seen: Sight) -> list[Row]:
    """The rows of a year that somebody sees: pupils and families those that are in use in their grades."""
    return [
        row
        for row in overview(year)
        if seen.sees(
            row.subject.pk, row.grade, in_use=row.programme is not None and row.programme.state == ProgrammeState.IN_USE
        )
    ]


def by_subject(rows: list[Row]) -> list[tuple[Subject, dict[int, Row]]]:
    """[(subject, {grade: row})] in the subjects' order."""
    found: dict[int, tuple[Subject, dict[int, Row]]] = {}
    for row in rows:
        found.setdefault(row.subject.pk, (row.subject, {}))[1][row.grade] = row
    return list(found.values())


def programme_before(subject: Subject, grade: int, year: SchoolYear) -> Programme | None:
    """The newest programme of an earlier year that holds lessons."""
    found = Programme.objects.filter(
        subject=subject, grade=grade, year__name__lt=year.name, topics__lessons__archived_at=None
    )
    return found.select_related("subject", "year").order_by("-year__name").first()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A topic or lesson that was put away: its key on the page, and what it is called."""

    key: str
    title: str
    text: str


def dropped(programme: Programme) -> list[Dropped]:
    """What was put away and can be taken back, newest first: two queries."""
    topics = programme.topics.exclude(archived_at=None).order_by("-archived_at")[:50]
    lessons = Lesson.objects.filter(topic__programme=programme).exclude(archived_at=None).select_related("topic")
    found = [Dropped(f"topic-{t.pk}", t.title, "") for t in topics]
    return found + [Dropped(f"lesson-{x.pk}", x.title, x.topic.title) for x in lessons.order_by("-archived_at")[:50]]
