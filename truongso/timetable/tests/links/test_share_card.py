"""What Zalo (not signed in) sees of a link: enough to know which lesson, nothing of persons or of the address outside."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from tests.cast import Cast
from truongso.timetable.models import Period, StandingLink, new_token
from truongso.timetable.share_card import Card, draw
from truongso.timetable.tests.links.conftest import At, link


def test_the_page_has_a_card(cast: Cast, period: Period, at: At) -> None:
    at(6)
    zoom = link(period, title="Lớp cô Mai, em An nhớ vào", watch_for="mật khẩu 1234")
    answer = Client().get(f"/l/{zoom.token}/", headers={"User-Agent": "facebookexternalhit/1.1 ZaloPC"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<meta property="og:title" content="Toán 8A2, thứ Hai 02/09, 7:00">' in page
    assert f'<meta property="og:url" content="http://testserver/l/{zoom.token}/">' in page
    assert f'<meta property="og:image" content="http://testserver/l/{zoom.token}/card.png?v=' in page
    for secret in ("zoom.us", "Mai", "An nhớ", "1234", "Vũ Thị"):
        assert secret not in page.split("<body")[0] and secret not in page.split("<main")[1]
    assert "no-store" in answer.headers["Cache-Control"], "signed in, the same address is another page"


def test_the_picture(cast: Cast, period: Period, at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    at(6)
    zoom = link(period)
    answer = Client().get(f"/l/{zoom.token}/card.png")
    assert answer.headers["Content-Type"] == "image/png" and "public" in answer.headers["Cache-Control"]
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert len(answer.content) < 40_000

    def never(_card: Card) -> bytes:
        raise AssertionError("drawn twice")

    monkeypatch.setattr("truongso.timetable.views.way.draw", never)
    assert Client().get(f"/l/{zoom.token}/card.png").content == answer.content
    assert Client().get("/l/khong-co/card.png").status_code == 404


def test_a_standing_link_has_one_too(cast: Cast, period: Period, at: At) -> None:
    at(6)
    made = StandingLink.objects.create(
        unit=period.unit, subject=period.subject, kind="zalo", url="https://zalo.me/g/abc", token=new_token()
    )
    page = Client().get(f"/l/{made.token}/").content.decode()
    assert 'og:title" content="Toán 8A2, thứ Hai 02/09, 7:00"' in page and "zalo.me" not in page


@pytest.mark.parametrize("title", ["Toán 8A2", "Hoạt động trải nghiệm, hướng nghiệp 8A2", "Ữ" * 300, "Giáo dục " * 40])
def test_any_text_fits(title: str) -> None:
    assert Image.open(BytesIO(draw(Card(title, "thứ Ba 24/11, 7:50", "Zoom", "THCS Bình Minh")))).size == (1200, 630)


def test_other_words_are_another_picture() -> None:
    card = Card("Toán 8A2", "thứ Ba 24/11, 7:50", "Zoom", "THCS Bình Minh")
    assert card.version != Card("Toán 8A2", "thứ Ba 24/11, 7:50", "Google Meet", "THCS Bình Minh").version


def test_tokens_are_not_to_be_guessed() -> None:
    made = {new_token() for _ in range(2000)}
    assert len(made) == 2000 and {len(t) for t in made} == {12}
