"""What the made-up school's past is told from: its periods, who is in which class, who teaches what. Read once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F
from django.utils import timezone

from truongso.people.models import Guardianship, Person, RoleAssignment
from truongso.people.roles import Role
from truongso.roster.models import TeachingAssignment
from truongso.school.models import BellPeriod, SchoolClass, SchoolYear
from truongso.timetable.actions.laying import modes
from truongso.timetable.models import Period, PeriodState

AHEAD = timedelta(days=15)  # so far ahead things are arranged already


@dataclass(slots=True)
class Row:
    """A period, as far as its day has something to tell."""

    id: int
    unit: int
    subject: int
    part: int | None
    person: int | None
    room: int | None
    label: str
    day: date
    shift: str
    number: int
    starts: datetime
    ends: datetime
    mode: str
    state: str = PeriodState.PLANNED.value
    makes_up: int | None = None
    touched: int = 0  # how often it was changed
    stands_in: bool = False  # `person` does, for the teacher who was away

    @property
    def slot(self) -> tuple[date, str, int]:
        return (self.day, self.shift, self.number)

    @property
    def held(self) -> bool:
        return self.state == PeriodState.PLANNED.value


@dataclass(frozen=True, slots=True)
class Klass:
    name: str
    grade: int
    shift: str
    homeroom: int | None


@dataclass(frozen=True, slots=True)
class Pupil:
    person: int
    name: str
    during: tuple[date, date | None]

    def on(self, day: date) -> bool:
        return self.during[0] <= day and (self.during[1] is None or day < self.during[1])


@dataclass(frozen=True, slots=True)
class School:
    year: SchoolYear
    now: datetime
    rows: list[Row]  # from the year's first day to two weeks from now, in order of time
    classes: dict[int, Klass]
    pupils: dict[int, list[Pupil]]
    guardian: dict[int, int]
    able: dict[tuple[int, int | None], list[int]]  # subject and strand → who teaches it
    names: dict[int, str]  # of teachers: chance goes by name, keys differ from school to school
    head: int | None
    deputy: int | None
    hours: dict[tuple[str, int], tuple[time, time]]  # the bells of shift and number
    mode_on: modes

    def span(self, day: date, shift: str, number: int) -> tuple[datetime, datetime]:
        begin, end = (timezone.make_aware(datetime.combine(day, when)) for when in self.hours[shift, number])
        return begin, end

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def past(self) -> list[Row]:
        """What was held and is over."""
        return [row for row in self.rows if row.held and row.ends <= self.now]


def read(year: SchoolYear, today: date) -> School:
    classes = _classes(year, today)
    able: dict[tuple[int, int | None], list[int]] = defaultdict(list)
    teaching = TeachingAssignment.objects.on(today).order_by("person__sort_key", "person_id")
    for subject, part, person in teaching.values_list("subject_id", "part_id", "person_id").distinct():
        able[subject, part].append(person)
    teachers = {person for persons in able.values() for person in persons}
    leaders = dict(
        RoleAssignment.objects.on(today)
        .filter(role__in=[Role.HEAD, Role.DEPUTY])
        .order_by("-person__sort_key")
        .values_list("role", "person_id")
    )
    return School(
        year=year, now=timezone.now(), rows=_rows(year, today), classes=classes, pupils=_pupils(list(classes)),
        guardian=dict(Guardianship.objects.on(today).filter(informed=True).order_by("first_contact", "-pk").values_list("child_id", "guardian_id")),
        able=able, names=dict(Person.objects.filter(pk__in=teachers).values_list("pk", "full_name")),
        head=leaders.get(Role.HEAD), deputy=leaders.get(Role.DEPUTY) or leaders.get(Role.HEAD),
        hours={(b.schedule.shift, b.number): (b.starts, b.ends) for b in BellPeriod.objects.select_related("schedule")},
        mode_on=modes(year.during.lower, year.during.upper),
    )  # fmt: skip


def _rows(year: SchoolYear, today: date) -> list[Row]:
    found = Period.objects.filter(day__range=(year.during.lower, today + AHEAD)).order_by("span", "unit__name")
    columns = found.values_list(
        "id", "unit_id", "subject_id", "part_id", "person_id", "room_id", "label", "day", "shift", "number",
        F("span__startswith"), F("span__endswith"), "mode",
    )  # fmt: skip
    return [Row(*row) for row in columns.iterator(chunk_size=5000)]


def _classes(year: SchoolYear, today: date) -> dict[int, Klass]:
    homeroom = dict(RoleAssignment.objects.on(today).filter(role=Role.HOMEROOM).values_list("unit_id", "person_id"))
    found = SchoolClass.objects.filter(year=year).order_by("grade", "unit__name").select_related("unit")
    return {c.unit_id: Klass(c.unit.name, c.grade, c.shift, homeroom.get(c.unit_id)) for c in found}


def _pupils(units: list[int]) -> dict[int, list[Pupil]]:
    found: dict[int, list[Pupil]] = defaultdict(list)
    rows = RoleAssignment.objects.filter(role=Role.PUPIL, unit__in=units).order_by("person__sort_key", "person_id")
    for unit, person, name, during in rows.values_list("unit_id", "person_id", "person__full_name", "during"):
        found[unit].append(Pupil(person, name, (during.lower, during.upper)))
    return found
