"""Publishing a timetable, and what happens to its periods: real rows, real constraints."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.cast import Cast
from truongso.conditions.models import Room
from truongso.people.actor import Actor
from truongso.school.models import SchoolYear, Subject
from truongso.timetable.actions import cells, modes, periods, versions
from truongso.timetable.models import Mode, Period, PeriodChange, PeriodState, TimetableVersion
from truongso.timetable.tests.conftest import MONDAY, TOAN, VAN, put


def first_of(cast: Cast, code: str = TOAN) -> Period:
    return Period.objects.filter(subject__code=code).order_by("span")[0]


def test_a_teacher_in_two_places_is_refused_in_the_grid(cast: Cast, head: Actor, year: SchoolYear) -> None:
    version = versions.create_version(by=head, year=year, name="Nháp", first=MONDAY)
    put(head, version, cast.class_8a2, 1, 1, TOAN, cast.teacher)
    with pytest.raises(ValidationError, match="Giáo viên đã có tiết ở lớp khác"):
        put(head, version, cast.class_7a1, 1, 1, VAN, cast.teacher)
    assert version.entries.count() == 1


def test_cells_change_places(cast: Cast, head: Actor, year: SchoolYear) -> None:
    version = versions.create_version(by=head, year=year, name="Nháp", first=MONDAY)
    put(head, version, cast.class_8a2, 1, 1, TOAN, cast.teacher)
    put(head, version, cast.class_8a2, 2, 3, VAN, cast.teacher)
    toan = version.entries.get(subject__code=TOAN)
    cells.move_lesson(by=head, version=version, entry_id=toan.pk, to=(2, "am", 3))
    assert {(e.subject.code, e.weekday, e.number) for e in version.entries.all()} == {(TOAN, 2, 3), (VAN, 1, 1)}


def test_a_published_timetable_is_not_edited(cast: Cast, head: Actor, published: TimetableVersion) -> None:
    with pytest.raises(ValidationError, match="đã áp dụng"):
        put(head, published, cast.class_8a2, 5, 1, TOAN, cast.teacher)


def test_a_missing_bell_is_said_and_nothing_is_published(cast: Cast, head: Actor, year: SchoolYear) -> None:
    version = versions.create_version(by=head, year=year, name="Nháp", first=MONDAY)
    put(head, version, cast.class_8a2, 1, 7, TOAN, cast.teacher)
    with pytest.raises(ValidationError, match="tiết 7"):
        versions.publish_version(by=head, version=version)
    version.refresh_from_db()
    assert version.state == "draft" and not Period.objects.exists()


def test_the_next_timetable_keeps_identity_and_what_was_moved(
    cast: Cast, head: Actor, year: SchoolYear, published: TimetableVersion
) -> None:
    ids = set(Period.objects.values_list("pk", flat=True))
    third_week = MONDAY + timedelta(weeks=2)
    moved = Period.objects.get(subject__code=TOAN, day=third_week)
    friday = third_week + timedelta(days=4)
    periods.move_period(by=head, period=moved, day=friday, shift="am", number=4, reason="Họp")
    second = versions.create_version(by=head, year=year, name="Số 2", first=third_week, copy_from=published)
    for entry in second.entries.filter(subject__code=TOAN, weekday=3):
        cells.move_lesson(by=head, version=second, entry_id=entry.pk, to=(4, "am", 2))
    laid = versions.publish_version(by=head, version=second)
    assert (laid.made, laid.removed, laid.clashes) == (0, 0, [])
    assert set(Period.objects.values_list("pk", flat=True)) == ids
    days = sorted(Period.objects.filter(subject__code=TOAN, day__gte=third_week).values_list("day", flat=True))
    assert days == [third_week + timedelta(days=d) for d in (3, 4, 7, 10)]
    published.refresh_from_db()
    assert published.during.upper == third_week


def test_moving_onto_somebody_is_refused_with_who(cast: Cast, head: Actor, published: TimetableVersion) -> None:
    toan, van = first_of(cast), first_of(cast, VAN)
    with pytest.raises(ValidationError) as no:
        periods.move_period(by=head, period=toan, day=van.day, shift="am", number=2, reason="Thử")
    assert no.value.message_dict == {"number": ["Giáo viên đã có tiết khác vào giờ này."]}
    with pytest.raises(ValidationError, match="lí do"):
        periods.move_period(by=head, period=toan, day=van.day, shift="am", number=3, reason=" ")


def test_two_periods_swap(cast: Cast, head: Actor, published: TimetableVersion) -> None:
    one, other = list(Period.objects.filter(subject__code=TOAN).order_by("span")[:2])
    periods.swap_periods(by=head, one=one, other=other, reason="Đổi theo nguyện vọng")
    days = dict(Period.objects.filter(pk__in=[one.pk, other.pk]).values_list("pk", "day"))
    assert days == {one.pk: other.day, other.pk: one.day}
    assert PeriodChange.objects.filter(kind="swapped", by_id=head.person_id).count() == 2


def test_cancelled_is_owed_until_made_up_and_only_once(cast: Cast, head: Actor, published: TimetableVersion) -> None:
    lost = periods.cancel_period(by=head, period=first_of(cast), reason="Bão")
    more = {"by": head, "unit": cast.class_8a2, "subject": lost.subject, "part": None, "person": cast.teacher.person}
    day = lost.day + timedelta(days=4)
    made = periods.add_period(**more, day=day, shift="am", number=3, reason="Bù bão", makes_up=lost)
    assert made.origin == "make_up" and made.kept
    with pytest.raises(ValidationError, match="đã được dạy bù"):
        periods.add_period(**more, day=day, shift="am", number=4, reason="Bù nữa", makes_up=lost)
    with pytest.raises(ValidationError, match="đã có lịch dạy bù"):
        periods.restore_period(by=head, period=lost, reason="Thôi")


def test_a_substitute_must_be_free(cast: Cast, head: Actor, published: TimetableVersion) -> None:
    van = first_of(cast, VAN)
    done = periods.substitute(by=head, period=van, person=cast.group_head.person, reason="Cô Mai đi tập huấn")
    assert done.person_id == cast.group_head.person_id
    toan = first_of(cast)
    Period.objects.filter(pk=van.pk).update(span=toan.span)
    with pytest.raises(ValidationError, match="Giáo viên đã có tiết khác"):
        periods.substitute(by=head, period=toan, person=cast.group_head.person, reason="Thử")


def test_two_people_at_once_the_second_is_told(cast: Cast, head: Actor, published: TimetableVersion) -> None:
    mine, theirs = first_of(cast), first_of(cast)
    periods.cancel_period(by=head, period=mine, reason="Ốm")
    with pytest.raises(periods.ChangedMeanwhile, match="vừa được người khác sửa"):
        periods.set_mode(by=head, period=theirs, mode=Mode.SELF_STUDY, reason="Ốm")


def test_the_database_refuses_a_class_in_two_lessons(cast: Cast, published: TimetableVersion) -> None:
    twin = first_of(cast)
    twin.pk, twin.person_id = None, None
    twin._state.adding = True
    with pytest.raises(IntegrityError, match="period_class_once"), transaction.atomic():
        twin.save()
        from django.db import connection

        connection.cursor().execute("SET CONSTRAINTS period_class_once IMMEDIATE")


def test_a_room_holds_one_class(cast: Cast, head: Actor, published: TimetableVersion) -> None:
    room = Room.objects.create(name="Phòng Tin")
    one, other = first_of(cast), first_of(cast, VAN)
    periods.change_room(by=head, period=one, room=room)
    Period.objects.filter(pk=other.pk).update(span=one.span, person=None)
    with pytest.raises(ValidationError, match="Phòng đã có lớp khác"):
        periods.change_room(by=head, period=other, room=room)


def test_the_heads_decision_reaches_periods_made_before_and_after(
    cast: Cast, head: Actor, year: SchoolYear, published: TimetableVersion
) -> None:
    second_week = MONDAY + timedelta(weeks=1)
    decision, changed = modes.decide_mode(
        by=head, mode=Mode.ONLINE_REPLACE, first=second_week, last=second_week + timedelta(days=6),
        units=[cast.class_8a2], shift="", reason="Bão số 5", document="47/QĐ-THCSBM",
    )  # fmt: skip
    assert changed == 2
    assert set(Period.objects.filter(mode="replace").values_list("unit__name", flat=True)) == {"8A2"}
    extra = periods.add_period(
        by=head, unit=cast.class_8a2, subject=Subject.objects.get(code=VAN), part=None, person=None,
        day=second_week, shift="am", number=4, reason="Ôn tập",
    )  # fmt: skip
    assert extra.mode == Mode.ONLINE_REPLACE
    assert modes.withdraw_mode(by=head, decision=decision) == 3
    assert not Period.objects.filter(mode="replace").exists()


def test_past_periods_keep_the_mode_they_were_held_in(
    cast: Cast, head: Actor, published: TimetableVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    after = first_of(cast).span.upper + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: after)
    _decision, changed = modes.decide_mode(
        by=head, mode=Mode.ONLINE_SUPPORT, first=MONDAY, last=MONDAY + timedelta(days=5), units=[], shift="",
        reason="Theo kế hoạch", document="",
    )  # fmt: skip
    assert changed == 2 and Period.objects.filter(state=PeriodState.PLANNED, mode="support").count() == 2
