"""A school year of four weeks in the future, and a small published timetable in it."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.cast import Cast
from truongso.people.actor import Actor, actor_for
from truongso.school.models import BellPeriod, BellSchedule, SchoolYear, Subject, Term, Week
from truongso.timetable.actions import versions
from truongso.timetable.models import TimetableVersion

MONDAY = date(2030, 9, 2)  # a coming year, so that nothing is past
TOAN, VAN = "toan", "van"


@pytest.fixture
def head(cast: Cast) -> Actor:
    return actor_for(cast.head)


@pytest.fixture
def year(cast: Cast) -> SchoolYear:
    made = SchoolYear.objects.create(name="2030-2031", during=DateRange(date(2030, 8, 1), date(2031, 7, 31)))
    term = Term.objects.create(year=made, number=1, during=DateRange(MONDAY, date(2031, 1, 11)), weeks=4)
    for number in range(4):
        Week.objects.create(year=made, term=term, number=number + 1, first_day=MONDAY + timedelta(weeks=number))
    bells = BellSchedule.objects.create(shift="am")
    for number in range(1, 6):
        BellPeriod.objects.create(schedule=bells, number=number, starts=time(6 + number), ends=time(6 + number, 45))
    for code, name in ((TOAN, "Toán"), (VAN, "Ngữ văn")):
        Subject.objects.get_or_create(code=code, defaults={"name": name, "short_name": name})
    return made


@pytest.fixture
def published(cast: Cast, head: Actor, year: SchoolYear) -> TimetableVersion:
    """Toán of 8A2 on Mondays and Wednesdays (period 1), Văn of 7A1 on Mondays (period 2), all by Mai: 4 weeks, 12 periods."""
    version = versions.create_version(by=head, year=year, name="Số 1", first=MONDAY)
    put(head, version, cast.class_8a2, 1, 1, TOAN, cast.teacher)
    put(head, version, cast.class_8a2, 3, 1, TOAN, cast.teacher)
    put(head, version, cast.class_7a1, 1, 2, VAN, cast.teacher)
    assert versions.publish_version(by=head, version=version).made == 12
    version.refresh_from_db()
    return version


def put(by: Actor, version: TimetableVersion, unit: object, weekday: int, number: int, code: str, who: object) -> None:
    versions.put_entry(
        by=by, version=version, unit=unit, weekday=weekday, shift="am", number=number,  # type: ignore[arg-type]
        subject=Subject.objects.get(code=code), person=who.person,  # type: ignore[attr-defined]
    )  # fmt: skip
