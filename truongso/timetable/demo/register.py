"""The class registers of the past: lines signed by teachers, weeks by the homeroom teacher and the head."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from truongso.lib.dice import Dice
from truongso.school.models import Subject, SubjectPart
from truongso.timetable.demo import words
from truongso.timetable.demo.held import Row, School
from truongso.timetable.layout import monday
from truongso.timetable.queries.lessons import programmes
from truongso.timetable.register_rules import Event, Step, proposals

FORGETFUL, OPEN_WEEKS, YEAR = 12, 2, 35
HARD = {"Tốt": 40, "Khá": 44, "Đạt": 13, "Chưa đạt": 3}
GOOD = {"Tốt": 70, "Khá": 25, "Đạt": 4, "Chưa đạt": 1}


@dataclass(frozen=True, slots=True)
class Line:
    row: Row
    lesson: int | None
    ordinal: int | None
    text: str
    remarks: str
    rating: str
    homework: str
    due: date | None
    at: datetime


def lines(school: School) -> Iterator[Line]:
    """About 96 in a hundred of what was held; some teachers still owe their lines of last week and today."""
    steps, texts = _steps(school), _Texts(school)
    dice = {person: Dice(f"register {name}") for person, name in school.names.items()}
    forgets = {person for person, name in school.names.items() if Dice(f"forgets {name}").chance(FORGETFUL)}
    good = {unit: Dice(f"manners {known.name}").chance(60) for unit, known in school.classes.items()}
    lately = monday(school.today) - timedelta(days=7)
    next_day = _next_days(school)
    for row in school.past:
        if row.person is None or row.person not in dice:
            continue
        die, text = dice[row.person], texts.of(row)
        share = 50 if row.person in forgets and row.day >= lately else 97
        if not die.chance(min(share, 60) if row.day == school.today else share):
            continue
        step = steps.get(row.id)
        rating = die.weighed(GOOD if good[row.unit] else HARD)
        homework = die.pick(words.HOMEWORK) if not row.label and die.chance(55) else ""
        yield Line(
            row, step.lesson.id if step else None, step.ordinal if step else None, _title(step) if step else text,
            die.pick(words.REMARKS[rating]) if die.chance(45) else "", rating, homework,
            next_day.get(row.id) if homework else None,
            min(row.ends + timedelta(minutes=die.below(180)), school.now),
        )  # fmt: skip


def _title(step: Step) -> str:
    return f"{step.lesson.title} (tiết {step.nth})" if step.lesson.periods > 1 else step.lesson.title


def _steps(school: School) -> dict[int, Step]:
    """The programme's lesson of each past period, as the register would propose it when every line was signed."""
    events: dict[tuple[int, int], list[Event]] = defaultdict(list)
    for row in school.past:
        events[row.unit, row.subject].append(Event(row.id, row.part))
    taught_by = programmes(events.keys())
    return {
        key: step
        for course, taught in taught_by.items()
        for key, step in proposals(taught.lessons, events[course]).items()
    }


def _next_days(school: School) -> dict[int, date]:
    """Of each period, the day of the next one of its class and subject."""
    found: dict[int, date] = {}
    later: dict[tuple[int, int, int | None], date] = {}
    for row in reversed(school.rows):
        course = (row.unit, row.subject, row.part)
        if row.held:
            day = later.get(course)
            if day is not None and day > row.day:
                found[row.id] = day
            later[course] = row.day
    return found


class _Texts:
    """The next lesson of a class in a subject without a programme; a list of words spread over the year."""

    def __init__(self, school: School) -> None:
        codes = dict(Subject.objects.values_list("id", "code"))
        strands = dict(SubjectPart.objects.values_list("id", "short_name"))
        self.counts: Counter[tuple[int, int, int | None]] = Counter()
        self.names = {
            (s, p): (codes[s], strands.get(p, "") if p else "") for s, p in {(r.subject, r.part) for r in school.past}
        }
        weeks = len({monday(row.day) for row in school.past}) or 1
        self.pace = Counter((row.unit, row.subject, row.part) for row in school.past)
        self.through = weeks / YEAR

    def of(self, row: Row) -> str:
        course = (row.unit, row.subject, row.part)
        done, self.counts[course] = self.counts[course], self.counts[course] + 1
        found = words.LESSONS.get(self.names[row.subject, row.part]) or words.LESSONS.get(
            (self.names[row.subject, row.part][0], "")
        )
        if row.label:
            found = words.SALUTE if row.number == 1 else words.CLASS_HOUR
        if not found:
            return "Theo kế hoạch của tổ"
        if row.label:
            return found[done // 2 % len(found)]
        at = done / max(self.pace[course], 1) * self.through * len(found)
        return found[min(int(at), len(found) - 1)]


@dataclass(frozen=True, slots=True)
class Week:
    unit: int
    monday: date
    remarks: str
    homeroom: tuple[int, datetime] | None
    head: tuple[int, datetime] | None


def weeks(school: School) -> Iterator[Week]:
    """Of the last two weeks that are over the head has signed none, and some homeroom teachers the earlier one."""
    over = sorted({monday(row.day) for row in school.past if monday(row.day) + timedelta(days=7) <= school.today})
    for place, first in enumerate(over):
        open_still = place - (len(over) - OPEN_WEEKS)
        for unit, known in school.classes.items():
            dice = Dice(f"week {known.name} {first}")
            if open_still > 0 or (open_still == 0 and not dice.chance(60)) or known.homeroom is None:
                continue
            at = timezone.make_aware(datetime.combine(first + timedelta(days=5), time(11, 25 + dice.below(30))))
            head = (
                (school.head, at + timedelta(days=2, hours=dice.between(1, 9)))
                if school.head and open_still < 0
                else None
            )
            remarks = dice.pick(words.WEEK_REMARKS) if dice.chance(70) else ""
            yield Week(unit, first, remarks, (known.homeroom, at), head)
