"""The class page and the page of a person, by right; what one may not see is not there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import YEAR, Cast, client_of, person
from truongso.audit.models import Entry
from truongso.people.actor import actor_for
from truongso.people.models import Guardianship, Person, RoleAssignment
from truongso.people.roles import Role
from truongso.roster import queries, rules
from truongso.roster.actions import guardians, sensitive
from truongso.roster.actions.contact import save_contact
from truongso.roster.models import CustodyNote, GroupMember, Movement, Position
from truongso.roster.rules import Ties
from truongso.roster.tests.builders import cast_teaches, sheets


def page(cast: Cast, who: str, address: str, status: int = 200) -> str:
    answer = client_of(getattr(cast, who)).get(address)
    assert answer.status_code == status, (who, address)
    return answer.content.decode()


# -- the class ------------------------------------------------------------------------------------------------------

CLASS_SEES = {  # who: (family, telephone, moves pupils)
    "head": (1, 1, 1), "deputy": (1, 1, 1), "clerk": (1, 1, 1), "it_admin": (1, 1, 1), "inspector": (1, 0, 0),
    "homeroom": (1, 1, 0), "teacher": (0, 0, 0),
}  # fmt: skip


def test_what_each_sees_of_a_class(cast: Cast) -> None:
    cast_teaches(cast)
    save_contact(by=None, person=cast.guardian.person, phone="0912345678")
    for who in cast.accounts:
        address = f"/classes/{cast.class_8a2.pk}/"
        if who not in CLASS_SEES:
            for more in ("", "excel/", "print/"):
                page(cast, who, address + more, 404)
            continue
        family, phone, moves = CLASS_SEES[who]
        for text in (page(cast, who, address), page(cast, who, address + "print/")):
            assert "Nguyễn Khánh An" in text and ("Nguyễn Thị Lan" in text) == family, who
            assert ("0912345678" in text) == phone, who
        text = page(cast, who, address)
        assert ("Nhận học sinh" in text) == moves and ("Vũ Thị Mai" in text), who
        answer = client_of(getattr(cast, who)).get(address + "excel/")
        rows = str(sheets(answer.content))
        assert ("Nguyễn Thị Lan" in rows) == family and ("0912345678" in rows) == phone, who
    assert Entry.objects.filter(verb="roster.export").count() == len(CLASS_SEES)


def test_the_class_in_the_order_of_vietnamese_names(cast: Cast) -> None:
    for name in ("Trần Văn Đức", "Lê Thị Dung", "Đỗ Văn Ân"):
        RoleAssignment.objects.create(person=person(name), role="pupil", unit=cast.class_8a2, during=YEAR)
    text = page(cast, "homeroom", f"/classes/{cast.class_8a2.pk}/")
    order = ["Nguyễn Khánh An", "Đỗ Văn Ân", "Lê Gia Bảo", "Lê Thị Dung", "Trần Văn Đức"]
    assert sorted(order, key=text.index) == order


def test_the_class_page_asks_no_more_for_more_pupils(cast: Cast) -> None:
    counts = []
    for many in (2, 20):
        for number in range(many):
            child = person(f"Nguyễn Văn {number}")
            RoleAssignment.objects.create(person=child, role="pupil", unit=cast.class_8a2, during=YEAR)
            mother = person(f"Trần Thị {number}")
            Guardianship.objects.create(guardian=mother, child=child, relation="mẹ", during=YEAR)
            save_contact(by=None, person=mother, phone="0912345678")
        client = client_of(cast.clerk)
        client.get("/classes/")
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/classes/{cast.class_8a2.pk}/")
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 18, counts


def test_teaching_ends_and_so_does_the_class(cast: Cast) -> None:
    row = cast_teaches(cast)
    row.during = type(YEAR)(YEAR.lower, timezone.localdate())
    row.save()
    page(cast, "teacher", f"/classes/{cast.class_8a2.pk}/", 404)
    page(cast, "teacher", f"/people/{cast.pupil.person_id}/", 404)


def test_a_pupil_is_taken_in_and_a_double_is_asked_about(cast: Cast) -> None:
    client, address = client_of(cast.clerk), f"/classes/{cast.class_8a2.pk}/pupils/add/"
    words = {"full_name": "Phạm Thuỳ Dương", "birth_date": "3/4/2013", "gender": "f", "kind": "in", "first": "7/9/2026",
             "other_school": "THCS Hoà Bình", "document": "GCT 12"}  # fmt: skip
    assert client.post(address, words).status_code == 302
    made = Person.objects.get(full_name="Phạm Thuỳ Dương")
    assert queries.class_of(made.pk, date(2026, 9, 7)) == cast.class_8a2.pk
    again = client.post(address, words)
    assert again.status_code == 422 and "cùng tên và ngày sinh" in again.content.decode()
    old = client.post(address, words | {"birth_date": "3/4/1936"})
    assert (
        old.status_code == 422
        and "không ở tuổi đi học" in old.content.decode()
        and "THCS Hoà Bình" in old.content.decode()
    )
    assert Person.objects.filter(full_name="Phạm Thuỳ Dương").count() == 1
    assert "chuyển đến" in client.get(f"/people/{made.pk}/").content.decode()


# -- a person -------------------------------------------------------------------------------------------------------

PARTS = ("contact", "way", "family", "account", "sensitive", "custody", "keep")


@pytest.mark.parametrize(
    ("who", "ties", "sees"),
    [
        ("head", Ties(), "contact way family account sensitive custody keep"),
        ("deputy", Ties(), "contact way family account keep"),
        ("clerk", Ties(), "contact way family account sensitive keep"),
        ("it_admin", Ties(), "contact way family account keep"),
        ("inspector", Ties(), "way family account"),
        ("homeroom", Ties(own_pupil=True, own_family=True), "contact way family account sensitive custody"),
        ("homeroom", Ties(own_family=True), "contact family account"),
        ("teacher", Ties(taught=True), "only open"),
        ("guardian", Ties(child=True), "contact way account"),
        ("teacher", Ties(), ""), ("classmate", Ties(), ""), ("stranger", Ties(), ""), ("other_homeroom", Ties(), ""),
        ("group_head", Ties(), ""), ("guardian", Ties(), ""),
    ],
)  # fmt: skip
def test_the_parts_that_each_sees(cast: Cast, who: str, ties: Ties, sees: str) -> None:
    seen = rules.sight(actor_for(getattr(cast, who)), cast.pupil.person_id, ties)
    assert seen.open == bool(sees)
    assert {p for p in PARTS if getattr(seen, p)} == set(sees.split()) - {"only", "open"}


def test_a_subject_teacher_sees_little(cast: Cast) -> None:
    cast_teaches(cast)
    save_contact(by=None, person=cast.pupil.person, phone="0988888888")
    text = page(cast, "teacher", f"/people/{cast.pupil.person_id}/")
    for hidden in (
        "0988888888",
        "an.nk.8a2",
        "Nguyễn Thị Lan",
        "Quá trình học",
        "Nuôi dưỡng",
        "nhạy cảm",
        "Tài khoản</h2>",
    ):
        assert hidden not in text, hidden
    page(cast, "teacher", f"/people/{cast.guardian.person_id}/", 404)


def test_a_guardian_without_right_to_know_sees_nothing(cast: Cast) -> None:
    address = f"/people/{cast.pupil.person_id}/"
    other = Guardianship.objects.create(
        guardian=cast.stranger.person, child=cast.pupil.person, relation="bố", during=YEAR, legal=False, informed=False
    )
    page(cast, "stranger", address, 404)
    mother = page(cast, "guardian", address)
    assert "Phan Vô Danh" not in mother, "one parent is not told about the other"
    today = timezone.localdate()
    guardians.change_guardian(
        by=None, standing=other, first=today, relation="bố", legal=False, informed=True, first_contact=False
    )
    page(cast, "stranger", address)
    guardians.end_guardian(by=None, standing=Guardianship.objects.get(informed=True, legal=False), last=today)
    assert queries.is_child(actor_for(cast.stranger), cast.pupil.person_id)
    assert not queries.is_child(actor_for(cast.stranger, on=today + timedelta(days=1)), cast.pupil.person_id)


def test_a_custody_note_is_for_head_and_todays_homeroom_teacher(cast: Cast) -> None:
    cast_teaches(cast)
    child = f"/people/{cast.pupil.person_id}/"
    add = f"{child}custody/add/"
    assert client_of(cast.homeroom).post(add, {"text": "Chỉ mẹ đón em."}).status_code == 302
    note = CustodyNote.objects.get()
    for who, account in cast.accounts.items():
        client, may = client_of(account), who in {"head", "homeroom"}
        assert client.get(add).status_code == (200 if may else 404), who
        assert ("Chỉ mẹ đón em" in client.get(child).content.decode()) is may, who
        if not may:
            assert client.post(add, {"text": "x"}).status_code == 404, who
            assert client.post(f"/custody/{note.pk}/end/").status_code == 404, who
    RoleAssignment.objects.filter(person=cast.homeroom.person, role="homeroom").update(
        during=type(YEAR)(YEAR.lower, timezone.localdate())
    )
    assert client_of(cast.homeroom).get(add).status_code == 404, "homeroom teacher of yesterday"
    assert client_of(cast.head).post(f"/custody/{note.pk}/end/").status_code == 302
    assert CustodyNote.objects.exclude(ended_at=None).count() == CustodyNote.objects.count() == 1


def test_sensitive_data_is_read_on_demand_and_logged(cast: Cast) -> None:
    child = f"/people/{cast.pupil.person_id}/"
    sensitive.save_sensitive(by=None, person=cast.pupil.person, health="hen suyễn")
    for who, account in cast.accounts.items():
        client, may = client_of(account), who in {"head", "clerk", "homeroom"}
        assert "hen suyễn" not in client.get(child).content.decode(), "not without asking"
        before = Entry.objects.filter(verb="roster.read_sensitive").count()
        answer = client.get(f"{child}sensitive/")
        assert answer.status_code == (200 if may else 404), who
        assert ("hen suyễn" in answer.content.decode()) is may
        assert Entry.objects.filter(verb="roster.read_sensitive").count() == before + may, who
    client_of(cast.homeroom).post(f"{child}sensitive/", {"health": "", "ethnicity": "Tày"})
    assert sensitive.read_sensitive(by=actor_for(cast.head), person=cast.pupil.person) == sensitive.Sensitive(
        ethnicity="Tày"
    )


def test_a_colleague_who_is_a_parent_keeps_the_own_secrets(cast: Cast) -> None:
    Guardianship.objects.create(guardian=cast.teacher.person, child=cast.pupil.person, relation="dì", during=YEAR)
    text = page(cast, "homeroom", f"/people/{cast.teacher.person_id}/")
    assert "nhạy cảm" not in text
    page(cast, "homeroom", f"/people/{cast.teacher.person_id}/sensitive/", 404)


def test_the_clerk_moves_a_pupil_and_the_page_tells_it(cast: Cast) -> None:
    client, child = client_of(cast.clerk), f"/people/{cast.pupil.person_id}/"
    today = timezone.localdate()
    empty = client.post(f"{child}move/class/", {"unit": "", "first": f"{today:%d/%m/%Y}", "reason": "gần nhà"})
    assert empty.status_code == 422 and "gần nhà" in empty.content.decode()
    client.post(f"{child}move/class/", {"unit": cast.class_7a1.pk, "first": f"{today:%d/%m/%Y}", "reason": "gần nhà"})
    assert queries.class_of(cast.pupil.person_id, today) == cast.class_7a1.pk
    bare = client.post(f"{child}move/out/", {"last": f"{today:%d/%m/%Y}", "other_school": ""})
    assert bare.status_code == 422
    client.post(f"{child}move/out/", {"last": f"{today:%d/%m/%Y}", "other_school": "THCS Nam Sơn", "document": "GCT 3"})
    text = client.get(child).content.decode()
    assert "8A2 → 7A1" in text and "THCS Nam Sơn · GCT 3" in text
    for who in ("homeroom", "teacher", "pupil", "guardian", "inspector"):
        assert client_of(getattr(cast, who)).post(f"{child}move/leave/", {"last": "1/9/2026"}).status_code == 404
    assert Movement.objects.count() == 2


def test_one_guardian_of_several_children_is_one_person(cast: Cast) -> None:
    client = client_of(cast.clerk)
    save_contact(by=None, person=cast.guardian.person, phone="0912345678")
    words = {
        "full_name": "nguyễn thị lan",
        "phone": "0912 345 678",
        "relation": "mẹ",
        "legal": "on",
        "first": "1/9/2026",
    }
    assert client.post(f"/people/{cast.other_pupil.person_id}/guardians/add/", words).status_code == 302
    assert set(actor_for(cast.guardian).children) == {cast.pupil.person_id, cast.other_pupil.person_id}
    twice = client.post(f"/people/{cast.other_pupil.person_id}/guardians/add/", words)
    assert twice.status_code == 422 and "đã là người giám hộ của em" in twice.content.decode()
    row = Guardianship.objects.get(child=cast.other_pupil.person)
    assert (row.legal, row.informed) == (True, False)
    client.post(f"/guardians/{row.pk}/", {"relation": "mẹ", "legal": "on", "informed": "on", "first": "1/10/2026"})
    assert Guardianship.objects.filter(child=cast.other_pupil.person).count() == 2
    new = Guardianship.objects.get(child=cast.other_pupil.person, informed=True)
    assert client.get(f"/guardians/{new.pk}/end/").status_code == 200
    client.post(f"/guardians/{new.pk}/end/", {"last": "31/10/2026"})
    assert set(actor_for(cast.guardian, on=date(2026, 11, 1)).children) == {cast.pupil.person_id}
    assert client_of(cast.homeroom).post(f"/guardians/{new.pk}/end/", {"last": "1/9/2026"}).status_code == 404


def test_the_staff_page(cast: Cast) -> None:
    client, mai = client_of(cast.clerk), f"/people/{cast.teacher.person_id}/"
    cast_teaches(cast)
    client.post(f"{mai}staff/", {"local_code": "CB-7", "qualification": "Đại học"})
    client.post(f"{mai}positions/add/", {"title": "Giáo viên", "first": "1/9/2026"})
    client.post(f"{mai}groups/add/", {"group": cast.group.pk, "first": "1/9/2026"})
    text = client.get(mai).content.decode()
    for shown in ("CB-7", "Đại học", "Giáo viên", "Toán – Tin", "8A2", "Toán"):
        assert shown in text, shown
    position, member = Position.objects.get(), GroupMember.objects.get()
    for address in (f"/positions/{position.pk}/end/", f"/group-members/{member.pk}/end/"):
        assert client.get(address).status_code == 200
        assert client.post(address, {"last": "31/12/2026"}).status_code == 302
        assert client_of(cast.homeroom).post(address, {"last": "1/9/2026"}).status_code == 404
    position.refresh_from_db()
    assert position.during.upper == date(2027, 1, 1)
    wrong = client.post(f"{mai}positions/add/", {"title": "Giáo viên", "first": "40/1/2026"})
    assert wrong.status_code == 422 and "40/1/2026" in wrong.content.decode()


def test_contact_is_written_on_its_page_and_a_wrong_number_is_kept(cast: Cast) -> None:
    address = f"/people/{cast.guardian.person_id}/contact/"
    wrong = client_of(cast.guardian).post(address, {"phone": "không có"})
    assert wrong.status_code == 422 and 'value="không có"' in wrong.content.decode()
    assert client_of(cast.guardian).post(address, {"phone": "0912345678"}).status_code == 302
    assert client_of(cast.pupil).get(f"/people/{cast.pupil.person_id}/contact/").status_code == 403
    assert client_of(cast.inspector).get(address).status_code == 404
    assert "0912345678" in page(cast, "homeroom", f"/people/{cast.guardian.person_id}/")


def test_roles_stand_in_the_hub(cast: Cast) -> None:
    from truongso.school.hub import entries_for

    names = {e.name for _label, lines in entries_for(actor_for(cast.clerk)) for e in lines}
    assert {"people", "classes", "teaching"} <= names
    assert Role.CLERK in rules.KEEPERS
