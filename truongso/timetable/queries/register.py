"""What comes next in the class register: the lesson that the programme proposes for a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from truongso.school.models import SchoolYear
from truongso.timetable.models import Period, PeriodState
from truongso.timetable.queries.lessons import Course, programmes
from truongso.timetable.register_rules import Event, Step, proposals


@dataclass(frozen=True, slots=True)
class Proposed:
    """A lesson of the programme for one period: its nth period of so many, and the number in the year."""

    lesson: int
    title: str
    nth: int
    of: int
    ordinal: int

    @classmethod
    def at(cls, step: Step) -> Proposed:
        lesson = step.lesson
        return cls(lesson.id, lesson.title, step.nth, lesson.periods, step.ordinal)

    @property
    def place(self) -> str:
        """tiết 2 trong 3 (tiết 46 của chương trình)"""
        which = _("tiết %(nth)d trong %(of)d") % {"nth": self.nth, "of": self.of} if self.of > 1 else ""
        year = _("tiết %(n)d của chương trình") % {"n": self.ordinal}
        return f"{which} ({year})" if which else year


def next_lesson(unit_id: int, subject_id: int, part_id: int | None, before: Period) -> Proposed | None:
    """The lesson after the last taught one by the register, for a period of the class at the time of `before`; None where
    the class's grade has no programme in use, or all of it is taught."""
    course = (unit_id, subject_id)
    taught_by = programmes([course]).get(course)
    if taught_by is None:
        return None
    earlier = _of_year({course}, before.day).filter(span__startswith__lt=before.span.lower).exclude(pk=before.pk)
    events = [*_events(earlier)[course], Event(0, part_id)]
    step = proposals(taught_by.lessons, events).get(0)
    return Proposed.at(step) if step else None


def proposed_for(periods: Iterable[Period]) -> dict[int, Proposed]:
    """period id → what it would teach, for periods that nobody signed: four queries, however many periods."""
    asked = list(periods)
    courses = {(p.unit_id, p.subject_id) for p in asked}
    taught_by = programmes(courses)
    asked = [p for p in asked if (p.unit_id, p.subject_id) in taught_by]
    if not asked:
        return {}
    found: dict[int, Proposed] = {}
    rows = _of_year({(p.unit_id, p.subject_id) for p in asked}, min(p.day for p in asked), max(p.day for p in asked))
    wanted = {p.pk for p in asked}
    for course, events in _events(rows).items():
        if course in taught_by:
            steps = proposals(taught_by[course].lessons, events)
            found |= {pk: Proposed.at(step) for pk, step in steps.items() if pk in wanted}
    return found


def _of_year(courses: Collection[Course], day: date, last: date | None = None) -> QuerySet[Period]:
    """The periods to be held of these classes and subjects, from the beginning of the day's school year."""
    found = Period.objects.filter(
        state=PeriodState.PLANNED, unit__in={unit for unit, _s in courses},
        subject__in={subject for _u, subject in courses}, day__lte=last or day,
    )  # fmt: skip
    year = SchoolYear.objects.on(day).values_list("during", flat=True).first()
    return found.filter(day__gte=year.lower) if year else found


def _events(found: QuerySet[Period]) -> dict[Course, list[Event]]:
    """In order of time."""
    events: dict[Course, list[Event]] = defaultdict(list)
    rows = found.order_by("span", "pk").values_list(
        "pk", "unit_id", "subject_id", "part_id", "register__pk", "register__lesson_id"
    )
    for pk, unit, subject, part, note, lesson in rows:
        events[unit, subject].append(Event(pk, part, note is not None, lesson))
    return events
