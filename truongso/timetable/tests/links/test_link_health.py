"""Checking addresses: a real server answers, the school's own network is never asked, the right teacher is told once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cast import Cast
from truongso.notify.models import Receipt
from truongso.people.actor import Actor, actor_for
from truongso.timetable import link_health
from truongso.timetable.actions import periods as period_verbs
from truongso.timetable.actions.link_checks import check_links
from truongso.timetable.link_health import Seen, look, public
from truongso.timetable.models import Mode, Period, PeriodLink, StandingLink, new_token
from truongso.timetable.tests.conftest import MONDAY
from truongso.timetable.tests.links.conftest import At, link
from truongso.timetable.waiting import links as waiting

TOLD = "không mở được"
OURS = frozenset({"127.0.0.1"})
VIDEO = "https://www.youtube.com/watch?v="


class Site(BaseHTTPRequestHandler):
    """/404, /500 … answer so; /head/405 refuses HEAD; /to/X redirects; /oembed is YouTube's."""

    asked: list[str] = []

    def do_HEAD(self) -> None:
        self._answer(b"")

    def do_GET(self) -> None:
        self._answer(b'{"title": "H\\u00ecnh thoi"}')

    def _answer(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        self.asked.append(f"{self.command} {self.path}")
        status, target = 200, ""
        if parts.path == "/oembed":
            status = int(parse_qs(parts.query)["url"][0].rpartition("v=")[2][:3])
        elif parts.path == "/head/405":
            status = 405 if self.command == "HEAD" else 200
        elif parts.path.startswith("/to/"):
            status, target = 302, self.path.removeprefix("/to/")
        elif parts.path[1:4].isdigit():
            status = int(parts.path[1:4])
        self.send_response(status)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def told() -> int:
    return Receipt.objects.filter(notice__title__contains=TOLD).count()


def ask(url: str, site: str = "") -> Seen:
    return look(url, allow=OURS.__contains__, oembed=f"{site}/oembed")


@pytest.mark.parametrize(
    ("path", "wrong"),
    [("/", ""), ("/404", "gone"), ("/410", "gone"), ("/403", ""), ("/401", ""), ("/503", "error"), ("/head/405", ""),
     ("/to//404", "gone"), ("/to//200", "")],
)  # fmt: skip
def test_what_a_page_answers(site: str, path: str, wrong: str) -> None:
    assert ask(site + path) == Seen(answered=True, wrong=wrong)


@pytest.mark.parametrize(
    ("answer", "wrong", "title"), [("200", "", "Hình thoi"), ("404", "gone", ""), ("400", "gone", ""), ("403", "private", ""), ("401", "", "")]
)  # fmt: skip
def test_youtube_tells_of_a_removed_video_by_its_own_address(site: str, answer: str, wrong: str, title: str) -> None:
    assert ask(f"{VIDEO}{answer}aaaaaaaa", site) == Seen(answered=True, wrong=wrong, title=title)
    assert Site.asked[0].startswith("GET /oembed?format=json&url=https%3A%2F%2Fwww.youtube.com")


def test_a_page_with_a_vietnamese_name_is_asked_as_browsers_do(site: str) -> None:
    assert ask(site + "/wiki/Hình_thoi?chữ=đậm") == Seen(answered=True)
    assert ask(site + "/to/" + site + "/bài") == Seen(answered=True)
    assert Site.asked[0] == "HEAD /wiki/H%C3%ACnh_thoi?ch%E1%BB%AF=%C4%91%E1%BA%ADm"


def test_nobody_there_is_silence(site: str) -> None:
    assert ask("http://127.0.0.1:1/") == Seen(answered=False, wrong="silent")
    assert ask(site + "/to/" + site + "/to/" * 9) in {Seen(False, "silent"), Seen(True, "")}


@pytest.mark.parametrize(
    "ip",
    ["127.0.0.1", "10.0.0.5", "192.168.1.1", "172.16.0.9", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1",
     "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b:1::1", "64:ff9b::7f00:1",
     "fec0::1", "::7f00:1"],
)  # fmt: skip
def test_inside_is_no_address_of_the_internet(ip: str) -> None:
    assert not public(ip)


def test_the_internet_is() -> None:
    assert public("142.250.1.1") and public("2404:6800:4003::1")


def test_the_school_s_own_network_is_never_asked(site: str) -> None:
    assert look(site + "/") == Seen(answered=False)
    assert look("http://localhost:" + site.rpartition(":")[2]) == Seen(answered=False)
    assert look("http://2130706433/") == Seen(answered=False), "127.0.0.1 as one number"
    assert look("file:///etc/passwd") == Seen(answered=False)
    assert Site.asked == []


def test_a_redirect_into_it_is_not_followed(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = link_health.socket.getaddrinfo
    port = int(site.rpartition(":")[2])

    def names(host: str, *more: object, **named: object) -> object:
        return real("127.0.0.1" if host == "bai.example" else host, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(link_health.socket, "getaddrinfo", names)
    seen = look(f"http://bai.example:{port}/to/http://169.254.169.254/latest/", allow=OURS.__contains__)
    assert seen == Seen(answered=False) and len(Site.asked) == 1


# The job


@pytest.fixture
def eve(period: Period, at: At) -> Period:
    """Sunday, 19:00, before the period of Monday 7:00."""
    at(19, 0, -1)
    return period


def test_the_right_teacher_is_told_once(cast: Cast, eve: Period, site: str) -> None:
    broken, fine = link(eve, "other", site + "/404"), link(eve, "other", site + "/")
    assert check_links(look=ask, witnesses=(), polite=0) == 2
    broken.refresh_from_db(), fine.refresh_from_db()
    assert (broken.broken, fine.broken) == ("gone", "") and fine.checked_at is not None
    receipt = Receipt.objects.get(notice__title__contains=TOLD)
    assert receipt.person == cast.teacher.person and receipt.notice.title.startswith("Đường dẫn")
    assert receipt.notice.link == f"/periods/{eve.pk}/#links"
    check_links(look=ask, witnesses=(), polite=0)
    assert told() == 1 and Site.asked.count("HEAD /") == 1, "what answered is not asked again soon"
    PeriodLink.objects.filter(pk=broken.pk).update(url=site + "/200")
    check_links(look=ask, witnesses=(), polite=0)
    broken.refresh_from_db()
    assert (broken.broken, broken.told_at) == ("", None)


def test_the_substitute_is_the_right_teacher(cast: Cast, head: Actor, eve: Period, site: str) -> None:
    period_verbs.substitute(by=head, period=eve, person=cast.group_head.person, reason="Cô Mai ốm")
    link(eve, "other", site + "/404")
    check_links(look=ask, witnesses=(), polite=0)
    assert Receipt.objects.get(notice__title__contains=TOLD).person == cast.group_head.person


def test_without_internet_nothing_is_marked(cast: Cast, eve: Period, site: str) -> None:
    zoom = link(eve)
    assert check_links(look=lambda _url: Seen(False, "silent"), polite=0) == 0
    zoom.refresh_from_db()
    assert (zoom.broken, zoom.checked_at) == ("", None) and not told()
    # Some other server answers: then the silence is the page's own.
    check_links(look=lambda url: Seen("youtube" in url, "" if "youtube" in url else "silent"), polite=0)
    zoom.refresh_from_db()
    assert zoom.broken == "silent" and told() == 1


def test_only_what_the_next_day_needs(cast: Cast, eve: Period, site: str) -> None:
    later = Period.objects.filter(day=MONDAY + timedelta(days=2))[0]
    link(later, "other", site + "/spaeter")
    link(eve, "other", site + "/weg", removed_at="2030-09-01T00:00+07:00")
    StandingLink.objects.create(unit=eve.unit, subject=eve.subject, kind="teams", url=site + "/404", token=new_token())
    check_links(look=ask, witnesses=(), polite=0)
    assert Site.asked == ["HEAD /404", "GET /404"]
    assert StandingLink.objects.get().broken == "gone" and told() == 1


def test_a_video_gets_its_own_name(eve: Period, site: str) -> None:
    video = link(eve, "video", VIDEO + "200aaaaaaaa", title="Video bài giảng")
    own = link(eve, "video", VIDEO + "200bbbbbbbb", title="Bài cô quay")
    check_links(look=lambda url: ask(url, site), witnesses=(), polite=0)
    video.refresh_from_db(), own.refresh_from_db()
    assert (video.title, own.title) == ("Hình thoi", "Bài cô quay")


def test_one_host_is_asked_one_at_a_time(eve: Period, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("truongso.timetable.actions.link_checks.time.sleep", waits.append)
    for n in range(3):
        link(eve, "other", f"https://olm.vn/{n}")
    check_links(look=lambda _url: Seen(True), polite=1.0)
    assert waits == [0, 1.0, 1.0]


def test_what_waits_for_the_teacher(cast: Cast, head: Actor, eve: Period, site: str) -> None:
    teacher = actor_for(cast.teacher, on=MONDAY - timedelta(days=1))
    assert list(waiting.lines(teacher)) == []
    link(eve, "other", site + "/404")
    check_links(look=ask, witnesses=(), polite=0)
    study = Period.objects.filter(day=MONDAY, unit=cast.class_7a1)[0]
    period_verbs.set_mode(by=head, period=study, mode=Mode.SELF_STUDY, reason="Tự học")
    found = [(count, text, more) for count, text, more, _href in waiting.lines(teacher)]
    assert found == [(1, "đường dẫn không mở được", "Toán 8A2"), (1, "tiết tự học chưa có bài xem", "Ngữ văn 7A1")]
    link(study, "video", VIDEO + "abcdefghijk")
    assert [text for _n, text, *_rest in waiting.lines(teacher)] == ["đường dẫn không mở được"]
    assert list(waiting.lines(actor_for(cast.pupil, on=MONDAY))) == []
