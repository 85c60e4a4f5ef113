"""A school with classes, teachers, assignments, bells and periods a week, for files to be matched against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from tests.cast import YEAR, Cast, assign, person
from truongso.conditions.models import Room
from truongso.people.models import Person, Role, RoleAssignment, Unit, UnitKind
from truongso.roster.models import TeachingAssignment
from truongso.school.actions.subjects import seed_subjects
from truongso.school.models import (
    BellPeriod,
    BellSchedule,
    SchoolClass,
    SchoolYear,
    Subject,
    SubjectPart,
    Term,
    Week,
)

FIRST = date(2026, 9, 7)


@dataclass
class Made:
    year: SchoolYear
    units: dict[str, Unit]
    people: dict[str, Person]

    def subject(self, code: str) -> Subject:
        return Subject.objects.get(code=code)


def make(cast: Cast) -> Made:
    """6A1, 6A2 and 7A1 in the morning, 8A2 in the afternoon. Two teachers are called Lan: one teaches Toán in 6A1 and 6A2,
    one Văn in 7A1."""
    year = SchoolYear.objects.create(name="2026-2027", during=DateRange(date(2026, 8, 1), date(2027, 8, 1)))
    term = Term.objects.create(year=year, number=1, during=DateRange(FIRST, date(2027, 1, 17)), weeks=18)
    for n in range(18):
        Week.objects.create(year=year, term=term, number=n + 1, first_day=FIRST + timedelta(weeks=n))
    for shift, hour in (("am", 7), ("pm", 13)):
        bells = BellSchedule.objects.create(shift=shift)
        for n in range(1, 6):
            BellPeriod.objects.create(schedule=bells, number=n, starts=time(hour + n - 1), ends=time(hour + n - 1, 45))
    seed_subjects(by=None)
    units = {"7A1": cast.class_7a1, "8A2": cast.class_8a2}
    for name in ("6A1", "6A2"):
        units[name] = Unit.objects.create(kind=UnitKind.CLASS, name=name, school_year=year.name, during=YEAR)
    for name, unit in units.items():
        SchoolClass.objects.create(unit=unit, year=year, grade=int(name[0]), shift="pm" if name == "8A2" else "am")
    people = {"Mai": cast.teacher.person, "Hương": cast.homeroom.person, "Sơn": cast.other_homeroom.person}
    for key, name in (("Lan", "Nguyễn Thị Lan"), ("Lan 2", "Trần Mai Lan"), ("Tuấn", "Lê Anh Tuấn"), ("Hoà", "Phan Thị Hoà"), ("Hoa", "Đỗ Thị Hoa")):  # fmt: skip
        people[key] = person(name)
        RoleAssignment.objects.create(person=people[key], role=Role.TEACHER, during=YEAR)
    RoleAssignment.objects.create(person=people["Lan"], role=Role.HOMEROOM, unit=units["6A1"], during=YEAR)
    made = Made(year, units, people)
    for who, code, part, names in (
        ("Lan", "toan", "", ("6A1", "6A2")), ("Lan 2", "ngu-van", "", ("7A1",)), ("Mai", "toan", "", ("7A1", "8A2")),
        ("Tuấn", "khtn", "Hoá học", ("8A2",)), ("Hương", "khtn", "Vật lí", ("8A2",)), ("Hoa", "ngu-van", "", ("6A1", "6A2")),
        ("Sơn", "gdtc", "", ("6A1", "6A2")),
    ):  # fmt: skip
        for name in names:
            TeachingAssignment.objects.create(
                unit=units[name], subject=made.subject(code), person=people[who], during=YEAR,
                part=SubjectPart.objects.get(subject__code=code, name=part) if part else None,
            )  # fmt: skip
    Room.objects.create(name="Phòng Tin 1")
    return made


__all__ = ["FIRST", "Made", "assign", "make"]
