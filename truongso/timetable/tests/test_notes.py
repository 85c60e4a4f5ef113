"""The family's absence note: who may write it, what it does to rolls, and what happens after the lock."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.cast import YEAR, Cast, client_of
from truongso.notify.models import Receipt
from truongso.people.actor import actor_for
from truongso.people.models import Guardianship
from truongso.timetable.models import AbsenceNote, Period, RollChange, RollMark, RollSheet, TimetableVersion
from truongso.timetable.tests.conftest import MONDAY, TOAN
from truongso.timetable.waiting import roll as waiting

At = Callable[[datetime], None]
DAY = "02/09/2030"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """The school's clock: 6:40 of the first Monday until it is set."""

    def stand(moment: datetime) -> None:
        fixed = moment.replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
        monkeypatch.setattr("django.utils.timezone.now", lambda: fixed)

    stand(datetime(2030, 9, 2, 6, 40))
    return stand


@pytest.fixture
def toan(cast: Cast, published: TimetableVersion) -> Period:
    return Period.objects.get(subject__code=TOAN, day=MONDAY)


def note(cast: Cast, **more: str) -> dict[str, str]:
    return {"child": str(cast.pupil.person_id), "first": DAY, "last": "", "shift": "", "why": "sick", "more": ""} | more


def take(cast: Cast, toan: Period, state: str) -> None:
    an = cast.pupil.person_id
    form = {"version": "0", "who": str(cast.teacher.person_id), f"state-{an}": state}
    assert client_of(cast.teacher).post(f"/periods/{toan.pk}/roll/", form).status_code == 302


def test_a_note_is_sent_seen_and_fills_the_roll_in(cast: Cast, toan: Period, at: At) -> None:
    lan = client_of(cast.guardian)
    assert "Nguyễn Khánh An" in lan.get("/absence/").content.decode()
    assert lan.post("/absence/", note(cast, more="sốt 39 độ")).headers["Location"] == "/absence/"
    written = AbsenceNote.objects.get()
    assert (written.first, written.last, written.reason, written.after_lock) == (
        MONDAY,
        MONDAY,
        "Bị ốm: sốt 39 độ",
        False,
    )
    told = Receipt.objects.get(person=cast.homeroom.person).notice
    assert "Nguyễn Khánh An" in told.title and "sốt" not in told.title + told.body, "a notice may leave as a letter"
    assert (1, "đơn xin nghỉ chưa xem") in [(n, text) for n, text, _m, _a in waiting.lines(actor_for(cast.homeroom))]
    page = client_of(cast.teacher).get(f"/periods/{toan.pk}/roll/").content.decode()
    assert "Gia đình đã gửi đơn xin nghỉ" in page and "sốt" not in page, "a subject teacher sees: with permission"
    assert f'name="state-{cast.pupil.person_id}" value="excused" checked' in page
    huong = client_of(cast.homeroom)
    assert "sốt 39 độ" in huong.get(f"/periods/{toan.pk}/roll/").content.decode()
    assert "sốt 39 độ" in huong.get(f"/classes/{cast.class_8a2.pk}/notes/").content.decode()
    huong.post(f"/absence/{written.pk}/seen/")
    assert "giáo viên chủ nhiệm đã biết" in lan.get("/absence/").content.decode()
    assert not any("đơn xin nghỉ" in text for _n, text, _m, _a in waiting.lines(actor_for(cast.homeroom)))
    take(cast, toan, "absent")
    mark = RollMark.objects.get()
    assert (mark.state, mark.source, mark.excuse_id) == ("excused", "note", written.pk), (
        "the note decides, also if the teacher taps absent"
    )
    shown = client_of(cast.teacher).get(f"/periods/{toan.pk}/").content.decode()
    assert "P · 1 có phép" in shown and "sốt" not in shown


def test_a_note_after_the_roll_excuses_it_with_history(cast: Cast, toan: Period, at: At) -> None:
    at(datetime(2030, 9, 2, 9))
    take(cast, toan, "absent")
    lan = client_of(cast.guardian)
    text = lan.post("/absence/", note(cast), follow=True).content.decode()
    assert "1 lần vắng nay là có phép" in text
    change = RollChange.objects.get()
    assert (change.before, change.after, change.by_id) == ("absent", "excused", cast.guardian.person_id)
    assert RollSheet.objects.get().version == 2, "whoever has the roll open is told"
    lan.post(f"/absence/{AbsenceNote.objects.get().pk}/withdraw/")
    assert RollMark.objects.get().state == "absent" and RollChange.objects.count() == 2
    assert "đã rút" in lan.get("/absence/").content.decode()


def test_a_note_after_the_lock_is_kept_told_and_changes_nothing(cast: Cast, toan: Period, at: At) -> None:
    at(datetime(2030, 9, 2, 9))
    take(cast, toan, "absent")
    at(datetime(2030, 9, 12, 9))
    text = client_of(cast.guardian).post("/absence/", note(cast), follow=True).content.decode()
    assert "Buổi ấy đã khoá sổ. Đơn vẫn được ghi lại và gửi giáo viên chủ nhiệm." in text
    assert RollMark.objects.get().state == "absent" and not RollChange.objects.exists()
    assert AbsenceNote.objects.get().after_lock and Receipt.objects.filter(person=cast.homeroom.person).exists()
    assert (
        "gửi sau khi khoá sổ" in client_of(cast.homeroom).get(f"/classes/{cast.class_8a2.pk}/notes/").content.decode()
    )


def test_the_child_named_in_the_address_is_chosen(cast: Cast, toan: Period, at: At) -> None:
    Guardianship.objects.create(guardian=cast.guardian.person, child=cast.classmate.person, relation="dì", during=YEAR)
    bao = cast.classmate.person_id
    text = client_of(cast.guardian).get(f"/absence/?child={bao}").content.decode()
    assert re.search(rf'name="child" value="{bao}"[^>]*checked', text), "Bảo, not An"
    assert client_of(cast.guardian).get("/absence/?child=x").status_code == 200


def test_one_session_of_the_day_only(cast: Cast, toan: Period, at: At) -> None:
    at(datetime(2030, 9, 2, 9))
    take(cast, toan, "absent")
    client_of(cast.guardian).post("/absence/", note(cast, shift="pm"))
    assert RollMark.objects.get().state == "absent", "the note is about the afternoon"


def test_a_form_sent_twice_is_one_note(cast: Cast, toan: Period, at: At) -> None:
    lan = client_of(cast.guardian)
    for _turn in range(2):
        assert lan.post("/absence/", note(cast)).status_code == 302
    assert AbsenceNote.objects.count() == 1 and Receipt.objects.filter(person=cast.homeroom.person).count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"last": "01/09/2030"}, "Ngày cuối đứng trước ngày đầu"),
        ({"first": "31/02/2030"}, "không có ngày 31"),
        ({"last": "31/12/2030"}, "nhiều nhất 60 ngày"),
        ({"first": "02/03/2030"}, "đã qua lâu"),
        ({"first": "02/09/2033"}, "xem lại năm"),
        ({"why": "other"}, "Xin ghi lí do"),
        ({"why": ""}, "bắt buộc"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    cast: Cast, toan: Period, at: At, wrong: dict[str, str], said: str
) -> None:
    answer = client_of(cast.guardian).post(
        "/absence/", note(cast, more="còn đây") | (wrong | ({"more": ""} if wrong.get("why") == "other" else {}))
    )
    text = answer.content.decode()
    assert answer.status_code == 422 and said in text and not AbsenceNote.objects.exists()
    assert wrong.get("why") == "other" or "còn đây" in text


def test_who_may_not_write_or_read(cast: Cast, toan: Period, at: At) -> None:
    for who in (cast.pupil, cast.teacher, cast.clerk, cast.stranger):
        assert client_of(who).post("/absence/", note(cast)).status_code == 404, "nobody writes an own note"
    other = note(cast) | {"child": str(cast.classmate.person_id)}
    assert client_of(cast.guardian).post("/absence/", other).status_code == 422
    client_of(cast.guardian).post("/absence/", note(cast))
    pk = AbsenceNote.objects.get().pk
    for stranger in (cast.teacher, cast.other_homeroom, cast.clerk):
        assert client_of(stranger).get(f"/classes/{cast.class_8a2.pk}/notes/").status_code == 404
        assert client_of(stranger).post(f"/absence/{pk}/seen/").status_code == 404
        assert client_of(stranger).post(f"/absence/{pk}/withdraw/").status_code == 404
    care = Guardianship.objects.get()
    care.informed = False
    care.save()
    lan = client_of(cast.guardian)
    assert lan.get("/absence/").status_code == 404, "not to be informed about the child"
    assert lan.post(f"/absence/{pk}/withdraw/").status_code == 404
    assert lan.get(f"/people/{cast.pupil.person_id}/absences/").status_code == 404


def test_the_homeroom_teacher_writes_down_a_call(cast: Cast, toan: Period, at: At) -> None:
    huong, address = client_of(cast.homeroom), f"/classes/{cast.class_8a2.pk}/notes/"
    assert huong.post(address, note(cast, why="family")).headers["Location"] == address
    written = AbsenceNote.objects.get()
    assert written.by_school and written.seen_by_id == cast.homeroom.person_id
    assert "ghi theo lời gia đình" in client_of(cast.guardian).get("/absence/").content.decode()
    assert client_of(cast.guardian).post(f"/absence/{written.pk}/withdraw/").status_code == 404, "written by the school"
    assert huong.post(f"/absence/{written.pk}/withdraw/").headers["Location"] == address


def test_days_on_which_the_child_was_in_no_class(cast: Cast, toan: Period, at: At) -> None:
    role = cast.pupil.person.roles.get(role="pupil")
    role.during = DateRange(role.during.lower, MONDAY + timedelta(days=3))
    role.save()
    text = client_of(cast.guardian).post("/absence/", note(cast, first="09/09/2030")).content.decode()
    assert "không học ở lớp nào" in text
