"""Rights come from dated assignments and end with them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD, Cast, account, assign, client_of, person
from truongso.audit.models import Entry
from truongso.notify.models import Receipt
from truongso.people import access, queries, rules, sealed
from truongso.people.actions import persons, roles
from truongso.people.actor import actor_for
from truongso.people.models import Account, Guardianship, Person, RoleAssignment
from truongso.people.roles import Role

TODAY = date(2026, 11, 24)


def test_a_role_holds_from_its_first_to_its_last_day(cast: Cast) -> None:
    roles.assign_role(
        by=None, person=cast.stranger.person, role=Role.CLERK, first=date(2026, 9, 1), last=date(2026, 9, 30)
    )
    held = {day: actor_for(cast.stranger, on=day).has(Role.CLERK) for day in (
        date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 1),
    )}  # fmt: skip
    assert list(held.values()) == [False, True, True, False]


def test_a_guardian_sees_the_child_only_while_it_lasts(cast: Cast) -> None:
    client = client_of(cast.guardian)
    page = f"/people/{cast.pupil.person_id}/"
    assert client.get(page).status_code == 200
    assert client.get(f"/people/{cast.classmate.person_id}/").status_code == 404
    Guardianship.objects.update(during=DateRange(date(2020, 1, 1), timezone.localdate()))
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    ("who", "sees"),
    [("head", 200), ("deputy", 200), ("it_admin", 200), ("clerk", 200), ("inspector", 200), ("homeroom", 200), ("guardian", 200),
     ("pupil", 200), ("teacher", 404), ("other_homeroom", 404), ("classmate", 404), ("stranger", 404)],
)  # fmt: skip
def test_who_opens_a_pupils_page(cast: Cast, who: str, sees: int) -> None:
    client = client_of(getattr(cast, who))
    assert client.get(f"/people/{cast.pupil.person_id}/").status_code == sees


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        ("homeroom", "pupil", 200), ("homeroom", "guardian", 200), ("homeroom", "other_pupil", 404), ("homeroom", "teacher", 404),
        ("other_homeroom", "pupil", 404), ("it_admin", "pupil", 200), ("it_admin", "head", 200), ("it_admin", "it_admin", 403),
        ("head", "pupil", 404), ("clerk", "pupil", 404), ("pupil", "classmate", 404), ("guardian", "pupil", 404),
    ],
)  # fmt: skip
def test_who_renews_whose_sign_in(cast: Cast, who: str, whom: str, status: int) -> None:
    target: Account = getattr(cast, whom)
    answer = client_of(getattr(cast, who)).post(f"/people/{target.person_id}/slip/")
    assert answer.status_code == status
    target.refresh_from_db()
    assert target.must_change_password == (status == 200)
    if status == 200:
        assert answer.headers["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_homeroom_teacher_does_not_renew_a_colleague_who_is_a_parent(cast: Cast) -> None:
    Guardianship.objects.create(
        guardian=cast.teacher.person,
        child=cast.classmate.person,
        relation="mẹ",
        during=DateRange(date(2020, 1, 1), None),
    )
    answer = client_of(cast.homeroom).post(f"/people/{cast.teacher.person_id}/slip/")
    assert answer.status_code == 403 and "cũng làm việc ở trường" in answer.content.decode()


def test_the_homeroom_right_ends_with_the_assignment(cast: Cast) -> None:
    RoleAssignment.objects.filter(person=cast.homeroom.person, role=Role.HOMEROOM).update(
        during=DateRange(date(2020, 1, 1), timezone.localdate())
    )
    client = client_of(cast.homeroom)
    assert client.post(f"/people/{cast.pupil.person_id}/slip/").status_code == 404
    assert client.get(f"/classes/{cast.class_8a2.pk}/").status_code == 404


# -- delegation -----------------------------------------------------------------------------------------------------


def lend(cast: Cast, **changes: object) -> RoleAssignment:
    mine = RoleAssignment.objects.get(person=cast.homeroom.person, role=Role.HOMEROOM)
    today = timezone.localdate()
    words = {"by": actor_for(cast.homeroom), "assignment": mine, "to": cast.teacher.person, "first": today,
             "last": today + timedelta(days=6), "reason": "đi tập huấn"}  # fmt: skip
    return roles.delegate(**(words | changes))  # type: ignore[arg-type]


def test_a_delegated_right_works_and_ends_by_itself(cast: Cast) -> None:
    lend(cast)
    assert client_of(cast.teacher).get(f"/classes/{cast.class_8a2.pk}/").status_code == 200
    later = actor_for(cast.teacher, on=timezone.localdate() + timedelta(days=7))
    assert not later.has(Role.HOMEROOM)
    assert Entry.objects.filter(verb="people.delegate", person_id=cast.homeroom.person_id).exists()


def test_a_delegated_right_ends_with_the_right_it_was_lent_from(cast: Cast) -> None:
    lent = lend(cast)
    assert lent.delegated_from is not None
    head = actor_for(cast.head)
    roles.end_role(by=head, assignment=lent.delegated_from, last=timezone.localdate() - timedelta(days=1))
    assert not actor_for(cast.teacher).has(Role.HOMEROOM)


def test_what_was_lent_is_not_lent_on(cast: Cast) -> None:
    lent = lend(cast)
    with pytest.raises(PermissionDenied, match="không uỷ quyền tiếp"):
        lend(cast, by=actor_for(cast.teacher), assignment=lent, to=cast.deputy.person)
    with pytest.raises(PermissionDenied, match="chính mình"):
        lend(cast, by=actor_for(cast.teacher))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"last": timezone.localdate() - timedelta(days=1)}, "đứng trước"),
        ({"last": timezone.localdate() + timedelta(days=500)}, "một năm"),
        ({"first": timezone.localdate() - timedelta(days=3)}, "sớm nhất từ hôm nay"),
    ],
)
def test_a_delegation_has_sensible_days(cast: Cast, changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        lend(cast, **changes)


def test_delegating_on_the_page_keeps_what_was_typed(cast: Cast) -> None:
    mine = RoleAssignment.objects.get(person=cast.homeroom.person, role=Role.HOMEROOM)
    client = client_of(cast.homeroom)
    wrong = client.post(
        f"/account/roles/{mine.pk}/delegate/", {"to": "khong.co", "first": "31 2", "last": "", "reason": "ốm"}
    )
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "Không có tên đăng nhập" in page and "Tháng 2 không có ngày 31" in page and 'value="ốm"' in page
    today = timezone.localdate()
    right = {"to": "Mai.VT", "first": f"{today:%d %m}", "last": f"{today:%d/%m/%Y}", "reason": "ốm"}
    assert client.post(f"/account/roles/{mine.pk}/delegate/", right).status_code == 302
    assert actor_for(cast.teacher).has(Role.HOMEROOM)


# -- giving roles ---------------------------------------------------------------------------------------------------


def test_there_is_one_head_at_a_time(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="đã có hiệu trưởng"):
        roles.assign_role(by=actor_for(cast.head), person=cast.deputy.person, role=Role.HEAD, first=TODAY)


def test_the_it_admin_makes_no_head_and_no_it_admin(cast: Cast) -> None:
    by = actor_for(cast.it_admin)
    for role in (Role.HEAD, Role.DEPUTY, Role.IT_ADMIN):
        with pytest.raises(PermissionDenied):
            roles.assign_role(by=by, person=cast.teacher.person, role=role, first=TODAY)
    client = client_of(cast.it_admin)
    form = {"role": "it_admin", "first": "24/11/2026", "last": "", "unit": "", "reason": ""}
    answer = client.post(f"/people/{cast.teacher.person_id}/roles/add/", form)
    assert answer.status_code == 403 and "do hiệu trưởng giao" in answer.content.decode()


def test_a_role_form_says_what_is_missing(cast: Cast) -> None:
    client = client_of(cast.head)
    form = {"role": "homeroom", "first": "24/11/2026", "last": "", "unit": "", "reason": ""}
    answer = client.post(f"/people/{cast.teacher.person_id}/roles/add/", form)
    assert answer.status_code == 422 and "cần chọn lớp hoặc tổ" in answer.content.decode()
    form["unit"] = str(cast.class_8a2.pk)
    answer = client.post(f"/people/{cast.teacher.person_id}/roles/add/", form)
    assert "đã có giáo viên chủ nhiệm" in answer.content.decode()


# -- codes ----------------------------------------------------------------------------------------------------------


def test_codes_are_sealed_found_again_and_each_look_is_logged(cast: Cast) -> None:
    client = client_of(cast.it_admin)
    page = f"/people/{cast.pupil.person_id}/codes/"
    wrong = client.post(page, {"sector_code": "123", "national_number": "36221", "why_none": ""}).content.decode()
    assert "10 chữ số" in wrong and "12 chữ số" in wrong
    assert (
        client.post(page, {"sector_code": "0361234567", "national_number": "036213001234", "why_none": ""}).status_code
        == 302
    )
    who = Person.objects.get(pk=cast.pupil.person_id)
    assert b"0361234567" not in bytes(who.sector_code_sealed)
    assert Person.objects.get(sector_code_hash=sealed.lookup("0361234567", use="sector_code")) == who
    looks = Entry.objects.filter(verb="people.read_codes", for_person_id=who.pk)
    before = looks.count()
    assert "0361234567" in client.get(page).content.decode()
    assert looks.count() == before + 1
    assert "0361234567" not in client.get(f"/people/{who.pk}/").content.decode()
    assert "0361234567" not in str(list(Entry.objects.values_list("detail", flat=True)))
    assert client_of(cast.clerk).get(page).status_code == 404


def test_two_people_cannot_have_one_code(cast: Cast) -> None:
    persons.set_codes(by=None, person=cast.pupil.person, sector_code="0361234567")
    with pytest.raises(ValidationError, match="người khác"):
        persons.set_codes(by=None, person=cast.classmate.person, sector_code="0361234567")


def test_a_sealed_value_of_another_use_or_altered_does_not_open() -> None:
    from cryptography.exceptions import InvalidTag

    kept = sealed.seal("0361234567", use="sector_code")
    assert sealed.unseal(kept, use="sector_code") == "0361234567"
    for raw, use in ((kept, "national_number"), (kept[:-1] + bytes([kept[-1] ^ 1]), "sector_code")):
        with pytest.raises(InvalidTag):
            sealed.unseal(raw, use=use)


# -- looking in somebody's place ------------------------------------------------------------------------------------


def test_support_is_announced_reading_only_logged_and_ends(cast: Cast) -> None:
    client = client_of(cast.it_admin)
    start = f"/people/{cast.pupil.person_id}/support/"
    assert client.post(start, {"reason": ""}).status_code == 422
    assert client.post(start, {"reason": "em báo không thấy thông báo"}).status_code == 302
    page = client.get("/").content.decode()
    assert "Đang xem thay <b>Nguyễn Khánh An</b>" in page
    told = client_of(cast.pupil).get("/notices/").content.decode()
    assert "Hoàng Hải Nam đang xem thay" in told
    refused = client.post("/account/password/", {"old": PASSWORD, "password": "cau-vong-sau-mua"})
    assert refused.status_code == 403 and "của riêng người ấy" in refused.content.decode()
    receipt = Receipt.objects.filter(person=cast.pupil.person).first()
    confirming = client.post(f"/notices/{receipt.pk}/confirm/")
    assert confirming.status_code == 403 and "chỉ xem" in confirming.content.decode()
    assert client.get("/system/").status_code == 404, "the other person's rights, not one's own"
    assert Entry.objects.filter(verb="people.start_support", for_person_id=cast.pupil.person_id).exists()
    assert client.post("/support/stop/").status_code == 302
    assert client.get("/system/").status_code == 200


def test_support_runs_out(cast: Cast) -> None:
    client = client_of(cast.it_admin)
    client.post(f"/people/{cast.pupil.person_id}/support/", {"reason": "xem giúp"})
    session = client.session
    session["support"] = session["support"] | {"until": (timezone.now() - timedelta(seconds=1)).isoformat()}
    session.save()
    assert client.get("/system/").status_code == 200


@pytest.mark.parametrize(
    ("who", "whom", "status"), [("it_admin", "head", 403), ("head", "pupil", 404), ("homeroom", "pupil", 404)]
)
def test_who_may_not_look_in_whose_place(cast: Cast, who: str, whom: str, status: int) -> None:
    target: Account = getattr(cast, whom)
    assert (
        client_of(getattr(cast, who)).post(f"/people/{target.person_id}/support/", {"reason": "x"}).status_code
        == status
    )


def test_early_routes_are_closed_while_looking_in_somebodys_place(cast: Cast) -> None:
    client = client_of(cast.it_admin)
    client.post(f"/people/{cast.pupil.person_id}/support/", {"reason": "xem giúp"})
    for address in (
        "/account/second-factor/",
        "/account/second-factor/codes/",
        "/account/passkeys/add/",
        "/account/links/",
    ):
        assert client.get(address).status_code in {403, 404}, address


# -- lists ----------------------------------------------------------------------------------------------------------


def test_search_ignores_accents_and_order(cast: Cast) -> None:
    assert [p.full_name for p in queries.people("lan ng")] == ["Nguyễn Thị Lan"]
    page = client_of(cast.clerk).get("/people/", {"q": "lan ng"}).content.decode()
    assert "Nguyễn Thị Lan" in page and "Trần Văn Minh" not in page
    assert "Không tìm thấy ai" in client_of(cast.clerk).get("/people/", {"q": "zzz"}).content.decode()


def more_pupils(cast: Cast, count: int) -> None:
    for number in range(count):
        made = account(f"Nguyễn Văn Thêm {number}", f"them{number}")
        assign(made, Role.PUPIL, cast.class_8a2)
        Guardianship.objects.create(
            guardian=person(f"Mẹ {number}"), child=made.person, relation="mẹ", during=DateRange(date(2020, 1, 1), None)
        )


@pytest.mark.parametrize("address", ["/people/", "class"])
def test_lists_cost_the_same_for_three_and_for_thirty(cast: Cast, address: str, django_assert_max_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(cast.it_admin)
    path = f"/classes/{cast.class_8a2.pk}/" if address == "class" else address
    client.get(path)
    more_pupils(cast, 3)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    more_pupils_again(cast)
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few) <= 14


def more_pupils_again(cast: Cast) -> None:
    for number in range(3, 30):
        assign(account(f"Lê Thị Nữa {number}", f"nua{number}"), Role.PUPIL, cast.class_8a2)


# -- rules ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("failures", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (8, 8), (11, 60), (40, 60)])
def test_waits_grow_to_an_hour(failures: int, minutes: int) -> None:
    assert rules.wait_after(failures) == timedelta(minutes=minutes)


def test_access_to_a_class_of_another_teacher(cast: Cast) -> None:
    assert client_of(cast.other_homeroom).get(f"/classes/{cast.class_8a2.pk}/").status_code == 404
    assert access.class_for(actor_for(cast.homeroom), cast.class_8a2.pk) == cast.class_8a2


def test_a_visitor_gets_the_sign_in_page_and_comes_back(cast: Cast) -> None:
    answer = Client().get("/notices/?before=5")
    assert answer.headers["Location"] == "/sign-in/?next=/notices/%3Fbefore%3D5"
