"""A pupil's way through the school: the dated class and the movement that tells it always agree."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import Cast, person
from truongso.audit.models import Entry
from truongso.people.actor import actor_for
from truongso.people.models import RoleAssignment
from truongso.people.roles import Role
from truongso.roster import queries
from truongso.roster.actions import pupils
from truongso.roster.models import Movement, MovementKind, PupilRecord
from truongso.roster.tests.builders import TODAY

START = date(2026, 9, 7)


def test_a_whole_way_through_the_school(cast: Cast) -> None:
    by, who = actor_for(cast.clerk), person("Phạm Thuỳ Dương")
    pupils.enrol(
        by=by, person=who, unit=cast.class_8a2, first=START, kind=MovementKind.TRANSFER_IN,
        other_school="THCS Hoà Bình", document="GCT 12/2026",
    )  # fmt: skip
    pupils.change_class(by=by, person=who, unit=cast.class_7a1, first=date(2026, 10, 5), reason="đổi nguyện vọng")
    pupils.take_out(by=by, person=who, last=date(2026, 10, 30), kind=MovementKind.LEAVE, reason="theo gia đình")
    pupils.enrol(by=by, person=who, unit=cast.class_7a1, first=date(2026, 11, 9), kind=MovementKind.RETURN)
    pupils.take_out(
        by=by, person=who, last=TODAY, kind=MovementKind.TRANSFER_OUT, other_school="THCS Nam Sơn", document="GCT 3"
    )
    days = (START, date(2026, 10, 4), date(2026, 10, 5), date(2026, 10, 30), date(2026, 10, 31), date(2026, 11, 9),
            TODAY, TODAY + timedelta(days=1))  # fmt: skip
    a, b = cast.class_8a2.pk, cast.class_7a1.pk
    assert [queries.class_of(who.pk, day) for day in days] == [a, a, b, b, None, b, b, None]
    told = list(Movement.objects.filter(person=who).order_by("day").values_list("kind", "from_unit", "to_unit"))
    assert told == [("in", None, a), ("class", a, b), ("leave", b, None), ("return", None, b), ("out", b, None)]
    assert set(Movement.objects.values_list("by_id", flat=True)) == {cast.clerk.person_id}
    assert PupilRecord.objects.filter(person=who).exists()
    assert Entry.objects.filter(verb__startswith="roster.", for_person_id=who.pk).count() == 5


def test_two_classes_at_once_are_refused_and_nothing_half_done_stays(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="đã ở một lớp"):
        pupils.enrol(by=None, person=cast.pupil.person, unit=cast.class_7a1, first=TODAY)
    with pytest.raises(ValidationError, match="đang học ở lớp này"):
        pupils.change_class(by=None, person=cast.pupil.person, unit=cast.class_8a2, first=TODAY)
    with pytest.raises(ValidationError, match="chọn một lớp"):
        pupils.change_class(by=None, person=cast.pupil.person, unit=cast.group, first=TODAY)
    assert queries.class_of(cast.pupil.person_id, TODAY) == cast.class_8a2.pk
    assert not Movement.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"kind": MovementKind.TRANSFER_OUT}, "other_school"), ({"last": date(2019, 1, 1), "kind": MovementKind.LEAVE}, "last")],
)  # fmt: skip
def test_leaving_says_what_is_missing(cast: Cast, changes: dict[str, object], field: str) -> None:
    words: dict[str, object] = {"by": None, "person": cast.pupil.person, "last": TODAY}
    with pytest.raises(ValidationError) as caught:
        pupils.take_out(**(words | changes))  # type: ignore[arg-type]
    assert list(caught.value.message_dict) == [field]


def test_a_class_is_filled_at_once_in_few_statements(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    who = [person(f"Nguyễn Văn {n}").pk for n in range(40)]
    with django_assert_max_num_queries(10):
        pupils.enrol_many(by=actor_for(cast.clerk), unit=cast.class_7a1, persons=who, first=START)
    assert RoleAssignment.objects.filter(role=Role.PUPIL, unit=cast.class_7a1).count() == 41
    assert Movement.objects.filter(kind="enrolled", to_unit=cast.class_7a1).count() == 40
    with pytest.raises(ValidationError, match="đã ở một lớp"):
        pupils.enrol_many(by=None, unit=cast.class_8a2, persons=who, first=START)


def test_the_local_code_belongs_to_one(cast: Cast) -> None:
    pupils.save_pupil_record(by=None, person=cast.pupil.person, local_code="0012", birth_place="Nam Định")
    with pytest.raises(ValidationError, match="đã thuộc về một em khác"):
        pupils.save_pupil_record(by=None, person=cast.classmate.person, local_code="0012")
    for who in (cast.pupil, cast.classmate):
        pupils.save_pupil_record(by=None, person=who.person, local_code="")  # none is none, not the same one
    assert PupilRecord.objects.get(person=cast.pupil.person).birth_place == "Nam Định"


@pytest.mark.parametrize("who", ["homeroom", "teacher", "inspector", "pupil", "guardian", "stranger"])
def test_only_keepers_move_pupils(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        pupils.change_class(
            by=actor_for(getattr(cast, who)), person=cast.pupil.person, unit=cast.class_7a1, first=TODAY
        )
