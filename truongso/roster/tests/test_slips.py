"""Sign-in slips on paper: what stands on them, who prints them."""

from __future__ import annotations

import io
import unicodedata
from datetime import timedelta

import pypdfium2
import pytest
import segno
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, client_of
from truongso.people.actions.accounts import Slip
from truongso.people.models import Account
from truongso.roster.slips import address_for_phones, slips_pdf


def text_of(pdf: bytes) -> str:
    return unicodedata.normalize(
        "NFC", "\n".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf))
    )


def slips(count: int) -> list[Slip]:
    expires = timezone.now() + timedelta(days=14)
    return [
        Slip(n, f"Nguyễn Khánh Ân {n}", "8A2", f"an.nk{n}.8a2", "song-7-me-4-lua", f"/s/token-{n}", expires)
        for n in range(count)
    ]


def test_eight_slips_a_page_with_all_that_is_needed() -> None:
    pdf = slips_pdf(slips(9), school="Trường THCS Bình Minh", address="https://truong.example:8443")
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 2
    text = " ".join(text_of(pdf).split())
    for needed in ("Nguyễn Khánh Ân 8", "an.nk0.8a2", "song-7-me-4-lua", "truong.example:8443", "lớp 8A2", "hết hạn"):
        assert needed in text


def test_the_qr_on_paper_opens_the_slips_page() -> None:
    """The printed squares are sampled and compared with the code of the address."""
    pdf = slips_pdf(slips(1), school="Trường", address="https://truong.example")
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=4).to_pil().convert("L")
    wanted = [
        [bit == 1 for bit in row]
        for row in segno.make("https://truong.example/s/token-0", error="m", micro=False).matrix
    ]
    dark = [
        (x, y)
        for y in range(picture.height // 4)
        for x in range(picture.width // 2 - 150, picture.width // 2 - 20)
        if picture.getpixel((x, y)) < 60
    ]
    assert dark, "the code stands at the right of the slip"
    mm = 4 * 72 / 25.4
    left, top = _corner(picture, len(wanted), 27 * mm)
    unit = 27 * mm / len(wanted)
    seen = [
        [
            picture.getpixel((int(left + (c + 0.5) * unit), int(top + (r + 0.5) * unit))) < 128
            for c in range(len(wanted))
        ]
        for r in range(len(wanted))
    ]
    assert seen == wanted


def _corner(picture, modules: int, size: float) -> tuple[float, float]:
    """Where the code begins: the first long dark run of a finder pattern inside the slip's right half."""
    mm = 4 * 72 / 25.4
    run = int(7 * size / modules * 0.9)
    for y in range(int(10 * mm), int(70 * mm)):
        for x in range(int(60 * mm), int(100 * mm)):
            if (
                all(picture.getpixel((x + step, y)) < 128 for step in range(0, run, 3))
                and picture.getpixel((x - 3, y)) > 128
            ):
                return float(x), float(y)
    raise AssertionError("no code on the page")


@pytest.mark.parametrize(
    ("who", "status"),
    [("homeroom", 200), ("it_admin", 200), ("other_homeroom", 404), ("head", 404), ("teacher", 404), ("pupil", 404)],
)
def test_who_prints_slips_for_a_class(cast: Cast, who: str, status: int) -> None:
    answer = client_of(getattr(cast, who)).post(f"/classes/{cast.class_8a2.pk}/slips/", {"who": "all"})
    assert answer.status_code == status
    if status == 200:
        text = text_of(answer.content)
        assert "Nguyễn Khánh An" in text and "Lê Gia Bảo" in text and "Trịnh Mai Chi" not in text


def test_printing_for_the_waiting_leaves_the_others_alone(cast: Cast) -> None:
    Account.objects.filter(pk=cast.pupil.pk).update(first_signed_in_at=timezone.now())
    text = text_of(client_of(cast.homeroom).post(f"/classes/{cast.class_8a2.pk}/slips/", {"who": "waiting"}).content)
    assert "Lê Gia Bảo" in text and "Nguyễn Khánh An" not in text
    cast.pupil.refresh_from_db()
    assert not cast.pupil.must_change_password


def test_a_family_gets_one_sheet(cast: Cast) -> None:
    answer = client_of(cast.homeroom).post(f"/people/{cast.guardian.person_id}/slips/")
    text = text_of(answer.content)
    assert "Nguyễn Thị Lan" in text and "Nguyễn Khánh An" in text


def test_a_printed_password_works(cast: Cast) -> None:
    text = text_of(client_of(cast.homeroom).post(f"/people/{cast.pupil.person_id}/slip/").content)
    lines = [line.strip() for line in text.splitlines()]
    password = next(line for line in lines if line.count("-") == 4)
    answer = Client().post("/sign-in/", {"login": "an.nk.8a2", "password": password})
    assert answer.status_code == 302


def test_slips_are_quick() -> None:
    assert io.BytesIO(slips_pdf(slips(45), school="Trường", address="http://localhost"))


def test_a_slip_printed_on_the_schools_own_machine_names_an_address_that_phones_reach(settings) -> None:
    settings.DOMAIN, settings.SITE_ADDRESS = "truong.example", "https://truong.example:8443"
    assert address_for_phones("http", "localhost:8000") == "https://truong.example:8443"
    assert address_for_phones("https", "10.0.0.5:8443") == "https://10.0.0.5:8443"
    settings.DOMAIN = ""
    assert address_for_phones("http", "localhost:8000") == "http://localhost:8000"
