"""The first-run wizard on an empty school: from the first administrator to the end, over HTTP."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from tests.cast import TOTP_SECRET, Cast, client_of
from truongso.people.commands import create_admin
from truongso.people.models import Account, RoleAssignment, Unit
from truongso.people.roles import Role
from truongso.school import queries, setup
from truongso.school.models import SchoolClass, SchoolProfile


@pytest.fixture
def admin(db: None) -> Client:
    """The first administrator of an empty school, past the first password and the second factor."""
    assert create_admin("Hoàng Hải Nam", "http://localhost:8000") == 0
    account = Account.objects.get()
    Account.objects.update(must_change_password=False)
    TOTP.activate(account, TOTP_SECRET)
    return client_of(account)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def on(client: Client, key: str, do: str = "done") -> str:
    answer = client.post(f"/school/setup/{key}/move/", {"do": do})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_an_empty_school_is_led_to_its_end(admin: Client) -> None:
    home = text(admin, "/")
    assert "Bắt đầu thiết lập" in home and "/school/setup/" in home
    assert "Thông tin nhà trường" in text(admin, "/school/setup/")
    step = "/school/setup/"

    assert admin.post(step + "profile/", {"name": ""}).status_code == 422
    profile = {
        "name": "Trường THCS Hoà Bình",
        "level": "thcs",
        "place": "Hoà Bình",
        "province": "Phú Thọ",
        "sector_code": "0012",
    }
    assert admin.post(step + "profile/", profile).headers["Location"] == step + "profile/", "one stays in the wizard"
    admin.post(step + "profile/", {"row": "body-new", "name": "UBND xã Hoà Bình", "first": "1/7/2025", "do": "save"})
    assert on(admin, "profile") == step + "campuses/"
    assert on(admin, "campuses", "skip") == step + "calendar/"

    assert "Tạo năm học" in text(admin, step + "calendar/")
    admin.post(step + "calendar/", {"row": "newyear-new", "name": "2026-2027", "do": "save"})
    assert "Đủ 35 tuần" in text(admin, step + "calendar/")
    assert on(admin, "calendar") == step + "bells/"
    admin.post(step + "bells/", {"do": "seed"})
    assert "Tiết 1: 07:00" in text(admin, step + "bells/")
    assert on(admin, "bells") == step + "subjects/"

    # Left here, another day: the hub and Hôm nay lead on to the same step.
    assert "Tiếp tục thiết lập" in text(admin, "/school/") and 'href="/school/setup/subjects/"' in text(
        admin, "/school/"
    )
    assert "bước thiết lập trường" in text(admin, "/")
    admin.post(step + "subjects/", {"do": "seed"})
    assert setup.progress().after("subjects").key == "groups", "periods came with the subjects"  # type: ignore[union-attr]
    assert "1015" in text(admin, step + "periods/") and "1032" in text(admin, step + "periods/")
    assert on(admin, "periods") == step + "groups/"
    admin.post(step + "groups/", {"do": "seed"})
    admin.post(step + "classes/", {"do": "quick", "names": "6A1-6A3, 7A1..7A2", "shift": "am"})
    assert [c.unit.name for c in SchoolClass.objects.all()] == ["6A1", "6A2", "6A3", "7A1", "7A2"]
    assert on(admin, "classes") == step + "people/"
    assert "Mở trang này" in text(admin, step + "people/")
    assert on(admin, "people", "skip") == step + "teaching/"
    assert on(admin, "teaching", "skip") == "/school/"
    assert "Tiếp tục thiết lập" not in text(admin, "/school/")
    assert "Trường đã sẵn sàng" in text(admin, "/school/setup/") and "để sau" in text(admin, "/school/setup/")
    assert "bước thiết lập trường" not in text(admin, "/")
    assert (
        queries.managing_body(queries.current_year(setup.SchoolYear.objects.get().during.lower).during.lower)
        == "UBND xã Hoà Bình"
    )  # type: ignore[union-attr]
    assert SchoolProfile.objects.get().sector_code == "0012", "codes are text"


def test_going_on_saves_the_sheet_that_was_typed(admin: Client) -> None:
    step = "/school/setup/profile/"
    assert 'form="sheet" name="onward" value="profile"' in text(admin, step)
    typed = {"name": "Trường THCS Hoà Bình", "level": "thcs", "onward": "profile"}
    assert admin.post(step, typed | {"name": ""}).status_code == 422
    assert admin.post(step, typed).headers["Location"] == "/school/setup/campuses/"
    assert SchoolProfile.objects.get().name == "Trường THCS Hoà Bình"
    elsewhere = admin.post("/school/profile/", typed | {"onward": "nowhere"})
    assert elsewhere.headers["Location"] == "/school/profile/"


def test_a_step_that_needs_a_year_or_a_file_leads_there(admin: Client) -> None:
    for key, label in (("periods", "Số tiết"), ("classes", "Lớp")):
        page = text(admin, f"/school/setup/{key}/")
        assert 'href="/school/setup/calendar/"' in page and f"<h1>{label}</h1>" in page
    assert 'href="/import/"' in text(admin, "/school/setup/people/")


def test_a_skipped_step_is_reached_later_and_counts_once_done(admin: Client) -> None:
    on(admin, "campuses", "skip")
    states = {s.step.key: s.state for s in setup.progress().steps}
    assert states["campuses"] == "skipped" and states["profile"] == "todo"
    admin.post("/school/campuses/", {"row": "campus-new", "name": "Cơ sở chính", "do": "save"})
    assert {s.step.key: s.state for s in setup.progress().steps}["campuses"] == "done"
    assert text(admin, "/school/setup/campuses/").count("Cơ sở chính") >= 1, "the same page, in its frame"


def test_the_wizard_is_the_heads_and_the_admins(cast: Cast) -> None:
    for who in ("deputy", "clerk", "teacher", "pupil", "inspector"):
        client = client_of(cast.accounts[who])
        assert client.get("/school/setup/").status_code == 404
        assert client.post("/school/setup/profile/move/", {"do": "done"}).status_code == 404
        assert "Bắt đầu thiết lập" not in client.get("/").content.decode()
    assert client_of(cast.head).get("/school/setup/").status_code == 200
    assert client_of(cast.head).get("/school/setup/khong-co/").status_code == 404
    assert client_of(cast.head).post("/school/setup/khong-co/move/").status_code == 404


def test_progress_is_two_queries(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        setup.progress()


def test_the_school_stands_in_the_bar_of_those_who_have_a_line_there(cast: Cast) -> None:
    for who in ("head", "deputy", "it_admin", "clerk", "inspector"):
        client = client_of(cast.accounts[who])
        assert 'href="/school/"' in client.get("/").content.decode(), who
        assert "Năm học và lịch" in client.get("/school/").content.decode(), who
    for who in ("pupil", "guardian", "stranger"):
        assert 'href="/school/"' not in client_of(cast.accounts[who]).get("/").content.decode(), who


def test_a_homeroom_teacher_is_given_on_the_class(cast: Cast) -> None:
    client = client_of(cast.head)
    client.post("/school/calendar/", {"row": "newyear-new", "name": "2026-2027", "do": "save"})
    teacher = cast.teacher.person_id
    page = "/school/classes/?year=2026-2027"
    client.post(page, {"row": "class-new", "name": "6A1", "shift": "am", "homeroom": teacher, "do": "save"})
    unit = Unit.objects.get(name="6A1")
    assert RoleAssignment.objects.get(unit=unit).person_id == teacher
    client.post(page, {"row": f"class-{unit.pk}", "name": "6A1", "shift": "pm", "homeroom": "", "do": "save"})
    assert not RoleAssignment.objects.filter(unit=unit, role=Role.HOMEROOM).exists()
    assert SchoolClass.objects.get(unit=unit).shift == "pm"
