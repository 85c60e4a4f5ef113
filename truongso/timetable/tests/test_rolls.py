"""Taking, correcting and merging rolls."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import YEAR, Cast, account, assign, client_of, make_cast
from truongso.people.actor import Actor, actor_for
from truongso.people.models import Account, Guardianship, RoleAssignment
from truongso.people.roles import Role
from truongso.school.models import Subject
from truongso.timetable.actions import periods
from truongso.timetable.actions.rolls import SavedMeanwhile, take_roll
from truongso.timetable.models import (
    LinkVisit,
    MarkSource,
    Mode,
    Period,
    PeriodLink,
    RegisterWeek,
    RollChange,
    RollMark,
    RollSheet,
    TimetableVersion,
)  # fmt: skip
from truongso.timetable.queries import roll_page
from truongso.timetable.queries import rolls as rolls_today
from truongso.timetable.roll_rules import HERE, Mark, merge, tidy, unpack
from truongso.timetable.tests.conftest import MONDAY, TOAN
from truongso.timetable.waiting import roll as waiting

At = Callable[[datetime], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """The school's clock; it stands at 9:30 of the first Monday until it is set."""

    def stand(moment: datetime) -> None:
        fixed = moment.replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
        monkeypatch.setattr("django.utils.timezone.now", lambda: fixed)

    stand(datetime(2030, 9, 2, 9, 30))
    return stand


@pytest.fixture
def toan(cast: Cast, published: TimetableVersion) -> Period:
    """Toán of 8A2 on the first Monday, period 1."""
    return Period.objects.select_related("unit", "subject", "person").get(subject__code=TOAN, day=MONDAY)


states = st.sampled_from(["present", "late", "excused", "absent", "trouble"])
marks = st.builds(tidy, states, st.none() | st.integers(1, 40), st.text("abc ", max_size=5))
rolls = st.dictionaries(st.integers(1, 4), marks, min_size=4, max_size=4)


@given(rolls, rolls, rolls, st.booleans())
def test_two_rolls_become_one_and_nothing_said_is_lost(
    seen: dict[int, Mark], mine: dict[int, Mark], theirs: dict[int, Mark], first: bool
) -> None:
    began = None if first else seen
    merged = merge(began, mine, theirs)
    for pupil, said in mine.items():
        other = theirs[pupil]
        if pupil in merged.asked:
            assert said != other and (first or (said != seen[pupil] and other != seen[pupil]))
        elif first or said != seen[pupil]:
            assert merged.marks[pupil] == said, "what I said stands, or I am asked"
        else:
            assert merged.marks[pupil] == other, "what only the other changed stands"


@given(marks)
def test_a_mark_survives_the_form(mark: Mark) -> None:
    assert unpack(mark.pack()) == mark


def test_a_present_pupil_has_nothing_more_to_say() -> None:
    assert tidy("present", 5, "x") == HERE and tidy("absent", 5).minutes is None and unpack("gone||") is None


# Pages and verbs, with the cast: Toán of 8A2 is Mai's; Hương is the homeroom teacher.


def roll_of(cast: Cast, **taps: str) -> dict[str, str]:
    """A form as the page sends it: who is not named is present."""
    an, bao = cast.pupil.person_id, cast.classmate.person_id
    form = {"version": "0", f"state-{an}": "present", f"state-{bao}": "present"}
    for name, state in taps.items():
        form[f"state-{ {'an': an, 'bao': bao}[name] }"] = state
    return form


def sent_by(who: Account, form: dict[str, str]) -> dict[str, str]:
    return form | {"who": str(who.person_id)}


def test_a_roll_is_taken_by_taps_and_shown_on_the_period(cast: Cast, toan: Period, at: At) -> None:
    mai = client_of(cast.teacher)
    page = mai.get(f"/periods/{toan.pk}/roll/")
    text = page.content.decode()
    assert text.index("Nguyễn Khánh An") < text.index("Lê Gia Bảo"), "An before Bảo: by given name"
    assert "Cả lớp có mặt" in text and page.headers["X-Keep-Offline"] == "yes"
    form = roll_of(cast, bao="late") | {f"minutes-{cast.classmate.person_id}": "7"}
    answer = mai.post(f"/periods/{toan.pk}/roll/", sent_by(cast.teacher, form))
    assert answer.headers["Location"] == f"/periods/{toan.pk}/"
    shown = mai.get(f"/periods/{toan.pk}/").content.decode()
    assert "1 có mặt" in shown and "M · 1 muộn" in shown and "Lê Gia Bảo: vào muộn 7 phút" in shown
    toan.refresh_from_db()
    assert toan.kept, "a new timetable leaves a period with a roll where it is"


def test_the_whole_class_present_in_one_tap_also_by_script(cast: Cast, toan: Period, at: At) -> None:
    mai = client_of(cast.teacher)
    form = sent_by(cast.teacher, {"version": "0", "all": "1"})
    answer = mai.post(f"/periods/{toan.pk}/roll/", form, headers={"X-Tap": "1"})
    assert (answer.status_code, answer.headers["X-Next"]) == (204, f"/periods/{toan.pk}/")
    sheet = RollSheet.objects.get(period=toan)
    assert (sheet.marks.count(), sheet.version, sheet.taken_by_id) == (0, 1, cast.teacher.person_id)


def test_pupils_and_families_see_only_their_own_mark(cast: Cast, toan: Period, at: At) -> None:
    form = roll_of(cast, bao="absent", an="late")
    client_of(cast.teacher).post(f"/periods/{toan.pk}/roll/", sent_by(cast.teacher, form))
    for who in (cast.pupil, cast.guardian):
        text = client_of(who).get(f"/periods/{toan.pk}/").content.decode()
        assert "vào muộn" in text and "Bảo" not in text and "Sửa điểm danh" not in text
        assert client_of(who).get(f"/periods/{toan.pk}/roll/").status_code == 403
    assert client_of(cast.other_pupil).get(f"/periods/{toan.pk}/roll/").status_code == 404


def test_staff_who_are_here_as_a_family_see_their_child_only(cast: Cast, toan: Period, at: At) -> None:
    form = roll_of(cast, bao="absent", an="late")
    client_of(cast.teacher).post(f"/periods/{toan.pk}/roll/", sent_by(cast.teacher, form))
    Guardianship.objects.create(
        guardian=cast.other_homeroom.person, child=cast.pupil.person, relation="father", informed=True, during=YEAR
    )
    text = client_of(cast.other_homeroom).get(f"/periods/{toan.pk}/").content.decode()
    assert "Nguyễn Khánh An" in text and "vào muộn" in text and "Bảo" not in text


def test_wrong_minutes_are_said_at_the_name_and_nothing_typed_is_lost(cast: Cast, toan: Period, at: At) -> None:
    bao = cast.classmate.person_id
    form = roll_of(cast, bao="late") | {f"minutes-{bao}": "năm", f"note-{bao}": "kẹt xe"}
    answer = client_of(cast.teacher).post(f"/periods/{toan.pk}/roll/", sent_by(cast.teacher, form))
    text = answer.content.decode()
    assert answer.status_code == 422 and "Số phút chưa đúng" in text and "kẹt xe" in text
    assert not RollSheet.objects.exists()


def test_another_persons_taps_are_not_saved_in_my_name(cast: Cast, toan: Period, at: At) -> None:
    answer = client_of(cast.teacher).post(
        f"/periods/{toan.pk}/roll/", sent_by(cast.homeroom, roll_of(cast, an="absent"))
    )
    assert answer.status_code == 422 and "tài khoản khác" in answer.content.decode()
    assert not RollSheet.objects.exists()


def test_two_first_rolls_are_shown_side_by_side_and_the_choice_stands(cast: Cast, toan: Period, at: At) -> None:
    address, bao = f"/periods/{toan.pk}/roll/", cast.classmate.person_id
    client_of(cast.teacher).post(address, sent_by(cast.teacher, roll_of(cast, bao="absent")))
    huong = client_of(cast.homeroom)
    late = roll_of(cast, bao="late", an="trouble") | {f"minutes-{bao}": "12"}
    answer = huong.post(address, sent_by(cast.homeroom, late))
    text = answer.content.decode()
    assert answer.status_code == 409 and "Vũ Thị Mai ghi: vắng không phép" in text
    assert "Thầy cô ghi: vào muộn 12 phút" in text and "Nguyễn Khánh An" in text
    assert RollMark.objects.get().state == "absent", "nothing was written over"
    choice = {"version": "1", f"mark-{bao}": "late|12|", f"mark-{cast.pupil.person_id}": "trouble||",
              f"was-{bao}": "absent||", f"was-{cast.pupil.person_id}": "present||"}  # fmt: skip
    assert huong.post(address, sent_by(cast.homeroom, choice)).status_code == 302
    assert {m.pupil_id: (m.state, m.minutes) for m in RollMark.objects.all()} == {
        bao: ("late", 12), cast.pupil.person_id: ("trouble", None),
    }  # fmt: skip
    assert RollChange.objects.get(pupil=bao).before == "absent", "and what Mai wrote stays readable"
    history = huong.get(address).content.decode()
    assert "vắng không phép → vào muộn 12 phút" in history and "Đặng Thu Hương" in history


def test_corrections_of_different_pupils_at_once_are_put_together(cast: Cast, toan: Period, at: At) -> None:
    address, an, bao = f"/periods/{toan.pk}/roll/", cast.pupil.person_id, cast.classmate.person_id
    seen = {f"was-{an}": "present||", f"was-{bao}": "present||"}
    mai, huong = client_of(cast.teacher), client_of(cast.homeroom)
    mai.post(address, sent_by(cast.teacher, roll_of(cast)))
    mai.post(address, sent_by(cast.teacher, roll_of(cast, an="late") | seen | {"version": "1"}))
    answer = huong.post(address, sent_by(cast.homeroom, roll_of(cast, bao="absent") | seen | {"version": "1"}))
    assert answer.status_code == 302, "they spoke of different pupils"
    assert {m.pupil_id: m.state for m in RollMark.objects.all()} == {an: "late", bao: "absent"}


@pytest.mark.django_db(transaction=True)
def test_two_people_saving_at_the_same_moment_lose_nothing(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    head = actor_for(cast.head)
    subject = Subject.objects.get_or_create(code="toan", defaults={"name": "Toán", "short_name": "Toán"})[0]
    zone, day = ZoneInfo("Asia/Ho_Chi_Minh"), head.on
    span = DateTimeTZRange(
        datetime(day.year, day.month, day.day, 7, tzinfo=zone),
        datetime(day.year, day.month, day.day, 7, 45, tzinfo=zone),
    )
    period = Period.objects.create(
        unit=cast.class_8a2, subject=subject, person=cast.teacher.person, day=day, shift="am", number=1, span=span
    )
    actors = [actor_for(cast.teacher), actor_for(cast.homeroom)]
    states = ["absent", "late"]
    roll = roll_page.of_periods([period])
    barrier = threading.Barrier(2)

    def take(turn: int) -> str:
        barrier.wait()
        try:
            take_roll(by=actors[turn], roll=roll, marks={cast.classmate.person_id: Mark(states[turn])}, version=0)
            return "saved"
        except SavedMeanwhile as meanwhile:
            return f"asked {len(meanwhile.asked)}"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, range(2))) == ["asked 1", "saved"]
    assert RollSheet.objects.get().version == 1 and RollMark.objects.count() == 1


def test_after_the_lock_homeroom_and_leaders_correct_with_a_reason(cast: Cast, toan: Period, at: At) -> None:
    address = f"/periods/{toan.pk}/roll/"
    client_of(cast.teacher).post(address, sent_by(cast.teacher, roll_of(cast)))
    at(datetime(2030, 9, 10, 9))
    late = roll_of(cast, an="late") | {"version": "1"}
    refused = client_of(cast.teacher).post(address, sent_by(cast.teacher, late))
    assert refused.status_code == 403 and "đã khoá sổ" in refused.content.decode()
    huong = client_of(cast.homeroom)
    asked = huong.post(address, sent_by(cast.homeroom, late))
    assert asked.status_code == 422 and "Xin ghi lí do sửa" in asked.content.decode()
    huong.post(address, sent_by(cast.homeroom, late | {"reason": "xem lại camera"}))
    change = RollChange.objects.get()
    assert (change.before, change.after, change.reason) == ("present", "late", "xem lại camera")


def test_a_signed_week_locks_before_the_days_pass(cast: Cast, toan: Period, at: At) -> None:
    RegisterWeek.objects.create(
        unit=cast.class_8a2, monday=MONDAY, homeroom_at=timezone.now(), homeroom_id=cast.homeroom.person_id
    )
    answer = client_of(cast.teacher).post(f"/periods/{toan.pk}/roll/", sent_by(cast.teacher, roll_of(cast)))
    assert answer.status_code == 403


def test_no_roll_before_the_day_nor_of_a_cancelled_period(cast: Cast, head: Actor, toan: Period, at: At) -> None:
    later = Period.objects.filter(subject__code=TOAN, day__gt=MONDAY).order_by("span")[0]
    assert "Chưa đến ngày học" in client_of(cast.teacher).get(f"/periods/{later.pk}/roll/").content.decode()
    periods.cancel_period(by=head, period=toan, reason="Bão")
    text = client_of(cast.teacher).get(f"/periods/{toan.pk}/roll/").content.decode()
    assert "đã cho nghỉ" in text and "Lưu điểm danh" not in text


def test_newcomers_and_leavers_are_on_the_list_of_their_days(cast: Cast, toan: Period, at: At) -> None:
    new = account("Phạm Mới", "moi.p.8a2")
    assign(new, Role.PUPIL, cast.class_8a2, DateRange(MONDAY + timedelta(days=2), None))
    gone = RoleAssignment.objects.get(person=cast.classmate.person, role=Role.PUPIL)
    gone.during = DateRange(gone.during.lower, MONDAY + timedelta(days=2))
    gone.save()
    wednesday = Period.objects.filter(subject__code=TOAN, day=MONDAY + timedelta(days=2)).get()
    at(datetime(2030, 9, 4, 9))
    mai = client_of(cast.teacher)
    monday_text, wednesday_text = (mai.get(f"/periods/{p.pk}/roll/").content.decode() for p in (toan, wednesday))
    assert "Lê Gia Bảo" in monday_text and "Phạm Mới" not in monday_text
    assert "Lê Gia Bảo" not in wednesday_text and "Phạm Mới" in wednesday_text


def test_classes_taught_together_have_one_list(cast: Cast, toan: Period, at: At) -> None:
    other = Period.objects.create(
        unit=cast.class_7a1, subject=toan.subject, person=toan.person, day=toan.day, shift="am", number=1, span=toan.span,
        lesson=toan.lesson,
    )  # fmt: skip
    mai, chi = client_of(cast.teacher), cast.other_pupil.person_id
    text = mai.get(f"/periods/{toan.pk}/roll/").content.decode()
    assert "Lớp 8A2" in text and "Lớp 7A1" in text and "Trịnh Mai Chi" in text
    mai.post(f"/periods/{toan.pk}/roll/", sent_by(cast.teacher, roll_of(cast, an="absent") | {f"state-{chi}": "late"}))
    assert {(s.unit_id, s.period_id) for s in RollSheet.objects.all()} == {
        (cast.class_8a2.pk, toan.pk), (cast.class_7a1.pk, other.pk),
    }  # fmt: skip
    assert RollMark.objects.get(pupil=chi).sheet.period_id == other.pk
    assert "Chi" not in client_of(cast.homeroom).get(f"/periods/{toan.pk}/roll/").content.decode(), "of the own class"


def test_the_sessions_roll_goes_first_and_stands_in_the_periods(cast: Cast, toan: Period, at: At) -> None:
    huong = client_of(cast.homeroom)
    address = f"/classes/{cast.class_8a2.pk}/roll/?day=02/09/2030&shift=am"
    assert "buổi sáng" in huong.get(address).content.decode()
    huong.post(address, sent_by(cast.homeroom, roll_of(cast, bao="absent")))
    assert RollSheet.objects.get().period is None
    text = client_of(cast.teacher).get(f"/periods/{toan.pk}/roll/").content.decode()
    assert (
        "vắng theo điểm danh buổi" in text and f'name="state-{cast.classmate.person_id}" value="absent" checked' in text
    )
    assert "Cả lớp có mặt" not in text
    assert client_of(cast.teacher).get(address).status_code == 404
    assert client_of(cast.other_homeroom).get(address).status_code == 403


def test_who_came_by_the_links_is_proposed_and_the_teacher_confirms(cast: Cast, toan: Period, at: At) -> None:
    Period.objects.filter(pk=toan.pk).update(mode=Mode.ONLINE_REPLACE)
    link = PeriodLink.objects.create(
        period=toan, kind="meet", url="https://meet.google.com/a", title="Meet", token="t1"
    )
    came = toan.span.lower + timedelta(minutes=9)
    LinkVisit.objects.create(link=link, person=cast.pupil.person, first_at=came, last_at=came)
    mai, an, bao = client_of(cast.teacher), cast.pupil.person_id, cast.classmate.person_id
    text = mai.get(f"/periods/{toan.pk}/roll/").content.decode()
    assert "vào sau 9 phút" in text and "chưa vào bằng đường dẫn" in text and not RollSheet.objects.exists()
    form = roll_of(cast, an="late", bao="trouble") | {f"minutes-{an}": "9", f"note-{bao}": "mất mạng"}
    mai.post(f"/periods/{toan.pk}/roll/", sent_by(cast.teacher, form))
    assert {m.pupil_id: m.source for m in RollMark.objects.all()} == {an: MarkSource.LINK, bao: MarkSource.TEACHER}


def test_looking_for_somebody_else_writes_nothing(cast: Cast, toan: Period, at: At) -> None:
    acting = replace(actor_for(cast.teacher), acting_account_id=cast.it_admin.pk)
    with pytest.raises(PermissionDenied):
        take_roll(by=acting, roll=roll_page.of_periods([toan]), marks={}, version=0)


def test_who_is_away_today_and_which_class_has_no_roll(cast: Cast, toan: Period, at: At) -> None:
    assert [u.name for u in rolls_today.classes_without_roll(MONDAY, "am")] == ["7A1", "8A2"]
    session = f"/classes/{cast.class_8a2.pk}/roll/?day=02/09/2030&shift=am"
    client_of(cast.homeroom).post(session, sent_by(cast.homeroom, roll_of(cast, an="excused", bao="absent")))
    units = [cast.class_8a2.pk, cast.class_7a1.pk]
    away = rolls_today.absent_today(units, MONDAY)
    assert [(a.person.full_name, a.excused) for a in away[cast.class_8a2.pk]] == [
        ("Nguyễn Khánh An", True),
        ("Lê Gia Bảo", False),
    ]
    client_of(cast.teacher).post(
        f"/periods/{toan.pk}/roll/", sent_by(cast.teacher, roll_of(cast, bao="late", an="excused"))
    )
    assert [a.person.full_name for a in rolls_today.absent_today(units, MONDAY)[cast.class_8a2.pk]] == [
        "Nguyễn Khánh An"
    ]
    assert [u.name for u in rolls_today.classes_without_roll(MONDAY, "am")] == ["7A1"]


def test_what_waits_for_teacher_and_homeroom(cast: Cast, toan: Period, at: At) -> None:
    mine = list(waiting.lines(actor_for(cast.teacher)))
    assert mine == [(2, "tiết hôm nay chưa điểm danh", "Toán 8A2", f"/periods/{toan.pk}/roll/")]
    assert [(n, text) for n, text, _more, _to in waiting.lines(actor_for(cast.homeroom))] == [
        (1, "tiết của lớp mình chưa ai điểm danh")
    ]
    client_of(cast.teacher).post(f"/periods/{toan.pk}/roll/", sent_by(cast.teacher, roll_of(cast)))
    assert list(waiting.lines(actor_for(cast.homeroom))) == []


def test_the_roll_costs_the_same_for_many_pupils(cast: Cast, toan: Period, at: At) -> None:
    mai = client_of(cast.teacher)

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert mai.get(f"/periods/{toan.pk}/roll/").status_code == 200
            assert mai.get(f"/periods/{toan.pk}/").status_code == 200
        return len(seen)

    mai.post(f"/periods/{toan.pk}/roll/", sent_by(cast.teacher, roll_of(cast, an="late")))
    count()
    few = count()
    sheet = RollSheet.objects.get()
    for n in range(12):
        more = account(f"Trần Học {n}", f"hoc{n}.8a2")
        assign(more, Role.PUPIL, cast.class_8a2)
        RollMark.objects.create(sheet=sheet, pupil=more.person, state="absent")
    assert count() == few
