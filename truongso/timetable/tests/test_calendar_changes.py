"""Days off, make-up days, terms and bells changed after the periods were laid out: the periods come along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, client_of
from truongso.people.actor import Actor
from truongso.school import actions as school
from truongso.school.models import BellSchedule, Holiday, SchoolYear, Term
from truongso.timetable.actions import periods
from truongso.timetable.models import LinkKind, Period, PeriodLink, RollSheet, TimetableVersion
from truongso.timetable.tests.conftest import MONDAY, TOAN

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
At = Callable[[date, int], None]
WEEK_3 = MONDAY + timedelta(weeks=2)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    def stand(day: date, hour: int) -> None:
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return stand


def on(day: date, **more: object) -> list[Period]:
    return list(Period.objects.filter(day=day, **more).order_by("span"))


def save_holiday(client: Client, first: str, last: str = "", **more: str) -> tuple[int, str]:
    given = {
        "row": "holiday-new",
        "do": "save",
        "name": "Nghỉ bão",
        "kind": "school",
        "first": first,
        "last": last,
    } | more
    answer = client.post("/school/calendar/?year=2030-2031", given, follow=True)
    return answer.status_code, answer.content.decode()


def test_the_page_says_what_a_day_off_would_touch_and_then_does_it(
    cast: Cast, head: Actor, published: TimetableVersion, at: At
) -> None:
    at(MONDAY, 6)
    toan = Period.objects.get(subject__code=TOAN, day=WEEK_3)
    PeriodLink.objects.create(period=toan, kind=LinkKind.ZOOM, url="https://zoom.us/j/1", title="Zoom", token="abc")
    other = {p.pk for p in Period.objects.exclude(day=WEEK_3)}
    client = client_of(cast.clerk)
    status, said = save_holiday(client, "16/09/2030")
    assert (
        status == 422
        and "1 tiết chưa dạy sẽ rời khỏi lịch" in said
        and "1 tiết đã được dời, đổi hoặc có đường dẫn" in said
    )
    assert 'value="Nghỉ bão"' in said and not Holiday.objects.exists() and len(on(WEEK_3)) == 2
    agreed = "1 tiết chưa dạy sẽ rời khỏi lịch. 1 tiết đã được dời, đổi hoặc có đường dẫn sẽ thành tiết nghỉ, ghi nợ để dạy bù."
    assert save_holiday(client, "16/09/2030", agreed=agreed)[0] == 200
    assert [(p.pk, p.state) for p in on(WEEK_3)] == [(toan.pk, "cancelled")]
    assert {p.pk for p in Period.objects.exclude(day=WEEK_3)} == other, "other days stay as they are"
    school.remove_holiday(by=head, holiday=Holiday.objects.get())
    assert [(p.subject.code, p.state) for p in on(WEEK_3)] == [(TOAN, "planned"), ("van", "planned")]
    assert on(WEEK_3)[0].pk == toan.pk


def test_a_day_off_over_taught_periods_keeps_them_and_says_so(cast: Cast, published: TimetableVersion, at: At) -> None:
    at(WEEK_3 + timedelta(days=1), 8)
    RollSheet.objects.create(period=on(WEEK_3)[0], unit=cast.class_8a2, day=WEEK_3, shift="am")
    client = client_of(cast.head)
    status, said = save_holiday(client, "16/09/2030", "18/09/2030")
    assert status == 422 and "2 tiết đã dạy vẫn giữ nguyên" in said and "1 tiết chưa dạy sẽ rời khỏi lịch" in said
    agreed = "1 tiết chưa dạy sẽ rời khỏi lịch. 2 tiết đã dạy vẫn giữ nguyên."
    status, said = save_holiday(client, "16/09/2030", "18/09/2030", agreed=agreed)
    assert status == 200 and "Ngày 16/09/2030 đã có 2 tiết đã dạy, vẫn giữ nguyên." in said
    assert len(on(WEEK_3, state="planned")) == 2 and not on(WEEK_3 + timedelta(days=2))


def test_a_day_off_that_begins_today_leaves_what_has_begun(
    cast: Cast, head: Actor, year: SchoolYear, published: TimetableVersion, at: At
) -> None:
    at(WEEK_3, 7)  # period 1 (Toán 8A2) has begun, period 2 (Văn 7A1) has not
    begun = on(WEEK_3)[0]
    off = school.save_holiday(by=head, year=year, name="Bão", kind="school", first=WEEK_3, last=WEEK_3)
    assert [(p.pk, p.state) for p in on(WEEK_3)] == [(begun.pk, "planned")]
    school.remove_holiday(by=head, holiday=off)
    assert [(p.subject.code, p.state) for p in on(WEEK_3)] == [(TOAN, "planned"), ("van", "planned")]
    assert on(WEEK_3)[0].pk == begun.pk


def test_a_moved_period_and_its_old_day(cast: Cast, head: Actor, year: SchoolYear, published: TimetableVersion) -> None:
    """Moved from a Monday to the Friday: a holiday on Wednesday takes Wednesday's lesson and no other."""
    monday, wednesday, friday = (WEEK_3 + timedelta(days=n) for n in (0, 2, 4))
    moved = periods.move_period(by=head, period=on(monday)[0], day=friday, shift="am", number=4, reason="Họp")
    off = school.save_holiday(by=head, year=year, name="Bão", kind="school", first=wednesday, last=wednesday)
    assert not on(wednesday) and [p.pk for p in on(friday)] == [moved.pk]
    school.remove_holiday(by=head, holiday=off)
    assert len(on(wednesday)) == 1, "made again although another of the week was moved"
    school.save_holiday(by=head, year=year, name="Bão", kind="school", first=friday, last=friday)
    moved.refresh_from_db()
    assert moved.state == "cancelled", "and so owed"


def test_an_edited_day_off_gives_back_the_days_it_left(
    cast: Cast, head: Actor, year: SchoolYear, published: TimetableVersion
) -> None:
    wednesday = WEEK_3 + timedelta(days=2)
    off = school.save_holiday(by=head, year=year, name="Bão", kind="school", first=WEEK_3, last=WEEK_3)
    school.save_holiday(by=head, year=year, holiday=off, name="Bão", kind="school", first=wednesday, last=wednesday)
    assert len(on(WEEK_3)) == 2 and not on(wednesday)


def test_a_make_up_day_brings_the_lessons_of_the_day_it_stands_for(
    cast: Cast, head: Actor, year: SchoolYear, published: TimetableVersion
) -> None:
    saturday, sunday = WEEK_3 + timedelta(days=5), WEEK_3 + timedelta(days=6)
    made = school.save_make_up_day(by=head, year=year, day=saturday, instead_of=WEEK_3)
    assert len(on(saturday)) == 2
    school.save_make_up_day(by=head, year=year, row=made, day=sunday, instead_of=WEEK_3 + timedelta(days=2))
    assert not on(saturday) and [p.subject.code for p in on(sunday)] == [TOAN]
    school.remove_make_up_day(by=head, row=made)
    assert not on(sunday)


def test_a_shorter_term_and_a_moved_week(
    cast: Cast, head: Actor, year: SchoolYear, published: TimetableVersion
) -> None:
    term = Term.objects.get()
    school.change_term(by=head, term=term, first=MONDAY, last=WEEK_3, weeks=3)
    assert Period.objects.filter(day__gt=WEEK_3).count() == 0 and len(on(WEEK_3)) == 2
    school.change_term(by=head, term=term, first=MONDAY, last=date(2031, 1, 10), weeks=4)
    assert Period.objects.count() == 12
    last = year.weeks.get(number=4)
    school.move_week(by=head, week=last, first_day=WEEK_3 + timedelta(weeks=2))
    assert not on(WEEK_3 + timedelta(weeks=1)) and len(on(WEEK_3 + timedelta(weeks=2))) == 2


def test_new_bells_move_the_times_of_what_is_to_come(
    cast: Cast, head: Actor, published: TimetableVersion, at: At
) -> None:
    at(WEEK_3, 12)
    past, coming = on(WEEK_3)[0], on(WEEK_3 + timedelta(days=2))[0]
    bells = [(time(6 + n, 15), time(7 + n)) for n in range(1, 6)]
    school.save_bells(by=head, schedule=BellSchedule.objects.get(), shift="am", campus=None, bells=bells)
    before = past.span
    past.refresh_from_db(), coming.refresh_from_db()
    local = timezone.localtime(coming.span.lower)
    assert past.span == before and (local.day, local.hour, local.minute) == (18, 7, 15)


def test_without_bells_a_day_is_not_made_and_nothing_is_saved(
    cast: Cast, head: Actor, year: SchoolYear, published: TimetableVersion
) -> None:
    saturday = WEEK_3 + timedelta(days=5)
    BellSchedule.objects.all().delete()
    with pytest.raises(ValidationError, match="Chưa có giờ của tiết 1 buổi sáng"):
        school.save_make_up_day(by=head, year=year, day=saturday, instead_of=WEEK_3)
    assert not year.make_up_days.exists()


def test_a_school_without_a_timetable_changes_days_as_before(cast: Cast, head: Actor, year: SchoolYear) -> None:
    client = client_of(cast.clerk)
    assert save_holiday(client, "16/09/2030")[0] == 200
    assert Holiday.objects.count() == 1
