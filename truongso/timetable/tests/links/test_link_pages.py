"""The pages of links: going by our own address, the waiting room, keeping them; whom they let in and what they never tell."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, client_of
from truongso.audit.models import Entry as AuditEntry
from truongso.people.actor import Actor
from truongso.roster.models import TeachingAssignment
from truongso.school.models import Subject
from truongso.timetable.actions import periods as period_verbs
from truongso.timetable.models import LinkVisit, Mode, Period, PeriodLink, StandingLink, new_token
from truongso.timetable.queries import links as queries
from truongso.timetable.tests.conftest import MONDAY, TOAN
from truongso.timetable.tests.links.conftest import At, link

ZOOM = "https://zoom.us/j/98765432101"
VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"


def go(who: object, link: PeriodLink, **query: str) -> object:
    return client_of(who).get(f"/l/{link.token}/", query)  # type: ignore[arg-type]


def test_a_pupil_goes_and_is_kept(cast: Cast, period: Period, at: At) -> None:
    at(6, 55)
    answer = client_of(cast.pupil).get(f"/l/{link(period).token}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, ZOOM)
    assert answer.headers["Referrer-Policy"] == "no-referrer" and "no-store" in answer.headers["Cache-Control"]
    assert LinkVisit.objects.get().person == cast.pupil.person


@pytest.mark.parametrize(
    ("who", "status"),
    [("teacher", 302), ("head", 302), ("homeroom", 302), ("guardian", 200), ("other_pupil", 404), ("stranger", 404), ("other_homeroom", 404)],
)  # fmt: skip
def test_who_gets_where_and_nobody_of_them_counts(
    cast: Cast,
    period: Period,
    at: At,
    who: str,
    status: int,
) -> None:
    at(7)
    client, zoom = client_of(cast.accounts[who]), link(period)
    answer = client.get(f"/l/{zoom.token}/")
    assert answer.status_code == status
    if who == "guardian":
        assert "Con vào bằng tài khoản của con" in answer.content.decode()
        assert client.get(f"/l/{zoom.token}/?go=1").headers["Location"] == ZOOM
    assert not LinkVisit.objects.exists()


def test_a_visitor_signs_in_and_comes_back(cast: Cast, period: Period, at: At) -> None:
    at(7)
    zoom = link(period)
    page = Client().get(f"/l/{zoom.token}/")
    assert page.status_code == 200 and f"next=/l/{zoom.token}/" in page.content.decode()
    assert Client().get("/l/khong-co-dau/").status_code == 404


def test_the_gates_stand_before_the_way_out(cast: Cast, period: Period, at: At) -> None:
    at(7)
    cast.pupil.must_change_password = True
    cast.pupil.save()
    answer = client_of(cast.pupil).get(f"/l/{link(period).token}/")
    assert answer.status_code == 302 and answer.headers["Location"] == "/sign-in/first/"


def test_too_early_says_when_and_still_goes(cast: Cast, period: Period, at: At) -> None:
    at(5)
    client, zoom = client_of(cast.pupil), link(period)
    page = client.get(f"/l/{zoom.token}/").content.decode()
    assert "Còn 2 giờ" in page and "Vẫn vào" in page and ZOOM not in page
    assert client.get(f"/l/{zoom.token}/?go=1").headers["Location"] == ZOOM
    assert not LinkVisit.objects.exists()


def test_a_video_says_what_to_watch_for(cast: Cast, period: Period, at: At) -> None:
    at(5)
    client = client_of(cast.pupil)
    video = link(period, "video", VIDEO, start_second=200, end_second=425, watch_for="Chú ý hai đường chéo")
    page = client.get(f"/l/{video.token}/").content.decode()
    assert "Xem từ 3:20 đến 7:05" in page and "hai đường chéo" in page
    assert client.get(f"/l/{video.token}/?go=1").headers["Location"] == VIDEO + "&t=200s"
    assert LinkVisit.objects.get().link == video


def test_only_to_stored_addresses(cast: Cast, period: Period, at: At) -> None:
    at(7)
    zoom = link(period)
    for query in ({"next": "https://evil.example"}, {"url": "https://evil.example", "go": "https://evil.example"}):
        assert client_of(cast.pupil).get(f"/l/{zoom.token}/", query).headers["Location"] == ZOOM


def test_a_link_that_was_taken_away_or_a_period_that_is_off_leads_to_the_period(
    cast: Cast,
    head: Actor,
    period: Period,
    at: At,
) -> None:
    at(7)
    zoom = link(period)
    client = client_of(cast.teacher)
    client.post(f"/links/{zoom.pk}/remove/")
    assert client_of(cast.pupil).get(f"/l/{zoom.token}/").headers["Location"] == f"/periods/{period.pk}/"
    client.post(f"/links/{zoom.pk}/restore/")
    assert client_of(cast.pupil).get(f"/l/{zoom.token}/").headers["Location"] == ZOOM
    assert LinkVisit.objects.count() == 1


# The waiting room


def test_the_room_is_the_default_of_an_online_period(cast: Cast, period: Period, at: At) -> None:
    at(6, 50)
    client = client_of(cast.pupil)
    assert f'href="/periods/{period.pk}/room/"' in client.get(f"/periods/{period.pk}/").content.decode()
    page = client.get(f"/periods/{period.pk}/room/").content.decode()
    assert "Còn 10 phút" in page and "Đã ghi nhận em vào lúc 06:50" in page and "chưa có hình và tiếng" in page
    assert "<b>1</b>" in page and "Nguyễn Khánh An" not in page.split("<main")[1].split("</header>")[1]
    assert list(queries.visits_of(period)) == [cast.pupil.person_id]
    assert client.get(f"/periods/{period.pk}/room/", headers={"X-Refresh": "people"}).status_code == 200
    assert LinkVisit.objects.get().times == 1, "a block that is read again is no new coming"


def test_the_teacher_sees_who_is_there(cast: Cast, period: Period, at: At) -> None:
    at(7, 12)
    client_of(cast.pupil).get(f"/periods/{period.pk}/room/")
    page = client_of(cast.teacher).get(f"/periods/{period.pk}/room/").content.decode()
    assert "Nguyễn Khánh An" in page and "muộn 12 phút" in page
    assert "Nguyễn Khánh An" in client_of(cast.homeroom).get(f"/periods/{period.pk}/visitors/").content.decode()
    panel = client_of(cast.teacher).get(f"/periods/{period.pk}/").content.decode()
    assert "Ghi vào điểm danh" in panel and f'href="/periods/{period.pk}/roll/"' in panel
    assert client_of(cast.classmate).get(f"/periods/{period.pk}/visitors/").status_code == 403
    assert client_of(cast.guardian).get(f"/periods/{period.pk}/visitors/").status_code == 403
    assert LinkVisit.objects.count() == 1


def test_the_room_offers_the_tool_of_the_teacher(cast: Cast, period: Period, at: At) -> None:
    at(7)
    zoom = link(period, title="Zoom")
    page = client_of(cast.pupil).get(f"/periods/{period.pk}/room/").content.decode()
    assert "Vào Zoom" in page and f"/l/{zoom.token}/" in page and "zoom.us" not in page
    assert client_of(cast.other_pupil).get(f"/periods/{period.pk}/room/").status_code == 404


def test_early_and_late_in_the_room_are_told(cast: Cast, period: Period, at: At) -> None:
    at(5)
    client = client_of(cast.pupil)
    assert "Phòng chờ mở lúc 06:30" in client.get(f"/periods/{period.pk}/room/").content.decode()
    at(8)
    assert "Tiết đã hết" in client.get(f"/periods/{period.pk}/room/").content.decode()
    assert not LinkVisit.objects.exists()


def test_a_period_at_school_has_no_waiting_room(cast: Cast, head: Actor, period: Period, at: At) -> None:
    at(7)
    period_verbs.set_mode(by=head, period=period, mode=Mode.IN_PERSON, reason="Về trường")
    answer = client_of(cast.pupil).get(f"/periods/{period.pk}/room/")
    assert answer.headers["Location"] == f"/periods/{period.pk}/" and not LinkVisit.objects.exists()


# Keeping links


def test_paste_and_it_hangs_there(cast: Cast, period: Period, at: At) -> None:
    at(6)
    client = client_of(cast.teacher)
    answer = client.post(
        f"/periods/{period.pk}/links/add/", {"address": f"Mời lớp: {ZOOM}?pwd=123456 nhé"}, follow=True
    )
    page = answer.content.decode()
    assert "Đã thêm Zoom" in page and "kèm mật khẩu" in page
    made = PeriodLink.objects.get()
    assert (made.kind, made.url) == ("zoom", ZOOM + "?pwd=123456") and len(made.token) == 12
    assert AuditEntry.objects.filter(verb="timetable.add_link").exists()
    pupil = client_of(cast.pupil).get(f"/periods/{period.pk}/").content.decode()
    assert "Vào Zoom" in pupil and "zoom.us" not in pupil, "the outside address stays inside"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"address": "http://olm.vn/bai"}, "không được bảo vệ"),
        ({"address": "https://www.youtube.com/results?search_query=a"}, "trang tìm kiếm"),
        ({"address": VIDEO, "start": "ba phút"}, "ví dụ 3:20"),
        ({"address": VIDEO, "start": "7:05", "end": "3:20"}, "Chỗ dừng phải sau"),
        ({"address": ""}, "Xin điền ô này"),
        ({"address": "https://testserver/l/abc/"}, "chính Trường Số"),
        ({"address": VIDEO, "use": "term"}, "Video là của từng tiết"),
        ({"address": ZOOM, "title": "a" * 200}, "120"),
    ],
)
def test_wrong_input_is_told_at_its_field_and_stays(
    cast: Cast,
    period: Period,
    at: At,
    given: dict[str, str],
    said: str,
) -> None:
    at(6)
    given = {"watch_for": "lời dặn của cô", **given}
    answer = client_of(cast.teacher).post(f"/periods/{period.pk}/links/add/", given)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "lời dặn của cô" in page
    assert not PeriodLink.objects.exists() and not StandingLink.objects.exists()


def test_the_same_link_twice_is_told(cast: Cast, period: Period, at: At) -> None:
    at(6)
    client = client_of(cast.teacher)
    client.post(f"/periods/{period.pk}/links/add/", {"address": ZOOM})
    answer = client.post(f"/periods/{period.pk}/links/add/", {"address": ZOOM})
    assert answer.status_code == 422 and "đã có đường dẫn ấy" in answer.content.decode()


def test_edit_order_remove_and_back(cast: Cast, period: Period, at: At) -> None:
    at(6)
    client = client_of(cast.teacher)
    for n in (1, 2):
        client.post(f"/periods/{period.pk}/links/add/", {"address": f"https://olm.vn/{n}", "title": f"Bài {n}"})
    one, two = PeriodLink.objects.order_by("pk")
    client.post(f"/links/{two.pk}/move/", {"to": "up"})
    assert [w.title for w in queries.ways_of([period])[period.pk] if w.link] == ["Bài 2", "Bài 1"]
    PeriodLink.objects.filter(pk=one.pk).update(broken="gone", told_at="2030-09-01T00:00Z")
    token = one.token
    client.post(f"/links/{one.pk}/", {"address": VIDEO, "title": "Hình thoi", "start": "3:20", "end": "7:05"})
    one.refresh_from_db()
    assert (one.title, one.start_second, one.end_second, one.token) == ("Hình thoi", 200, 425, token)
    assert one.broken == "" and one.told_at is None, "a new address has not been looked at"
    assert 'value="3:20"' in client.get(f"/links/{one.pk}/").content.decode()
    gone = client.post(f"/links/{one.pk}/remove/", follow=True).content.decode()
    undo = re.search(r'action="(/links/\d+/restore/)"', gone)
    assert undo and "Hình thoi" not in client_of(cast.pupil).get(f"/periods/{period.pk}/").content.decode()
    client.post(undo[1])
    assert "Hình thoi" in client_of(cast.pupil).get(f"/periods/{period.pk}/").content.decode()


@pytest.mark.parametrize("who", ["pupil", "guardian", "other_homeroom", "clerk", "homeroom"])
def test_who_does_not_teach_it_keeps_no_links(cast: Cast, period: Period, at: At, who: str) -> None:
    at(6)
    zoom, client = link(period), client_of(cast.accounts[who])
    for address in (f"/periods/{period.pk}/links/add/", f"/links/{zoom.pk}/", f"/links/{zoom.pk}/remove/"):
        assert client.post(address, {"address": ZOOM}).status_code in {403, 404}
    zoom.refresh_from_db()
    assert zoom.removed_at is None and PeriodLink.objects.count() == 1


def test_for_the_week(cast: Cast, period: Period, at: At) -> None:
    at(6)
    client_of(cast.teacher).post(f"/periods/{period.pk}/links/add/", {"address": ZOOM, "use": "week"})
    days = set(PeriodLink.objects.values_list("period__day", flat=True))
    assert days == {MONDAY, MONDAY + timedelta(days=2)}


def test_for_the_term_one_tick(cast: Cast, head: Actor, period: Period, at: At) -> None:
    at(6)
    client = client_of(cast.teacher)
    client.post(f"/periods/{period.pk}/links/add/", {"address": ZOOM, "use": "term"})
    standing = StandingLink.objects.get()
    assert (standing.until, standing.subject.code if standing.subject else "") == (date(2031, 1, 10), TOAN)
    later = Period.objects.filter(subject__code=TOAN, unit=cast.class_8a2, day__gt=MONDAY).order_by("span")[0]
    later = period_verbs.set_mode(by=head, period=later, mode=Mode.ONLINE_REPLACE, reason="Bão")
    way = queries.ways_in([later])[later.pk]
    assert way.standing == standing
    at(7, 0, 2)
    answer = client_of(cast.pupil).get(way.address)
    assert answer.headers["Location"] == ZOOM and list(queries.visits_of(later)) == [cast.pupil.person_id]
    # The same kind again corrects it, and keeps its address.
    at(6, 0, 0)
    client.post(f"/periods/{period.pk}/links/add/", {"address": ZOOM + "2", "use": "term"})
    again = StandingLink.objects.get()
    assert (again.token, again.url) == (standing.token, ZOOM + "2")
    client.post(f"/periods/{period.pk}/links/drop/{again.pk}/")
    assert all(w.standing is None for w in queries.ways_of([period])[period.pk])


def test_a_standing_address_finds_its_period(cast: Cast, period: Period, at: At) -> None:
    at(6)
    client_of(cast.teacher).post(f"/periods/{period.pk}/links/add/", {"address": ZOOM, "use": "term"})
    standing = StandingLink.objects.get()
    at(7)
    answer = client_of(cast.pupil).get(f"/l/{standing.token}/", follow=False)
    assert answer.headers["Location"] == f"/periods/{period.pk}/way/{standing.pk}/"
    at(8)
    following = Period.objects.filter(subject__code=TOAN, day__gt=MONDAY).order_by("span")[0]
    assert (
        client_of(cast.pupil).get(f"/l/{standing.token}/").headers["Location"]
        == f"/periods/{following.pk}/way/{standing.pk}/"
    )
    assert client_of(cast.other_pupil).get(f"/l/{standing.token}/", follow=True).status_code == 404


def teaches(cast: Cast) -> None:
    TeachingAssignment.objects.create(
        unit=cast.class_8a2, subject=Subject.objects.get(code=TOAN), person=cast.teacher.person,
        during=DateRange(date(2026, 1, 1), date(2031, 7, 31)),
    )  # fmt: skip


def test_the_page_of_standing_links(cast: Cast, period: Period, at: At) -> None:
    at(6)
    teaches(cast)
    client, toan = client_of(cast.teacher), Subject.objects.get(code=TOAN)
    assert "Toán 8A2" in client.get("/links/").content.decode()
    address = f"/links/of/{cast.class_8a2.pk}/{toan.pk}/"
    assert client.post(address, {"address": "https://zoom.us/"}).status_code == 422
    assert (
        "Đã lưu" in client.post(address, {"address": ZOOM, "watch_for": "Ghi đúng tên"}, follow=True).content.decode()
    )
    standing = StandingLink.objects.get()
    assert client_of(cast.homeroom).post(address, {"address": ZOOM}).status_code == 403
    assert client_of(cast.homeroom).get(f"/links/of/{cast.class_8a2.pk}/0/").status_code == 200
    client.post(f"/links/standing/{standing.pk}/", {"address": ZOOM + "3"})
    standing.refresh_from_db()
    assert standing.url == ZOOM + "3"
    client.post(f"/links/standing/{standing.pk}/remove/")
    client.post(address, {"address": ZOOM})
    refused = client.post(f"/links/standing/{standing.pk}/restore/", follow=True).content.decode()
    assert "Lớp đã có một đường dẫn Zoom" in refused


def test_share_page_and_what_is_sent(cast: Cast, period: Period, at: At) -> None:
    at(6)
    zoom = link(period, title="Zoom")
    client = client_of(cast.teacher)
    page = client.get(f"/periods/{period.pk}/share/l{zoom.pk}/").content.decode()
    assert f"Toán 8A2, thứ Hai 02/09, 7:00. Vào bằng Zoom: http://testserver/l/{zoom.token}/" in page
    room = client.get(f"/periods/{period.pk}/share/room/").content.decode()
    token = PeriodLink.objects.get(kind="room").token
    assert f"/l/{token}/" in room
    assert client_of(cast.pupil).get(f"/l/{token}/").headers["Location"] == f"/periods/{period.pk}/room/"
    assert client.get(f"/periods/{period.pk}/share/l999999/").status_code == 404
    assert client_of(cast.clerk).get(f"/periods/{period.pk}/share/room/").status_code == 403


def test_queries_do_not_grow_with_links_and_people(cast: Cast, head: Actor, period: Period, at: At) -> None:
    at(7)
    client = client_of(cast.teacher)

    def cost(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    pages = [f"/periods/{period.pk}/", f"/periods/{period.pk}/room/", f"/periods/{period.pk}/visitors/"]
    link(period)
    client_of(cast.pupil).get(f"/periods/{period.pk}/room/")
    for page in pages:
        client.get(page)
    before = [cost(page) for page in pages]
    for n in range(6):
        link(period, "other", f"https://olm.vn/{n}")
    client_of(cast.classmate).get(f"/periods/{period.pk}/room/")
    assert [cost(page) for page in pages] == before
    many = list(Period.objects.all())
    with CaptureQueriesContext(connection) as caught:
        queries.ways_in(many)
    assert len(caught) == 2


def test_a_way_keeps_its_place_when_somebody_has_gone_by_it(cast: Cast, period: Period, at: At) -> None:
    at(6, 55)
    both = [
        StandingLink.objects.create(
            unit=cast.class_8a2, subject=period.subject if kind == "meet" else None, kind=kind, url=f"https://{kind}.vn/a",
            token=new_token(),
        )
        for kind in ("zalo", "meet")
    ]  # fmt: skip
    before = [w.kind for w in queries.ways_of([period])[period.pk]]
    assert before == ["meet", "zalo", "room"], "the subject's before the class's"
    client_of(cast.pupil).get(f"/periods/{period.pk}/way/{both[0].pk}/")
    assert PeriodLink.objects.filter(standing=both[0]).exists()
    assert [w.kind for w in queries.ways_of([period])[period.pk]] == before
    assert client_of(cast.pupil).get(f"/periods/{period.pk}/").content.decode().count("Dùng cho mọi tiết") == 2
    assert "Dùng cho mọi tiết" not in client_of(cast.pupil).get(f"/periods/{period.pk}/room/").content.decode()


def test_after_the_period_the_form_for_links_is_folded_away(cast: Cast, period: Period, at: At) -> None:
    folded = r"<details[^>]*>(?:(?!</details>).)*name=\"address\""
    for hour, found in ((7, False), (8, True)):
        at(hour)
        page = client_of(cast.teacher).get(f"/periods/{period.pk}/").content.decode()
        assert 'name="address"' in page and bool(re.search(folded, page, re.DOTALL)) is found, hour
