"""The week: whose it is, who may see it, what stands where, and that jumping, weekends and bad dates are kind."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, client_of
from truongso.conditions.models import Room
from truongso.people.actor import Actor
from truongso.people.models import Account
from truongso.school.models import Holiday, SchoolYear, Subject
from truongso.timetable.actions import periods
from truongso.timetable.models import Period, TimetableVersion
from truongso.timetable.tests.conftest import MONDAY, TOAN


@pytest.fixture(autouse=True)
def monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2030, 9, 2, 6, 48, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def page(who: Account, address: str = "/week/", status: int = 200) -> str:
    answer = client_of(who).get(address)
    assert answer.status_code == status
    return answer.content.decode()


def said(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1].split("</main>", maxsplit=1)[0]))


def test_a_pupil_sees_the_class_and_a_teacher_the_own_lessons(cast: Cast, published: TimetableVersion) -> None:
    pupil, teacher = page(cast.pupil), page(cast.teacher)
    assert "Tuần 1" in pupil and "Lớp 8A2 · từ 02/09 đến 07/09/2030" in said(pupil)
    assert said(pupil).count("Toán") == 2 and "Ngữ văn" not in said(pupil) and "hôm nay" in said(pupil)
    assert "Toán 8A2" in said(teacher) and "Ngữ văn 7A1" in said(teacher)
    assert "Lịch học" in pupil and "Lịch dạy" in teacher and "Lịch dạy" not in pupil


def test_each_lesson_opens_its_period(cast: Cast, published: TimetableVersion) -> None:
    period = Period.objects.filter(unit=cast.class_8a2).earliest("span")
    assert f'href="/periods/{period.pk}/"' in page(cast.pupil)


def test_a_guardian_has_a_tab_a_child_and_no_other_child(cast: Cast, published: TimetableVersion) -> None:
    html = page(cast.guardian)
    assert "Khánh An, 8A2" in said(html) and said(html).count("Toán") == 2
    assert "Toán" in said(page(cast.guardian, f"/week/child/{cast.pupil.person_id}/"))
    page(cast.guardian, f"/week/child/{cast.other_pupil.person_id}/", 404)
    page(cast.pupil, f"/week/child/{cast.pupil.person_id}/", 404)


def test_who_may_see_whose_week(cast: Cast, published: TimetableVersion) -> None:
    room = Room.objects.create(name="Phòng 204")
    Period.objects.filter(unit=cast.class_8a2).update(room=room)
    mai = cast.teacher.person_id
    for address, expected in ((f"/week/class/{cast.class_7a1.pk}/", "Ngữ văn"), (f"/week/teacher/{mai}/", "Toán 8A2"),
                              (f"/week/room/{room.pk}/", "Toán 8A2")):  # fmt: skip
        for who in (cast.head, cast.clerk, cast.homeroom, cast.inspector):
            assert expected in said(page(who, address))
        for who in (cast.pupil, cast.guardian, cast.stranger):
            page(who, address, 404)
    assert "Toán" in said(page(cast.pupil, f"/week/class/{cast.class_8a2.pk}/"))
    page(cast.head, f"/week/teacher/{cast.pupil.person_id}/", 404)


def test_staff_without_lessons_choose_whose(cast: Cast, published: TimetableVersion) -> None:
    html = page(cast.clerk)
    assert f'href="/week/class/{cast.class_8a2.pk}/"' in html and "Vũ Thị Mai" in said(html)
    assert "Chưa có lịch nào" in said(page(cast.stranger))


def test_a_homeroom_teacher_has_the_own_class_beside(cast: Cast, published: TimetableVersion) -> None:
    assert f'href="/week/class/{cast.class_8a2.pk}/"' in page(cast.homeroom)


def test_next_week_and_any_date_can_be_reached(cast: Cast, published: TimetableVersion) -> None:
    html = page(cast.pupil)
    assert "?day=2030-09-09" in html and "?day=2030-08-26" in html
    assert "Tuần 2" in page(cast.pupil, "/week/?day=2030-09-09") and "Tuần 2" in page(
        cast.pupil, "/week/?day=15 9 2030"
    )
    assert "Tuần này không có tiết nào" in page(cast.pupil, "/week/?day=24/11/2029")


def test_a_date_that_is_none_is_told_at_the_field(cast: Cast, published: TimetableVersion) -> None:
    html = page(cast.pupil, "/week/?day=31/02/2030", 422)
    assert "Tháng 2 không có ngày 31" in html and 'value="31/02/2030"' in html and "Toán" in html


def test_what_was_changed_stands_in_the_grid(cast: Cast, published: TimetableVersion, head: Actor) -> None:
    first, second, *_ = Period.objects.filter(unit=cast.class_8a2).order_by("span")
    periods.cancel_period(by=head, period=second, reason="Mưa bão")
    periods.move_period(by=head, period=first, day=MONDAY + timedelta(days=1), shift="am", number=3, reason="Đổi giờ")
    html = page(cast.pupil)
    assert "dời từ thứ Hai" in said(html) and "Mưa bão" in said(html) and 'class="off"' in html
    van = Period.objects.filter(unit=cast.class_7a1).earliest("span")
    periods.substitute(by=head, period=van, person=cast.group_head.person, reason="Ốm")
    assert "dạy thay" in said(page(cast.teacher)) and "Dạy thay" in said(page(cast.group_head))


def test_sunday_is_there_when_something_is_taught_on_it(cast: Cast, published: TimetableVersion, head: Actor) -> None:
    assert "Chủ nhật" not in said(page(cast.pupil))
    first = Period.objects.filter(unit=cast.class_8a2).earliest("span")
    periods.move_period(
        by=head, period=first, day=MONDAY + timedelta(days=6), shift="am", number=1, reason="Học bù bão"
    )
    assert "Chủ nhật" in said(page(cast.pupil)) and "data-sunday" in page(cast.pupil)


def test_a_holiday_has_its_name(cast: Cast, published: TimetableVersion, year: SchoolYear) -> None:
    Holiday.objects.create(
        year=year, name="Ngày hội", during=DateRange(MONDAY + timedelta(days=3), MONDAY + timedelta(days=4))
    )
    assert "05/09, Ngày hội" in said(page(cast.pupil))


def test_only_the_present_own_week_is_kept_offline(cast: Cast, published: TimetableVersion) -> None:
    client = client_of(cast.pupil)
    assert client.get("/week/").headers["X-Keep-Offline"] == "yes"
    assert "X-Keep-Offline" not in client.get("/week/?day=2030-09-09").headers
    assert "X-Keep-Offline" not in client_of(cast.head).get(f"/week/class/{cast.class_8a2.pk}/").headers


def test_queries_do_not_grow_with_the_week(cast: Cast, published: TimetableVersion, head: Actor) -> None:
    def count(who: Account) -> int:
        client = client_of(who)
        client.get("/week/")
        with CaptureQueriesContext(connection) as made:
            client.get("/week/")
        return len(made)

    people = (cast.pupil, cast.teacher, cast.guardian, cast.clerk)
    before = [count(who) for who in people]
    for number in range(2, 6):
        for later in (1, 3, 4):
            periods.add_period(
                by=head, unit=cast.class_8a2, subject=Subject.objects.get(code=TOAN), part=None, person=cast.teacher.person,
                day=MONDAY + timedelta(days=later), shift="am", number=number, reason="Ôn tập",
            )  # fmt: skip
    assert [count(who) for who in people] == before
