"""Guardians with dated rights, contact, sensitive data, custody notes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests.cast import Cast
from truongso.audit.models import Entry
from truongso.people.actor import actor_for
from truongso.people.models import Guardianship
from truongso.roster.actions import contact, guardians, sensitive, staff
from truongso.roster.models import Contact, GroupMember, Position, SensitiveRecord
from truongso.roster.tests.builders import TODAY


def test_rights_end_the_day_after(cast: Cast) -> None:
    row = Guardianship.objects.get()
    guardians.end_guardian(by=actor_for(cast.clerk), standing=row, last=TODAY)
    assert actor_for(cast.guardian, on=TODAY).children == (cast.pupil.person_id,)
    assert actor_for(cast.guardian, on=TODAY + timedelta(days=1)).children == ()


def test_other_rights_from_a_day_leave_the_past_as_it_was(cast: Cast) -> None:
    row = Guardianship.objects.get()
    guardians.change_guardian(
        by=actor_for(cast.clerk),
        standing=row,
        first=TODAY,
        relation="mẹ",
        legal=False,
        informed=False,
        first_contact=False,
    )
    held = [
        list(Guardianship.objects.on(day).values_list("legal", "informed")) for day in (TODAY - timedelta(1), TODAY)
    ]
    assert held == [[(True, True)], [(False, False)]]


def test_one_first_contact_at_a_time(cast: Cast) -> None:
    words = {"by": None, "child": cast.classmate.person, "first_contact": True}
    first, then, last = date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 31)
    guardians.add_guardian(guardian=cast.guardian.person, relation="mẹ", first=first, **words)  # type: ignore[arg-type]
    guardians.add_guardian(guardian=cast.teacher.person, relation="dì", first=then, last=last, **words)  # type: ignore[arg-type]

    def called(day: date) -> list[int]:
        rows = Guardianship.objects.on(day).filter(child=cast.classmate.person, first_contact=True)
        return list(rows.values_list("guardian_id", flat=True))

    lan, mai = cast.guardian.person_id, cast.teacher.person_id
    assert [called(d) for d in (first, then, last, last + timedelta(days=1))] == [[lan], [mai], [mai], [lan]]
    assert Guardianship.objects.on(then).filter(child=cast.classmate.person).count() == 2
    assert set(actor_for(cast.guardian, on=then).children) == {cast.pupil.person_id, cast.classmate.person_id}


def test_many_guardians_at_once(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    children = [cast.classmate.person_id, cast.other_pupil.person_id]
    some = [guardians.Standing(cast.guardian.person_id, child, "mẹ") for child in children]
    with django_assert_max_num_queries(10):
        assert guardians.add_guardians(by=actor_for(cast.clerk), standings=some, first=TODAY) == 2
    with pytest.raises(ValidationError, match="đã là người giám hộ"):
        guardians.add_guardians(by=None, standings=some[:1], first=TODAY)
    with pytest.raises(ValidationError, match="chính mình"):
        guardians.add_guardian(by=None, guardian=cast.pupil.person, child=cast.pupil.person, relation="?", first=TODAY)


def test_a_number_is_kept_as_text_and_a_wrong_one_is_said(cast: Cast) -> None:
    row = contact.save_contact(by=actor_for(cast.guardian), person=cast.guardian.person, phone="0912.345 678")
    assert row.phone == "0912345678"
    with pytest.raises(ValidationError, match="0912 345 678") as caught:
        contact.save_contact(by=None, person=cast.guardian.person, other_phone="không có")
    assert list(caught.value.message_dict) == ["other_phone"]
    contact.save_contacts(by=None, contacts=[(cast.guardian.person_id, {"phone": "0911111111", "address": "Xóm 3"})])
    assert Contact.objects.get(pk=cast.guardian.person_id).address == "Xóm 3"


@pytest.mark.parametrize(
    ("who", "may"),
    [("head", True), ("clerk", True), ("it_admin", True), ("homeroom", True), ("guardian", True), ("other_homeroom", False),
     ("teacher", False), ("inspector", False), ("pupil", False), ("stranger", False)],
)  # fmt: skip
def test_who_writes_a_guardians_contact(cast: Cast, who: str, may: bool) -> None:
    by = actor_for(getattr(cast, who))
    if may:
        contact.save_contact(by=by, person=cast.guardian.person, phone="0912345678")
    else:
        with pytest.raises(PermissionDenied):
            contact.save_contact(by=by, person=cast.guardian.person, phone="0912345678")


def test_sensitive_data_is_sealed_and_each_reading_is_logged(cast: Cast) -> None:
    child = cast.pupil.person
    sensitive.save_sensitive(by=actor_for(cast.it_admin), person=child, ethnicity="Tày", poverty="hộ cận nghèo")
    sensitive.save_sensitive(by=actor_for(cast.homeroom), person=child, health="hen suyễn", poverty="")
    row = SensitiveRecord.objects.get()
    assert b"Hen" not in bytes(row.health_sealed) and row.poverty_sealed is None
    for who in ("head", "clerk", "homeroom"):
        before = Entry.objects.filter(verb="roster.read_sensitive", for_person_id=child.pk).count()
        found = sensitive.read_sensitive(by=actor_for(getattr(cast, who)), person=child)
        assert found == sensitive.Sensitive(health="hen suyễn", ethnicity="Tày")
        assert Entry.objects.filter(verb="roster.read_sensitive", for_person_id=child.pk).count() == before + 1
    others = set(cast.accounts) - {"head", "clerk", "homeroom"}
    for who in others:
        with pytest.raises(PermissionDenied):
            sensitive.read_sensitive(by=actor_for(getattr(cast, who)), person=child)
    acting = actor_for(cast.head, acting_account_id=cast.it_admin.pk)
    with pytest.raises(PermissionDenied):
        sensitive.read_sensitive(by=acting, person=child)


def test_a_sealed_value_fits_its_own_column_only(cast: Cast) -> None:
    from cryptography.exceptions import InvalidTag

    sensitive.save_sensitive(by=None, person=cast.pupil.person, health="hen suyễn")
    row = SensitiveRecord.objects.get()
    SensitiveRecord.objects.create(person=cast.classmate.person, poverty_sealed=row.health_sealed)
    with pytest.raises(InvalidTag):
        sensitive.read_sensitive(by=actor_for(cast.head), person=cast.classmate.person)


def test_positions_and_groups_have_their_days(cast: Cast) -> None:
    by, mai = actor_for(cast.clerk), cast.teacher.person
    row = staff.start_position(by=by, person=mai, title="Giáo viên", first=date(2026, 9, 1))
    with pytest.raises(ValidationError, match="đã giữ vị trí"):
        staff.start_position(by=by, person=mai, title="Giáo viên", first=TODAY)
    staff.end_position(by=by, position=row, last=TODAY)
    assert not Position.objects.filter(during__contains=TODAY + timedelta(days=1)).exists()
    member = staff.join_group(by=by, person=mai, group=cast.group, first=TODAY)
    with pytest.raises(ValidationError, match="chọn một tổ"):
        staff.join_group(by=by, person=mai, group=cast.class_8a2, first=TODAY)
    staff.leave_group(by=by, member=member, last=TODAY - timedelta(days=1))
    assert not GroupMember.objects.exists(), "it never held"
    staff.save_staff_record(by=by, person=mai, local_code="CB-007", qualification="Đại học")
    with pytest.raises(ValidationError, match="Mã cán bộ này"):
        staff.save_staff_record(by=by, person=cast.head.person, local_code="CB-007")


def test_a_custody_note_is_written_and_closed_by_those_who_read_it(cast: Cast) -> None:
    note = sensitive.add_custody_note(by=actor_for(cast.homeroom), child=cast.pupil.person, text="Chỉ mẹ đón.")
    for who in set(cast.accounts) - {"head", "homeroom"}:
        with pytest.raises(PermissionDenied):
            sensitive.add_custody_note(by=actor_for(getattr(cast, who)), child=cast.pupil.person, text="x")
        with pytest.raises(PermissionDenied):
            sensitive.end_custody_note(by=actor_for(getattr(cast, who)), note=note)
    sensitive.end_custody_note(by=actor_for(cast.head), note=note)
    note.refresh_from_db()
    assert note.ended_at is not None and note.ended_at <= timezone.now()
