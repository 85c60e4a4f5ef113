"""Who teaches what where: the past stays, and nobody teaches the same thing twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from tests.cast import Cast
from truongso.audit.models import Entry
from truongso.people.actor import actor_for
from truongso.people.models import RoleAssignment
from truongso.people.roles import Role
from truongso.roster.actions import teaching
from truongso.roster.models import TeachingAssignment
from truongso.roster.tests.builders import TODAY, cast_teaches, maths, science

START = date(2026, 9, 7)


def give(cast: Cast, who: str, **changes: object) -> TeachingAssignment:
    words: dict[str, object] = {
        "by": actor_for(cast.clerk), "unit": cast.class_8a2, "subject": maths(), "first": START,
        "person": getattr(cast, who).person,
    }  # fmt: skip
    return teaching.assign_teaching(**(words | changes))  # type: ignore[arg-type]


def test_the_same_teacher_twice_at_one_time_is_refused(cast: Cast) -> None:
    give(cast, "teacher", last=date(2026, 12, 31))
    with pytest.raises(ValidationError, match="Vũ Thị Mai đã dạy Toán ở lớp 8A2 từ ngày 07/09/2026"):
        give(cast, "teacher", first=date(2026, 12, 31))
    assert give(cast, "teacher", first=date(2027, 1, 1)).compiles


def test_an_undivided_subject_has_one_teacher_at_a_time(cast: Cast) -> None:
    give(cast, "teacher")
    with pytest.raises(ValidationError, match="đã có Vũ Thị Mai dạy") as caught:
        give(cast, "group_head")
    assert "person" in caught.value.message_dict


def test_strands_have_several_teachers_and_the_first_compiles(cast: Cast) -> None:
    khtn, physics, biology = science()
    one = give(cast, "teacher", subject=khtn, part=physics)
    two = give(cast, "group_head", subject=khtn, part=biology)
    assert (one.compiles, two.compiles) == (True, False)
    give(cast, "teacher", subject=khtn, part=biology)  # one teacher may have two strands
    with pytest.raises(ValidationError, match="đã dạy Khoa học tự nhiên"):
        give(cast, "teacher", subject=khtn, part=None)
    with pytest.raises(ValidationError, match="không thuộc môn"):
        give(cast, "homeroom", part=physics)


def test_a_strand_compiled_by_two_is_refused_by_the_database_too(cast: Cast) -> None:
    khtn, physics, biology = science()
    give(cast, "teacher", subject=khtn, part=physics)
    with pytest.raises(ValidationError, match="đã có người tổng hợp"):
        give(cast, "group_head", subject=khtn, part=biology, compiles=True)
    row = TeachingAssignment.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        TeachingAssignment.objects.create(
            unit=row.unit, subject=row.subject, person=cast.homeroom.person, compiles=True, during=row.during
        )


def test_handing_over_keeps_the_past_and_who_compiles(cast: Cast) -> None:
    old = give(cast, "teacher", last=date(2027, 5, 31))
    new = teaching.hand_over(by=actor_for(cast.deputy), assignment=old, to=cast.group_head.person, first=TODAY)
    held = {
        day: list(TeachingAssignment.objects.on(day).values_list("person_id", flat=True))
        for day in (TODAY - timedelta(days=1), TODAY, date(2027, 5, 31), date(2027, 6, 1))
    }
    mai, dung = cast.teacher.person_id, cast.group_head.person_id
    assert list(held.values()) == [[mai], [dung], [dung], []]
    assert new.compiles
    with pytest.raises(ValidationError, match="chọn một người khác"):
        teaching.hand_over(by=None, assignment=new, to=cast.group_head.person, first=TODAY)


def test_ending_and_taking_back(cast: Cast) -> None:
    row = give(cast, "teacher")
    teaching.end_teaching(by=actor_for(cast.head), assignment=row, last=TODAY)
    assert not TeachingAssignment.objects.on(TODAY + timedelta(days=1)).exists()
    teaching.end_teaching(by=None, assignment=row, last=START - timedelta(days=1))
    assert not TeachingAssignment.objects.exists()
    assert Entry.objects.filter(verb="roster.end_teaching", for_person_id=cast.teacher.person_id).count() == 2


def test_compiling_passes_from_a_day_on(cast: Cast) -> None:
    khtn, physics, biology = science()
    give(cast, "teacher", subject=khtn, part=physics)
    two = give(cast, "group_head", subject=khtn, part=biology)
    teaching.let_compile(by=actor_for(cast.head), assignment=two, first=TODAY)

    def compiler(day: date) -> list[int]:
        return list(TeachingAssignment.objects.on(day).filter(compiles=True).values_list("person_id", flat=True))

    assert compiler(TODAY - timedelta(days=1)) == [cast.teacher.person_id]
    assert compiler(TODAY) == [cast.group_head.person_id]
    assert TeachingAssignment.objects.on(TODAY).count() == 2


def test_only_who_works_here_teaches_and_only_keepers_say_so(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="không làm việc ở trường"):
        give(cast, "pupil")
    for who in ("teacher", "homeroom", "group_head", "inspector", "pupil", "guardian"):
        with pytest.raises(PermissionDenied):
            give(cast, "teacher", by=actor_for(getattr(cast, who)))


def test_all_of_a_list_or_nothing(cast: Cast) -> None:
    item = teaching.Teaching(cast.class_8a2, maths(), cast.teacher.person, START)
    with pytest.raises(ValidationError):
        teaching.assign_many(by=actor_for(cast.clerk), items=[item, item])
    assert not TeachingAssignment.objects.exists()
    assert len(teaching.assign_many(by=None, items=[item])) == 1


def test_the_homeroom_teacher_changes_with_the_day(cast: Cast) -> None:
    teaching.set_homeroom(by=actor_for(cast.clerk), unit=cast.class_8a2, person=cast.teacher.person, first=TODAY)
    assert actor_for(cast.homeroom, on=TODAY - timedelta(days=1)).has(Role.HOMEROOM)
    assert not actor_for(cast.homeroom, on=TODAY).has(Role.HOMEROOM)
    assert actor_for(cast.teacher, on=TODAY).units(Role.HOMEROOM) == {cast.class_8a2.pk}
    again = teaching.set_homeroom(by=None, unit=cast.class_8a2, person=cast.teacher.person, first=TODAY)
    assert RoleAssignment.objects.filter(role="homeroom", unit=cast.class_8a2).count() == 2 and again.pk


def test_the_assignment_of_the_cast_stands(cast: Cast) -> None:
    assert str(cast_teaches(cast).subject) == "Toán"
