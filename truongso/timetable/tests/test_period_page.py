"""The page of one period and what its leaders may do with it: every verb and every role at the edge of HTTP."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.cast import YEAR, Cast, client_of
from truongso.conditions.models import Booking, Room
from truongso.notify.models import Notice, Receipt
from truongso.people.actor import Actor
from truongso.people.models import Guardianship
from truongso.roster.models import TeachingAssignment
from truongso.school.models import Subject
from truongso.timetable.actions import modes, periods
from truongso.timetable.actions.steps import ChangedMeanwhile
from truongso.timetable.models import Mode, Period, PeriodChange, RegisterNote, TimetableVersion
from truongso.timetable.tests.conftest import MONDAY, TOAN, VAN

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
At = Callable[[date, int], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    def stand(day: date, hour: int) -> None:
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return stand


@pytest.fixture
def toan(published: TimetableVersion) -> Period:
    return Period.objects.filter(subject__code=TOAN).order_by("span")[0]


def change(client: Client, period: Period, do: str, **given: object) -> tuple[int, str]:
    given.setdefault("version", Period.objects.get(pk=period.pk).version)
    given.setdefault("reason", "Cô Mai bị ốm")
    answer = client.post(f"/periods/{period.pk}/change/{do}/", {k: str(v) for k, v in given.items()})
    return answer.status_code, answer.content.decode()


def page(client: Client, period: Period) -> str:
    return client.get(f"/periods/{period.pk}/").content.decode()


def told(account: object) -> list[str]:
    receipts = Receipt.objects.filter(person=account.person).order_by("pk")  # type: ignore[attr-defined]
    return [r.notice.title for r in receipts.select_related("notice")]


@pytest.mark.parametrize(
    ("who", "sees", "changes"),
    [("head", 200, 302), ("deputy", 200, 302), ("teacher", 200, 403), ("homeroom", 200, 403), ("clerk", 200, 403),
     ("it_admin", 200, 403), ("inspector", 200, 403), ("pupil", 200, 403), ("guardian", 200, 403), ("other_homeroom", 404, 404),
     ("other_pupil", 404, 404), ("stranger", 404, 404)],
)  # fmt: skip
def test_who_sees_a_period_and_who_changes_it(cast: Cast, toan: Period, who: str, sees: int, changes: int) -> None:
    client = client_of(getattr(cast, who))
    assert client.get(f"/periods/{toan.pk}/").status_code == sees
    assert client.get(f"/periods/{toan.pk}/change/").status_code == changes
    status, said = change(client, toan, "cancel")
    assert status == changes
    if changes == 403:
        assert "ban giám hiệu sắp xếp" in said
    assert Period.objects.get(pk=toan.pk).state == ("cancelled" if changes == 302 else "planned")


def test_the_page_says_what_when_who_and_where(cast: Cast, toan: Period, at: At) -> None:
    Period.objects.filter(pk=toan.pk).update(room=Room.objects.create(name="A203"))
    at(MONDAY, 6)
    said = page(client_of(cast.pupil), toan)
    for part in ("Toán 8A2", "thứ Hai 02/09/2030, tiết 1 sáng, 07:00 đến 07:45", "Vũ Thị Mai", "phòng A203", "sắp tới"):
        assert part in said, part
    assert "Đổi tiết này" not in said and "Tiết sau" in said and "Tiết trước" not in said
    at(MONDAY, 7)
    assert "đang học" in page(client_of(cast.pupil), toan)
    at(MONDAY, 8)
    assert "đã xong" in page(client_of(cast.pupil), toan)
    assert "Đổi tiết này" in page(client_of(cast.head), toan)
    at(MONDAY, 6)
    assert "ban giám hiệu sắp xếp" in page(client_of(cast.teacher), toan)


def test_a_period_is_moved_by_tapping_a_free_slot(cast: Cast, head: Actor, toan: Period, at: At) -> None:
    at(MONDAY, 6)
    client = client_of(cast.head)
    grid = client.get(f"/periods/{toan.pk}/change/move/").content.decode()
    assert 'value="2030-09-06 am 4"' in grid, "a free slot is offered"
    assert 'value="2030-09-02 am 2"' not in grid and "giáo viên dạy Ngữ văn 7A1" in grid
    assert 'value="2030-09-04 am 1"' not in grid and "lớp học Toán" in grid
    assert change(client, toan, "move")[0] == 422
    status, said = change(client, toan, "move", number="2030-09-02 am 2")
    assert status == 422 and "Giáo viên đã có tiết khác vào giờ này" in said and "Cô Mai bị ốm" in said
    assert change(client, toan, "move", number="hôm kia")[0] == 422
    assert change(client, toan, "move", number="2030-09-06 am 9")[0] == 422
    assert change(client, toan, "move", number="2030-09-06 am 4")[0] == 302
    toan.refresh_from_db()
    assert (toan.day, toan.number) == (date(2030, 9, 6), 4)
    title = "Dời Toán 8A2 sang thứ Sáu 06/09/2030, tiết 4 sáng"
    for who in (cast.teacher, cast.pupil, cast.classmate, cast.guardian):
        assert told(who) == [title]
    for other in (cast.head, cast.other_pupil, cast.other_homeroom):
        assert told(other) == []
    notice = Notice.objects.get()
    assert "ốm" not in notice.title + notice.body and "Giờ cũ: thứ Hai 02/09/2030, tiết 1 sáng" in notice.body


def test_families_read_what_changed_and_why_but_not_who(cast: Cast, head: Actor, toan: Period) -> None:
    periods.move_period(by=head, period=toan, day=date(2030, 9, 6), shift="am", number=4, reason="Cô Mai bị ốm")
    moved = "từ thứ Hai 02/09/2030, tiết 1 sáng sang thứ Sáu 06/09/2030, tiết 4 sáng"
    for who in (cast.pupil, cast.guardian):
        said = page(client_of(who), toan)
        assert moved in said and "Cô Mai bị ốm" in said and "Trần Văn Minh" not in said
    said = page(client_of(cast.teacher), toan)
    assert moved in said and "Cô Mai bị ốm" in said and "Trần Văn Minh" in said and "Hoàn tác" not in said
    assert "Hoàn tác" in page(client_of(cast.head), toan) and "Hoàn tác" not in page(client_of(cast.deputy), toan)


def test_only_informed_guardians_are_told_and_nobody_of_what_is_far(cast: Cast, toan: Period, at: At) -> None:
    at(MONDAY - timedelta(days=30), 8)
    assert change(client_of(cast.head), toan, "cancel")[0] == 302
    assert told(cast.teacher) and not told(cast.pupil) and not told(cast.guardian)
    at(MONDAY, 6)
    Guardianship.objects.filter(guardian=cast.guardian.person).update(informed=False)
    assert change(client_of(cast.head), toan, "restore")[0] == 302
    assert told(cast.pupil) == ["Vẫn học Toán 8A2, thứ Hai 02/09/2030, tiết 1 sáng"] and not told(cast.guardian)


def test_one_periods_whole_way_and_back(cast: Cast, toan: Period, at: At) -> None:
    """Cancelled, made up, the make-up taken back, held after all: each with undo for who did it."""
    at(MONDAY, 6)
    client = client_of(cast.deputy)
    assert change(client, toan, "cancel")[0] == 302
    assert "Dạy bù" in client.get(f"/periods/{toan.pk}/change/", follow=True).content.decode()
    assert change(client, toan, "makeup", number="2030-09-05 am 3", reason="Bù")[0] == 302
    made = Period.objects.get(makes_up=toan)
    assert "Bù cho tiết đã nghỉ" in page(client, made) and "Đã có lịch dạy bù" in page(client, toan)
    assert "đã có lịch dạy bù" in change(client, toan, "restore")[1]
    undo = PeriodChange.objects.get(period=made)
    assert client_of(cast.head).post(f"/periods/changes/{undo.pk}/undo/").status_code == 403
    assert client.post(f"/periods/changes/{undo.pk}/undo/").status_code == 302
    assert not Period.objects.filter(makes_up=toan).exists()
    assert change(client, toan, "restore", reason="Cô đã khoẻ")[0] == 302
    last = PeriodChange.objects.filter(period=toan).latest("pk")
    client.post(f"/periods/changes/{last.pk}/undo/")
    toan.refresh_from_db()
    assert toan.state == "cancelled"
    stale = client.post(f"/periods/changes/{last.pk}/undo/", follow=True).content.decode()
    assert "đã được sửa tiếp" in stale


def test_two_lessons_of_the_class_change_places(cast: Cast, head: Actor, toan: Period, at: At) -> None:
    at(MONDAY, 6)
    van = periods.add_period(
        by=head, unit=cast.class_8a2, subject=Subject.objects.get(code=VAN), part=None, person=cast.homeroom.person,
        day=MONDAY + timedelta(days=1), shift="am", number=3, reason="Ôn",
    )  # fmt: skip
    client = client_of(cast.head)
    offered = client.get(f"/periods/{toan.pk}/change/swap/").content.decode()
    assert "Ngữ văn, Đặng Thu Hương" in offered
    assert change(client, toan, "swap", other=999)[0] == 422
    assert change(client, toan, "swap", other=van.pk)[0] == 302
    toan.refresh_from_db(), van.refresh_from_db()
    assert (toan.day, toan.number, van.day, van.number) == (MONDAY + timedelta(days=1), 3, MONDAY, 1)
    assert "Đổi tiết: " in told(cast.pupil)[-1] and Notice.objects.filter(title__startswith="Đổi tiết").count() == 1
    last = PeriodChange.objects.filter(period=toan).latest("pk")
    client.post(f"/periods/changes/{last.pk}/undo/")
    toan.refresh_from_db()
    assert (toan.day, toan.number) == (MONDAY, 1)


def test_substitutes_are_free_and_the_nearest_stand_first(cast: Cast, toan: Period, at: At) -> None:
    at(MONDAY, 6)
    subject = toan.subject
    TeachingAssignment.objects.create(unit=cast.class_7a1, subject=subject, person=cast.group_head.person, during=YEAR)
    TeachingAssignment.objects.create(
        unit=cast.class_8a2, subject=Subject.objects.get(code=VAN), person=cast.homeroom.person, during=YEAR
    )
    client = client_of(cast.head)
    offered = client.get(f"/periods/{toan.pk}/change/substitute/").content.decode()
    places = [
        offered.index(name)
        for name in ("Lê Quang Dũng: dạy môn này", "Đặng Thu Hương: đang dạy lớp này", "Bùi Hồng Sơn: môn khác")
    ]
    assert places == sorted(places) and f'value="{cast.teacher.person_id}"' not in offered
    assert change(client, toan, "substitute", person=cast.pupil.person_id)[0] == 422
    assert change(client, toan, "substitute", person=cast.group_head.person_id)[0] == 302
    assert "dạy thay Vũ Thị Mai" in page(client_of(cast.pupil), toan)
    assert (
        told(cast.group_head) == told(cast.teacher) == ["Toán 8A2, thứ Hai 02/09/2030, tiết 1 sáng: Lê Quang Dũng dạy"]
    )
    assert client_of(cast.group_head).get(f"/periods/{toan.pk}/").status_code == 200
    assert (
        f'value="{cast.group_head.person_id}"'
        not in client.get(f"/periods/{toan.pk}/change/substitute/").content.decode()
    )


def test_rooms_that_are_free_and_the_form_of_teaching(cast: Cast, toan: Period, at: At) -> None:
    at(MONDAY, 6)
    lab, booked = Room.objects.create(name="Phòng Tin"), Room.objects.create(name="Góc studio")
    Booking.objects.create(room=booked, person=cast.homeroom.person, during=toan.span, purpose="quay bài")
    client = client_of(cast.head)
    offered = client.get(f"/periods/{toan.pk}/change/room/").content.decode()
    assert "Phòng Tin" in offered and "Góc studio" not in offered
    assert change(client, toan, "room", room=booked.pk)[0] == 422
    assert change(client, toan, "room", room=lab.pk)[0] == 302
    assert change(client, toan, "room", room=0)[0] == 302
    assert change(client, toan, "mode", mode="bay")[0] == 422
    assert change(client, toan, "mode", mode="self", reason=" ")[0] == 422
    assert change(client, toan, "mode", mode="self")[0] == 302
    said = page(client, toan)
    assert (
        "tự học ở nhà" in said
        and "từ học tại trường sang tự học ở nhà" in said
        and "từ Phòng Tin sang không ghi phòng" in said
    )


def test_a_period_outside_the_timetable(cast: Cast, toan: Period, at: At) -> None:
    at(MONDAY, 6)
    one = TeachingAssignment.objects.create(
        unit=cast.class_8a2, subject=toan.subject, person=cast.teacher.person, during=YEAR
    )
    client = client_of(cast.deputy)
    assert "8A2" in client.get("/periods/add/").content.decode()
    assert "Vũ Thị Mai" in client.get(f"/periods/add/{cast.class_8a2.pk}/").content.decode()
    address = f"/periods/add/{cast.class_8a2.pk}/?teaching={one.pk}"
    assert "giáo viên dạy Ngữ văn 7A1" in client.get(address).content.decode()
    assert client.post(address, {"reason": "Ôn thi"}).status_code == 422
    busy = client.post(address, {"number": "2030-09-02 am 2", "reason": "Ôn thi"})
    assert busy.status_code == 422 and "Giáo viên đã có tiết khác" in busy.content.decode()
    assert client.post(address, {"number": "2030-09-03 am 2", "reason": "Ôn thi"}).status_code == 302
    made = Period.objects.get(origin="added")
    assert "ngoài thời khoá biểu" in page(client, made) and told(cast.pupil)[-1].startswith("Thêm tiết Toán 8A2")
    for other in (cast.teacher, cast.it_admin, cast.pupil):
        assert client_of(other).get("/periods/add/").status_code == 404


def test_what_was_taught_is_not_moved_or_cancelled(cast: Cast, toan: Period) -> None:
    RegisterNote.objects.create(period=toan, lesson_text="Bài 1", signed_by_id=1, signed_at=timezone.now())
    for do, more in (("cancel", {}), ("move", {"number": "2030-09-06 am 4"})):
        status, said = change(client_of(cast.head), toan, do, **more)
        assert status == 422 and "Tiết này đã dạy" in said


def test_who_comes_second_is_told_and_loses_nothing(cast: Cast, toan: Period) -> None:
    first, second = client_of(cast.head), client_of(cast.deputy)
    seen = toan.version
    assert change(first, toan, "mode", mode="self")[0] == 302
    status, said = change(second, toan, "move", number="2030-09-06 am 4", reason="Họp", version=seen)
    assert status == 422 and "vừa được người khác sửa" in said
    assert 'value="Họp"' in said and 'value="2030-09-06 am 4" checked' in said
    assert Period.objects.get(pk=toan.pk).day == MONDAY
    assert f'name="version" value="{seen + 1}"' in said, "pressing again is then meant"
    assert change(second, toan, "move", number="2030-09-06 am 4", reason="Họp")[0] == 302


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_moment(cast: Cast, head: Actor, toan: Period) -> None:
    seen = [Period.objects.get(pk=toan.pk) for _ in range(2)]

    def deed(turn: int) -> str:
        try:
            if turn:
                periods.set_mode(by=head, period=seen[1], mode=Mode.SELF_STUDY, reason="Ốm")
            else:
                periods.cancel_period(by=head, period=seen[0], reason="Bão")
            return "done"
        except ChangedMeanwhile:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(deed, range(2))) == ["done", "told"]
    assert PeriodChange.objects.filter(period=toan).count() == 1


def test_a_moved_period_follows_the_decision_of_its_new_day(cast: Cast, head: Actor, toan: Period) -> None:
    friday = MONDAY + timedelta(days=4)
    modes.decide_mode(
        by=head, mode=Mode.ONLINE_REPLACE, first=friday, last=friday, units=[], shift="", reason="Bão", document="47"
    )
    done = periods.move_period(by=head, period=toan, day=friday, shift="am", number=2, reason="Họp")
    assert done.mode == Mode.ONLINE_REPLACE
    assert "theo quyết định số 47" in page(client_of(cast.pupil), toan)


def test_the_pages_cost_the_same_however_much_there_is(
    cast: Cast, head: Actor, published: TimetableVersion, toan: Period, at: At, django_assert_max_num_queries  # type: ignore[no-untyped-def]
) -> None:  # fmt: skip
    at(MONDAY, 6)
    client = client_of(cast.head)
    client.get(f"/periods/{toan.pk}/")
    for n in range(12):
        periods.set_mode(by=head, period=Period.objects.get(pk=toan.pk), mode=list(Mode)[n % 4], reason=f"lần {n}")
        Room.objects.create(name=f"P{n}")
    for do, most in (
        ("", 30),
        ("change/move/", 25),
        ("change/substitute/", 25),
        ("change/swap/", 25),
        ("change/room/", 25),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(f"/periods/{toan.pk}/{do}").status_code == 200
