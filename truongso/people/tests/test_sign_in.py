"""Coming in: through the pages, as people do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD, TOTP_SECRET, Cast, client_of
from truongso.demo.sign_ins import code_now
from truongso.people import throttle
from truongso.people.actions import accounts
from truongso.people.models import Account, LoginSession, SignInSlip

SIGN_IN = "/sign-in/"


def sign_in(login: str, password: str, client: Client | None = None):
    client = client or Client()
    return client, client.post(SIGN_IN, {"login": login, "password": password})


def test_right_password_leads_to_today(cast: Cast) -> None:
    client, answer = sign_in("an.nk.8a2", PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "Hôm nay" in client.get("/").content.decode()


@pytest.mark.parametrize("typed", ["AN.NK.8A2", " an.nk.8a2 ", "ẩn.nk.8a2"])
def test_a_login_is_forgiving(cast: Cast, typed: str) -> None:
    _, answer = sign_in(typed, PASSWORD)
    assert answer.status_code == 302


def test_wrong_password_and_unknown_login_say_the_same(cast: Cast) -> None:
    answers = [sign_in(login, "sai-mat-khau")[1] for login in ("an.nk.8a2", "khong.co")]
    pages = [answer.content.decode() for answer in answers]
    for page in pages:
        assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in page
    assert 'value="an.nk.8a2"' in pages[0], "what was typed stays"


def test_closed_account_does_not_come_in(cast: Cast) -> None:
    Account.objects.filter(pk=cast.pupil.pk).update(is_active=False)
    client, answer = sign_in("an.nk.8a2", PASSWORD)
    assert "chưa đúng" in answer.content.decode()
    assert client.get("/").status_code == 302


def test_an_account_rests_after_wrong_passwords_and_unlocks(cast: Cast) -> None:
    for _ in range(5):
        _, answer = sign_in("an.nk.8a2", "sai-mat-khau")
    assert "tạm nghỉ" in answer.content.decode()
    _, answer = sign_in("an.nk.8a2", PASSWORD)
    assert "tạm nghỉ" in answer.content.decode(), "also with the right password"
    Account.objects.filter(pk=cast.pupil.pk).update(locked_until=timezone.now() - timedelta(seconds=1))
    _, answer = sign_in("an.nk.8a2", PASSWORD)
    assert answer.status_code == 302
    cast.pupil.refresh_from_db()
    assert cast.pupil.failed_attempts == 0


def test_a_machine_that_guesses_is_stopped_and_its_neighbours_are_not(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "MOST_FAILURES", 3)
    machine = {"X-Client-Address": "192.0.2.66"}
    for number in range(3):
        answer = Client(headers=machine).post(SIGN_IN, {"login": f"nguoi.so{number}", "password": "sai-mat-khau"})
        assert "chưa đúng" in answer.content.decode()
    stopped = Client(headers=machine).post(SIGN_IN, {"login": "an.nk.8a2", "password": PASSWORD})
    assert stopped.status_code == 200 and "Nhiều lần đăng nhập sai quá" in stopped.content.decode()
    assert sign_in("an.nk.8a2", PASSWORD)[1].status_code == 302


def test_a_morning_crowd_is_never_throttled(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """allauth's own throttle locks one row for a whole address; whoever waited a second for it was refused."""

    @contextmanager
    def taken(key: str) -> Iterator[bool]:
        yield False

    monkeypatch.setattr("allauth.core.internal.ratelimit.cache_lock", taken)
    assert sign_in("an.nk.8a2", PASSWORD)[1].status_code == 302


def test_sign_in_never_leads_to_another_site(cast: Cast) -> None:
    client = Client()
    answer = client.post(SIGN_IN, {"login": "an.nk.8a2", "password": PASSWORD, "next": "https://xau.example/"})
    assert answer.headers["Location"] == "/"


def test_a_session_gets_a_new_key_at_sign_in(cast: Cast) -> None:
    client = Client()
    client.get(SIGN_IN)
    client.session["x"] = 1
    before = client.session.session_key
    client.post(SIGN_IN, {"login": "an.nk.8a2", "password": PASSWORD})
    assert client.session.session_key != before


# -- the slip -------------------------------------------------------------------------------------------------------


def slip_for(account: Account) -> accounts.Slip:
    return accounts.issue_slip(by=None, account=account, class_name="8A2")


def test_the_slip_opens_the_first_sign_in_once(cast: Cast) -> None:
    slip = slip_for(cast.pupil)
    client = Client()
    page = client.get(slip.path).content.decode()
    assert "Nguyễn Khánh An" in page and "an.nk.8a2" in page
    assert client.post(slip.path, {"password": "ngan"}).status_code == 422
    answer = client.post(slip.path, {"password": "cau-vong-sau-mua"})
    assert answer.status_code == 302 and client.get("/").status_code == 200
    again = Client().get(slip.path)
    assert again.status_code == 410 and "đã dùng rồi" in again.content.decode()
    _, answer = sign_in("an.nk.8a2", "cau-vong-sau-mua")
    assert answer.status_code == 302


def test_an_expired_and_a_voided_slip_say_so(cast: Cast) -> None:
    old, new = slip_for(cast.pupil), slip_for(cast.pupil)
    assert "hết hạn" in Client().get(old.path).content.decode()
    SignInSlip.objects.update(expires_at=timezone.now() - timedelta(days=1))
    answer = Client().get(new.path)
    assert answer.status_code == 410 and "hết hạn" in answer.content.decode()
    _, answer = sign_in("an.nk.8a2", new.first_password)
    assert "hết hạn" in answer.content.decode(), "nor does the first password work any more"
    assert Client().get("/s/khong-co").status_code == 404


def test_first_password_must_be_changed_before_anything_else(cast: Cast) -> None:
    slip = slip_for(cast.pupil)
    client, _ = sign_in("an.nk.8a2", slip.first_password)
    assert client.get("/notices/").headers["Location"] == "/sign-in/first/"
    assert client.post("/sign-in/first/", {"password": "an.nk.8a2-abc"}).status_code == 422
    assert client.post("/sign-in/first/", {"password": "cau-vong-sau-mua"}).status_code == 302
    assert client.get("/notices/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_people_with_one_slip_at_once(transactional_db: None) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.core.exceptions import ValidationError
    from django.db import connections

    from tests.cast import make_cast

    token = slip_for(make_cast().pupil).path.removeprefix("/s/")

    def use(password: str) -> bool:
        try:
            accounts.use_slip(token=token, password=password)
        except ValidationError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        used = list(pool.map(use, ["cau-vong-sau-mua", "mua-sau-cau-vong"]))
    assert sorted(used) == [False, True]


# -- the second factor ----------------------------------------------------------------------------------------------


def test_the_head_needs_the_code_on_the_phone(cast: Cast) -> None:
    client, answer = sign_in("minh.tv", PASSWORD)
    assert answer.headers["Location"].startswith("/sign-in/second/")
    assert client.get("/").status_code == 302, "half a sign-in is none"
    wrong = client.post("/sign-in/second/", {"code": "000000"})
    assert "Mã chưa đúng" in wrong.content.decode()
    right = client.post("/sign-in/second/", {"code": code_now(TOTP_SECRET)})
    assert right.status_code == 302 and client.get("/").status_code == 200
    other, _ = sign_in("minh.tv", PASSWORD)
    replayed = other.post("/sign-in/second/", {"code": code_now(TOTP_SECRET)})
    assert replayed.status_code == 200, "a code works once"


def test_an_it_admin_without_second_factor_sets_one_up_first(cast: Cast) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.all().delete()
    client, _ = sign_in("nam.hh", PASSWORD)
    assert client.get("/system/").headers["Location"] == "/account/second-factor/needed/"
    page = client.get("/account/second-factor/app/").content.decode()
    secret = page.split('<b class="code">')[1].split("</b>")[0]
    done = client.post("/account/second-factor/app/", {"code": code_now(secret)})
    assert done.status_code == 302
    assert client.get("/system/").status_code == 200
    codes = client.get("/account/second-factor/codes/").content.decode()
    assert codes.count('class="code"') == 10
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in kept, "the secret is sealed"


def test_recovery_code_instead_of_the_phone(cast: Cast) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(cast.head).generate_codes()[0]
    client, _ = sign_in("minh.tv", PASSWORD)
    assert client.post("/sign-in/second/", {"code": code}).status_code == 302
    assert client.get("/").status_code == 200


def test_no_way_to_register_or_reset_by_mail(cast: Cast) -> None:
    for address in ("/sign-in/closed/register/", "/sign-in/closed/reset/", "/accounts/signup/", "/sign-in/google/"):
        assert Client().get(address).status_code == 404


# -- sessions -------------------------------------------------------------------------------------------------------


def test_people_see_and_end_their_sessions(cast: Cast) -> None:
    phone, laptop = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 13) Chrome/100"}), Client()
    sign_in("an.nk.8a2", PASSWORD, phone)
    sign_in("an.nk.8a2", PASSWORD, laptop)
    page = laptop.get("/account/").content.decode()
    assert "Chrome trên Android" in page and "Máy này" in page
    mark = page.split("/account/sessions/")[1].split("/end/")[0]
    assert laptop.post(f"/account/sessions/{mark}/end/").status_code == 302
    assert phone.get("/").status_code == 302, "the phone is out"
    assert laptop.get("/").status_code == 200


def test_changing_the_password_ends_other_sessions(cast: Cast) -> None:
    phone, laptop = client_of(cast.pupil), client_of(cast.pupil)
    answer = laptop.post("/account/password/", {"old": PASSWORD, "password": "cau-vong-sau-mua"})
    assert answer.status_code == 302
    assert laptop.get("/").status_code == 200
    assert phone.get("/").status_code == 302
    assert laptop.post("/account/password/", {"old": "sai", "password": "cau-vong-sau-mua"}).status_code == 422


def lie_idle(client: Client, minutes: int) -> None:
    key = client.session.session_key
    LoginSession.objects.filter(session_key=key).update(last_seen_at=timezone.now() - timedelta(minutes=minutes))


def test_a_teachers_page_locks_and_a_pupils_phone_does_not(cast: Cast) -> None:
    teacher, pupil = client_of(cast.teacher), client_of(cast.pupil)
    for client in (teacher, pupil):
        client.get("/")
        lie_idle(client, 31)
    assert teacher.get("/notices/").headers["Location"] == "/unlock/?next=%2Fnotices%2F"
    assert pupil.get("/notices/").status_code == 200
    assert teacher.get("/").status_code == 302, "locked until the password is typed"
    assert teacher.post("/unlock/", {"password": "sai", "next": "/notices/"}).status_code == 422
    answer = teacher.post("/unlock/", {"password": PASSWORD, "next": "/notices/"})
    assert answer.headers["Location"] == "/notices/"
    assert teacher.get("/notices/").status_code == 200


def test_a_form_sent_from_a_locked_page_is_not_lost(cast: Cast) -> None:
    client = client_of(cast.deputy)
    client.get("/")
    lie_idle(client, 31)
    sent = client.post("/notices/new/", {"title": "Họp phụ huynh", "body": "Chiều thứ Sáu", "to": ["staff"]})
    assert sent.status_code == 423 and "Họp phụ huynh" in sent.content.decode()
    kept = {"kept-title": "Họp phụ huynh", "kept-body": "Chiều thứ Sáu", "kept-to": "staff"}
    answer = client.post("/unlock/", {"password": PASSWORD, "next": "/notices/new/", **kept})
    page = answer.content.decode()
    assert 'name="title" value="Họp phụ huynh"' in page and 'action="/notices/new/"' in page


def test_a_new_browser_speaks_the_accounts_language(cast: Cast) -> None:
    Account.objects.filter(pk=cast.pupil.pk).update(language="en")
    assert "Today" in client_of(cast.pupil).get("/").content.decode()


def test_an_outside_account_opens_only_what_was_linked(cast: Cast) -> None:
    """The adapter's answer to a Microsoft or Google account that nobody here has linked."""
    from types import SimpleNamespace

    from allauth.core.exceptions import ImmediateHttpResponse
    from allauth.socialaccount.adapter import get_adapter
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.messages.storage.fallback import FallbackStorage
    from django.test import RequestFactory

    request = RequestFactory().get("/sign-in/google/callback/")
    request.user, request.session = AnonymousUser(), {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    adapter = get_adapter()
    assert adapter.is_open_for_signup(request, None) is False
    with pytest.raises(ImmediateHttpResponse) as refused:
        adapter.pre_social_login(request, SimpleNamespace(is_existing=False))
    assert refused.value.response.headers["Location"] == "/sign-in/"
    assert "chưa nối với ai ở trường" in str(next(iter(request._messages)))  # type: ignore[attr-defined]
    adapter.pre_social_login(request, SimpleNamespace(is_existing=True))  # linked: it goes on


def test_outside_sign_in_is_shown_only_when_it_is_set_up(cast: Cast, settings: object) -> None:
    assert "Google" not in Client().get(SIGN_IN).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"google": {"APPS": [{"client_id": "a", "secret": "b"}]}}  # type: ignore[attr-defined]
    assert "Đăng nhập bằng Google" in Client().get(SIGN_IN).content.decode()
    answer = Client().post("/sign-in/google/")
    assert answer.status_code == 302 and answer.headers["Location"].startswith("https://accounts.google.com/")


def test_language_stays_with_the_browser(cast: Cast) -> None:
    client = client_of(cast.pupil)
    client.post("/language/", {"language": "en", "next": "/"})
    assert "Today" in client.get("/").content.decode()
    client.post("/language/", {"language": "vi", "next": "https://xau.example/"})
    assert "Hôm nay" in client.get("/").content.decode()
