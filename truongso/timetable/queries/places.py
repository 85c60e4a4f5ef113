"""When a period could be held instead: two weeks of slots, each free or with what stands in its way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from truongso.school.models import BellPeriod, SchoolClass
from truongso.timetable import words
from truongso.timetable.layout import Span, monday
from truongso.timetable.models import Period, PeriodState
from truongso.timetable.queries.calendar import teaching_days

WEEKS = 2


@dataclass(frozen=True, slots=True)
class Place:
    day: date
    shift: str
    number: int
    free: bool
    short: str = ""  # two or three letters for a phone
    said: str = ""  # what stands in the way, in full

    @property
    def value(self) -> str:
        return f"{self.day.isoformat()} {self.shift} {self.number}"


@dataclass(frozen=True, slots=True)
class Line:
    shift: str
    number: int
    places: list[Place] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grid:
    days: list[date]
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who must be free together, and which period it is about."""

    unit_id: int
    person_id: int | None
    room_id: int | None
    but: int = 0


def places(wanted: Wanted, first: date, now: datetime) -> list[Grid]:
    """The weeks from first's Monday, Monday to Saturday: seven queries, however full they are."""
    start = monday(first)
    end = start + timedelta(weeks=WEEKS) - timedelta(days=1)
    weeks = _Weeks(wanted, now, set(teaching_days(start, end)), list(_busy(wanted, start, end)))
    bells = _bells(wanted.unit_id)
    grids = []
    for week in range(WEEKS):
        days = [start + timedelta(weeks=week, days=n) for n in range(6)]
        lines = [
            Line(shift, number, [weeks.place(day, shift, number, times) for day in days])
            for (shift, number), times in bells.items()
        ]
        grids.append(Grid(days, lines))
    return grids


def _bells(unit_id: int) -> dict[tuple[str, int], tuple[time, time]]:
    """In the order of the day; the campus's own bells go before those of all."""
    campus = SchoolClass.objects.filter(unit_id=unit_id).values_list("campus_id", flat=True).first()
    found: dict[tuple[str, int], tuple[time, time]] = {}
    rows = BellPeriod.objects.filter(Q(schedule__campus=None) | Q(schedule__campus=campus)).select_related("schedule")
    for row in sorted(rows, key=lambda r: (r.schedule.shift, r.number, r.schedule.campus_id is not None)):
        found[row.schedule.shift, row.number] = (row.starts, row.ends)
    return found


def _span(day: date, times: tuple[time, time]) -> Span:
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(day, times[0], zone), datetime.combine(day, times[1], zone)


def _busy(wanted: Wanted, first: date, last: date) -> Iterable[Period]:
    who = Q(unit_id=wanted.unit_id)
    if wanted.person_id:
        who |= Q(person_id=wanted.person_id)
    if wanted.room_id:
        who |= Q(room_id=wanted.room_id)
    found = Period.objects.filter(who, day__range=(first, last), state=PeriodState.PLANNED)
    return found.select_related("unit", "subject", "part")


@dataclass(frozen=True, slots=True)
class _Weeks:
    wanted: Wanted
    now: datetime
    taught: set[date]
    busy: list[Period]

    def place(self, day: date, shift: str, number: int, times: tuple[time, time]) -> Place:
        if day not in self.taught:
            return Place(day, shift, number, False, "–", _("ngày nghỉ"))
        span = _span(day, times)
        if span[0] <= self.now:
            return Place(day, shift, number, False, "–", _("đã qua"))
        for one in self.busy:
            if one.day == day and one.span.lower < span[1] and span[0] < one.span.upper:
                return Place(day, shift, number, False, *_in_the_way(self.wanted, one))
        return Place(day, shift, number, True)


def _in_the_way(wanted: Wanted, one: Period) -> tuple[str, str]:
    if one.pk == wanted.but:
        return _("đây"), _("giờ hiện nay")
    if one.unit_id == wanted.unit_id:
        return _("lớp"), _("lớp học %(what)s") % {"what": words.lesson(one)}
    if one.person_id == wanted.person_id and wanted.person_id:
        return _("GV"), _("giáo viên dạy %(what)s") % {"what": words.title(one)}
    return _("phòng"), _("phòng có lớp %(unit)s") % {"unit": one.unit.name}
