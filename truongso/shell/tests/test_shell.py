"""The frame: home, navigation, errors, the phone's own files."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, client_of

ROLES = [
    "head",
    "deputy",
    "group_head",
    "teacher",
    "homeroom",
    "clerk",
    "it_admin",
    "inspector",
    "pupil",
    "guardian",
    "stranger",
]


@pytest.mark.parametrize("who", ROLES)
def test_no_link_of_the_frame_is_dead(cast: Cast, who: str) -> None:
    client = client_of(getattr(cast, who))
    page = client.get("/").content.decode()
    assert 'aria-current="page"' in page
    found = set(re.findall(r'href="(/[^"#]*)"', page + client.get("/more/").content.decode()))
    links = {link for link in found if not link.startswith(("/static/", "/manifest"))}
    assert len(links) >= 6
    assert {link: status for link in links if (status := client.get(link).status_code) not in {200, 302}} == {}


def test_each_role_sees_what_it_needs(cast: Cast) -> None:
    def nav(who: str) -> str:
        return client_of(getattr(cast, who)).get("/").content.decode().split("<main")[0]

    assert "Hệ thống" in nav("it_admin") and "Nhật kí" in nav("head")
    assert "Lớp học" in nav("homeroom") and "Hệ thống" not in nav("homeroom")
    assert "Mọi người" not in nav("pupil") and "Lớp học" not in nav("guardian")


def test_home_costs_few_queries_whatever_there_is(cast: Cast) -> None:
    client = client_of(cast.pupil)
    client.get("/")
    with CaptureQueriesContext(connection) as made:
        client.get("/")
    assert len(made) <= 12, [q["sql"][:90] for q in made]


def test_the_homeroom_teacher_is_told_who_never_came_in(cast: Cast) -> None:
    page = client_of(cast.homeroom).get("/").content.decode()
    assert "em chưa vào lần nào" in page and 'href="/classes/"' in page


def test_not_visible_and_not_there_look_the_same(cast: Cast) -> None:
    client = client_of(cast.pupil)
    one, other = client.get("/people/"), client.get("/khong-co/")
    assert one.status_code == other.status_code == 404
    strip = re.compile(r'data-streams="[^"]*"|csrfmiddlewaretoken" value="[^"]*"')
    assert strip.sub("", one.content.decode()) == strip.sub("", other.content.decode())


def test_a_broken_page_gives_a_code_without_the_database(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(cast.pupil)
    client.raise_request_exception = False
    monkeypatch.setattr("truongso.shell.today.waiting_for", lambda actor: 1 / 0)
    answer = client.get("/")
    page = answer.content.decode()
    assert answer.status_code == 500 and "Trang này đang hỏng" in page
    code = re.search(r'class="code">([0-9A-F]{4})<', page)
    assert code and code[1] in caplog.text


def test_a_full_disk_is_told_as_it_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DatabaseError
    from psycopg.errors import DiskFull

    def full(actor: object) -> None:
        try:
            raise DiskFull("could not extend file")
        except DiskFull as error:
            raise DatabaseError from error

    client = client_of(cast.pupil)
    client.raise_request_exception = False
    monkeypatch.setattr("truongso.shell.today.waiting_for", full)
    answer = client.get("/")
    assert answer.status_code == 507 and "đã đầy ổ đĩa" in answer.content.decode()


def test_a_crowd_at_the_door_is_asked_to_wait_in_our_words(
    db: None, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}  # type: ignore[attr-defined]
    client = Client()
    for _ in range(2):
        answer = client.post("/sign-in/", {"login": "khong.co", "password": "x"})
    page = answer.content.decode()
    assert answer.status_code == 429 and "Xin đợi một phút" in page and "Too Many" not in page
    monkeypatch.setattr("truongso.lib.disk.free", lambda folder: 0)
    full = client.post("/sign-in/", {"login": "khong.co", "password": "x"})
    assert full.status_code == 507 and "đã đầy ổ đĩa" in full.content.decode()


def test_the_parts_are_told_in_words() -> None:
    from truongso.shell.health import in_words

    assert in_words("worker", "5s") == "lên tiếng 5 giây trước"
    assert in_words("gateway", '{"listening":true,"pages":3}') == "3 trang đang mở"
    assert in_words("database", "15.18 (Debian 15.18-0+deb12u1)") == "PostgreSQL 15.18"
    assert in_words("front", "running") == "" and in_words("front", "restarting") == "đang khởi động lại"


def test_a_page_that_was_open_too_long(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.pupil)
    answer = client.post("/settings/notices/", {})
    assert answer.status_code == 403 and "Trang đã mở quá lâu" in answer.content.decode()


def test_the_phones_files(db: None) -> None:
    manifest = Client().get("/manifest.webmanifest").json()
    assert manifest["lang"] == "vi" and len(manifest["icons"]) == 3
    for icon in manifest["icons"]:
        from django.conf import settings

        assert (settings.FRONTEND_DIST / icon["src"].removeprefix("/static/")).is_file()
    worker = Client().get("/sw.js")
    assert worker.headers["Cache-Control"] == "no-cache" and b"/offline/" in b"".join(worker.streaming_content)
    assert "Đang mất mạng" in Client().get("/offline/").content.decode()
    assert "Disallow: /" in Client().get("/robots.txt").content.decode()


def test_only_home_is_kept_for_offline_and_never_somebody_elses(cast: Cast) -> None:
    client = client_of(cast.pupil)
    assert client.get("/").headers["X-Keep-Offline"] == "yes"
    assert "X-Keep-Offline" not in client.get("/notices/").headers
    assert client_of(cast.it_admin).post(f"/people/{cast.pupil.person_id}/support/", {"reason": "x"}).status_code == 302


def test_pages_are_guarded(cast: Cast) -> None:
    headers = client_of(cast.pupil).get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY" and headers["X-Content-Type-Options"] == "nosniff"


def test_health_is_honest_when_parts_are_missing(db: None) -> None:
    answer = Client().get("/healthz")
    body = answer.json()
    assert answer.status_code == 503 and body["parts"]["database"]["ok"] and not body["parts"]["gateway"]["ok"]


def test_settings_are_kept(cast: Cast) -> None:
    client = client_of(cast.pupil)
    client.post("/theme/", {"theme": "dark", "next": "/settings/"})
    assert 'data-theme="dark"' in client.get("/settings/").content.decode()
    client.post("/theme/", {"theme": "", "next": "/settings/"})
    assert "data-theme" not in client.get("/settings/").content.decode()
    client.post("/language/", {"language": "en"})
    cast.pupil.refresh_from_db()
    assert cast.pupil.language == "en"
