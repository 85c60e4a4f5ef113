"""Keeping people and accounts, as the IT teacher does it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD, Cast, client_of
from truongso.audit.models import Entry
from truongso.people.actions.roles import add_guardian, end_role
from truongso.people.actor import actor_for
from truongso.people.commands import create_admin
from truongso.people.models import Account, Person, RoleAssignment
from truongso.people.roles import Role


def test_a_person_is_entered_gets_a_login_and_a_slip(cast: Cast) -> None:
    client = client_of(cast.it_admin)
    wrong = client.post("/people/add/", {"full_name": "Vũ Thị Mai", "birth_date": "31/02/1980", "gender": "f"})
    assert wrong.status_code == 422 and 'value="Vũ Thị Mai"' in wrong.content.decode()
    client.post("/people/add/", {"full_name": "Vũ  Thị Mai", "birth_date": "1/2/1980", "gender": "f"})
    made = Person.objects.get(birth_date=date(1980, 2, 1))
    assert made.full_name == "Vũ Thị Mai"
    client.post(f"/people/{made.pk}/account/")
    client.post(f"/people/{made.pk}/account/")  # twice does no harm
    assert Account.objects.get(person=made).login == "mai.vt2", "the first Mai keeps hers"
    client.post(f"/people/{made.pk}/edit/", {"full_name": "Vũ Thị Mai Anh", "birth_date": "", "gender": ""})
    made.refresh_from_db()
    assert made.full_name == "Vũ Thị Mai Anh" and made.search_text == "vu thi mai anh"


def test_a_closed_account_is_out_at_once_and_comes_back(cast: Cast) -> None:
    admin, pupil = client_of(cast.it_admin), client_of(cast.pupil)
    state = f"/people/{cast.pupil.person_id}/account/state/"
    admin.post(state, {"do": "close"})
    assert pupil.get("/").status_code == 302
    assert "Tài khoản đang đóng" in admin.get(f"/people/{cast.pupil.person_id}/").content.decode()
    admin.post(state, {"do": "open"})
    assert client_of(cast.pupil).get("/").status_code == 200
    assert client_of(cast.clerk).post(state, {"do": "close"}).status_code == 404


def test_a_resting_account_is_woken(cast: Cast) -> None:
    Account.objects.filter(pk=cast.pupil.pk).update(failed_attempts=9, locked_until=timezone.now() + timedelta(hours=1))
    admin = client_of(cast.it_admin)
    assert "tạm nghỉ" in admin.get(f"/people/{cast.pupil.person_id}/").content.decode()
    admin.post(f"/people/{cast.pupil.person_id}/account/state/", {"do": "unlock"})
    answer = Client().post("/sign-in/", {"login": "an.nk.8a2", "password": PASSWORD})
    assert answer.status_code == 302


def test_a_lost_phone_is_taken_off_by_somebody_else_only(cast: Cast) -> None:
    admin = client_of(cast.it_admin)
    admin.post(f"/people/{cast.it_admin.person_id}/account/state/", {"do": "factor"})
    assert Authenticator.objects.filter(user_id=cast.it_admin.pk).exists(), "not one's own"
    admin.post(f"/people/{cast.head.person_id}/account/state/", {"do": "factor"})
    assert not Authenticator.objects.filter(user_id=cast.head.pk).exists()
    assert Entry.objects.filter(verb="people.remove_second_factor", for_person_id=cast.head.person_id).exists()
    assert client_of(cast.head).get("/").headers["Location"] == "/account/second-factor/needed/"


def test_an_address_for_letters(cast: Cast) -> None:
    client = client_of(cast.guardian)
    assert "chưa đúng" in client.post("/account/email/", {"email": "lan"}, follow=True).content.decode()
    client.post("/account/email/", {"email": "lan@example.org"})
    cast.guardian.refresh_from_db()
    assert cast.guardian.email == "lan@example.org"


def test_a_role_ends_on_its_page_and_lent_ones_are_taken_back(cast: Cast) -> None:
    role = RoleAssignment.objects.get(person=cast.clerk.person)
    head = client_of(cast.head)
    assert "văn thư" in head.get(f"/people/{cast.clerk.person_id}/").content.decode()
    yesterday = timezone.localdate() - timedelta(days=1)
    assert head.post(f"/account/roles/{role.pk}/end/", {"last": f"{yesterday:%d/%m/%Y}"}).status_code == 302
    assert not actor_for(cast.clerk).has(Role.CLERK)
    assert client_of(cast.teacher).get(f"/account/roles/{role.pk}/end/").status_code == 404


def test_a_role_that_never_held_is_taken_back_whole(cast: Cast) -> None:
    from truongso.people.actions.roles import assign_role

    by, first = actor_for(cast.head), timezone.localdate() + timedelta(days=30)
    made = assign_role(by=by, person=cast.teacher.person, role=Role.CLERK, first=first)
    end_role(by=by, assignment=made, last=timezone.localdate())
    assert not RoleAssignment.objects.filter(pk=made.pk).exists()


def test_a_guardian_is_entered_once_at_a_time(cast: Cast) -> None:
    words = {
        "by": None,
        "guardian": cast.guardian.person,
        "child": cast.classmate.person,
        "relation": "dì",
        "first": date(2026, 9, 1),
    }
    add_guardian(**words)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="đã là người giám hộ"):
        add_guardian(**words)  # type: ignore[arg-type]
    assert set(actor_for(cast.guardian).children) == {cast.pupil.person_id, cast.classmate.person_id}


def test_the_first_administrator_of_an_empty_school(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):  # again: the same account, a fresh slip
        assert create_admin("Hoàng Hải Nam", "http://localhost:8000") == 0
    said = capsys.readouterr().out
    assert said.count("nam.hh") == 2 and Account.objects.count() == 1
    password = said.split("Mật khẩu lần đầu: ")[2].split("\n")[0]
    client = Client()
    assert client.post("/sign-in/", {"login": "nam.hh", "password": password}).status_code == 302
    assert client.get("/").headers["Location"] == "/sign-in/first/"
    client.post("/sign-in/first/", {"password": "cau-vong-sau-mua"})
    assert client.get("/").headers["Location"] == "/account/second-factor/needed/"
