"""Periods written in bulk: what they are when nobody said otherwise, how many queries they cost, what may not be."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from truongso.people.actor import Actor
from truongso.school.models import BellPeriod, BellSchedule, Campus, SchoolClass, SchoolYear
from truongso.timetable.actions import versions
from truongso.timetable.actions.laying import lay_out_periods
from truongso.timetable.copying import copy_rows, new_ids
from truongso.timetable.models import Origin, Period, PeriodChange, PeriodState, TimetableVersion

from .conftest import MONDAY, TOAN, VAN, put


def test_a_period_is_as_its_entry_says_and_else_as_the_model_says(published: TimetableVersion) -> None:
    period = Period.objects.order_by("span", "unit__name")[0]
    entry = period.entry
    assert entry and entry.version == published
    assert (period.unit_id, period.subject_id, period.person_id) == (entry.unit_id, entry.subject_id, entry.person_id)
    assert (period.mode, period.state, period.origin) == ("inperson", PeriodState.PLANNED, Origin.TIMETABLE)
    assert (period.kept, period.version, period.label, period.makes_up) == (False, 0, "", None)
    assert period.span.lower.isoformat() == "2030-09-02T00:00:00+00:00", "seven o'clock in Vietnam"
    assert period.span.upper - period.span.lower == timedelta(minutes=45)


def test_the_year_costs_as_many_queries_as_a_week(published: TimetableVersion) -> None:
    def cost(last: date) -> int:
        Period.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            lay_out_periods(version=published, first=MONDAY, last=last)
        return len(asked)

    assert cost(MONDAY + timedelta(days=6)) == cost(MONDAY + timedelta(weeks=4))


def test_a_teacher_whom_two_campuses_ring_at_one_time_is_named_as_the_reason(
    cast: Cast, head: Actor, year: SchoolYear
) -> None:
    """Period 2 of the far campus begins while period 1 of the main one lasts: the grid cannot see that, the hours do."""
    far = Campus.objects.create(name="Thôn Hạ")
    bells = BellSchedule.objects.create(shift="am", campus=far)
    BellPeriod.objects.create(schedule=bells, number=2, starts=time(7, 30), ends=time(8, 15))
    SchoolClass.objects.update_or_create(unit=cast.class_7a1, defaults={"year": year, "grade": 7, "campus": far})
    version = versions.create_version(by=head, year=year, name="Số 1", first=MONDAY)
    put(head, version, cast.class_8a2, 1, 1, TOAN, cast.teacher)
    put(head, version, cast.class_7a1, 1, 2, VAN, cast.teacher)
    with pytest.raises(ValidationError, match="Giáo viên đã có tiết khác vào giờ này"):
        versions.publish_version(by=head, version=version)
    assert not Period.objects.exists()


def test_copied_rows_get_defaults_times_and_keys(published: TimetableVersion) -> None:
    period = Period.objects.all()[0]
    keys = new_ids(PeriodChange, 2)
    columns = ("id", "period_id", "kind", "reason")
    copy_rows(PeriodChange, columns, [(k, period.pk, "mode", "lí do\tcó \\ dấu") for k in keys])
    made = PeriodChange.objects.filter(pk__in=keys)
    assert [(c.reason, c.before, c.by_id, c.at is not None) for c in made] == [("lí do\tcó \\ dấu", {}, None, True)] * 2
    later = PeriodChange.objects.create(period=period, kind="mode", reason="sau")
    assert later.pk > max(keys)
