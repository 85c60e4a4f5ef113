"""Absences are counted the law's way: the rule by table and by property, the totals from real rolls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast, account, assign, client_of
from truongso.lib.sheets import read_workbook
from truongso.people.actor import Actor, actor_for
from truongso.people.models import Account
from truongso.people.roles import Role
from truongso.timetable import absence_rules as rules
from truongso.timetable.absence_rules import Session
from truongso.timetable.actions import periods
from truongso.timetable.models import AbsenceNote, AbsencePolicy, Mode, Period, RollMark, RollSheet, TimetableVersion
from truongso.timetable.queries import absence_pages, absences
from truongso.timetable.waiting import roll as waiting

DAY = date(2030, 9, 2)


@pytest.mark.parametrize(
    ("seen", "state"),
    [
        (Session(DAY, "present"), "present"),
        (Session(DAY, "absent"), "absent"),
        (Session(DAY, "excused"), "excused"),
        (Session(DAY, "late"), "late"),
        (Session(DAY, "trouble"), "tech"),
        (Session(DAY, "absent", rolls=3), "absent"),  # the session's roll decides, also against the periods'
        (Session(DAY, "present", rolls=2, absent=2), "part"),
        (Session(DAY, None, rolls=3, absent=3), "absent"),
        (Session(DAY, None, rolls=3, excused=3), "excused"),
        (Session(DAY, None, rolls=3, absent=1, excused=2), "absent"),
        (Session(DAY, None, rolls=3, absent=2), "part"),
        (Session(DAY, None, rolls=3, absent=2, trouble=1), "part"),  # tried to come: no absent session
        (Session(DAY, None, rolls=1, trouble=1), "tech"),
        (Session(DAY, None, rolls=2, late=1), "late"),
        (Session(DAY, None), "present"),  # no roll, no absence
    ],
)
def test_what_a_session_was(seen: Session, state: str) -> None:
    assert rules.state(seen) == state


counts = st.integers(0, 5)


@given(counts, counts, counts, counts)
def test_without_its_own_roll_a_session_is_missed_only_when_every_period_was(
    present: int, absent: int, excused: int, trouble: int
) -> None:
    seen = Session(DAY, None, present + absent + excused + trouble, absent, excused, 0, trouble)
    missed = rules.state(seen) in rules.COUNTED
    assert missed == (absent + excused > 0 and present + trouble == 0)


@given(st.lists(st.sampled_from(["present", "late", "excused", "absent", "trouble"]), max_size=200))
def test_permission_does_not_matter_for_the_limit(states: list[str]) -> None:
    total = rules.total(Session(DAY + timedelta(days=n), state) for n, state in enumerate(states))
    assert total.sessions == states.count("excused") + states.count("absent")
    assert absences.shipped().over(total.sessions) == (total.sessions > 45), "45 is allowed, 46 is not"


def test_two_in_a_row() -> None:
    held = [DAY, DAY + timedelta(days=1), DAY + timedelta(days=4)]
    assert rules.away_in_a_row(held, held[1:]) and not rules.away_in_a_row(held, held[:2])
    assert not rules.away_in_a_row(held[:1], held), "one session is not two"


# From real rolls. 8A2 learns in the morning: Mondays and Wednesdays, period 1, for four weeks.

At = Callable[[datetime], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """The school's clock: after the four weeks until it is set."""

    def stand(moment: datetime) -> None:
        fixed = moment.replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
        monkeypatch.setattr("django.utils.timezone.now", lambda: fixed)

    stand(datetime(2030, 9, 28, 9))
    return stand


def roll(period: Period, **said: str) -> RollSheet:
    sheet = RollSheet.objects.create(unit=period.unit, day=period.day, shift=period.shift, period=period)
    for pupil, state in said.items():
        RollMark.objects.create(sheet=sheet, pupil_id=int(pupil[1:]), state=state)
    return sheet


def session_roll(cast: Cast, day: date, shift: str = "am", **said: str) -> None:
    sheet = RollSheet.objects.create(unit=cast.class_8a2, day=day, shift=shift)
    for pupil, state in said.items():
        RollMark.objects.create(sheet=sheet, pupil_id=int(pupil[1:]), state=state)


def sessions_of(pupil: Account) -> list[date]:
    return [m.day for m in absence_pages.missed_by([pupil.person_id], date(2030, 9, 28)).get(pupil.person_id, [])]


def test_only_what_the_law_counts_is_counted(cast: Cast, head: Actor, published: TimetableVersion, at: At) -> None:
    an = f"p{cast.pupil.person_id}"
    lessons = list(Period.objects.filter(unit=cast.class_8a2).order_by("span"))
    roll(lessons[0], **{an: "absent"})  # counts
    roll(lessons[1], **{an: "trouble"})  # technical trouble: not
    roll(lessons[2], **{an: "excused"})  # with permission: counts
    periods.set_mode(by=head, period=lessons[3], mode=Mode.ONLINE_SUPPORT, reason="Ôn tập")
    roll(lessons[3], **{an: "absent"})  # in support of school: not
    periods.set_mode(by=head, period=lessons[4], mode=Mode.ONLINE_REPLACE, reason="Bão")
    roll(lessons[4], **{an: "absent"})  # in place of school: counts
    periods.cancel_period(by=head, period=lessons[5], reason="Bão")
    roll(lessons[5], **{an: "absent"})  # not held: not
    session_roll(cast, lessons[0].day, "pm", **{an: "absent"})  # the second session of the day: not
    session_roll(cast, lessons[6].day, **{an: "late"})
    roll(lessons[6], **{an: "absent"})  # the session's roll says late, it goes first: not
    assert sessions_of(cast.pupil) == [lessons[4].day, lessons[2].day, lessons[0].day]


def test_a_later_rule_counts_from_its_day_on(cast: Cast, head: Actor, published: TimetableVersion, at: At) -> None:
    an = f"p{cast.pupil.person_id}"
    lessons = list(Period.objects.filter(unit=cast.class_8a2).order_by("span"))
    for lesson in (lessons[0], lessons[4]):
        periods.set_mode(by=head, period=lesson, mode=Mode.ONLINE_SUPPORT, reason="Ôn tập")
        roll(lesson, **{an: "absent"})
    policy = AbsencePolicy.objects.get()
    minh = client_of(cast.it_admin)
    terms = {"limit": "45", "warn_first": "30", "warn_second": "40", "online_replace": "on", "online_support": "on",
             "lock_days": "7", "article": "Quy chế của trường"}  # fmt: skip
    address = f"/absences/rules/{policy.pk}/"
    assert minh.post(address, terms | {"first": "10/09/2030", "warn_first": "44"}).status_code == 422
    assert minh.post(address, terms | {"first": "10/09/2030"}).status_code == 302
    assert AbsencePolicy.objects.count() == 2
    assert sessions_of(cast.pupil) == [lessons[4].day]
    assert client_of(cast.homeroom).get(address).status_code == 404


def test_totals_of_class_school_and_pupil_and_their_files(cast: Cast, published: TimetableVersion, at: At) -> None:
    an = f"p{cast.pupil.person_id}"
    AbsencePolicy.objects.update(limit=2, warn_first=1, warn_second=2)
    for lesson in Period.objects.filter(unit=cast.class_8a2).order_by("span")[:3]:
        roll(lesson, **{an: "absent"})
    huong = client_of(cast.homeroom)
    text = huong.get(f"/classes/{cast.class_8a2.pk}/absences/").content.decode()
    assert "quá giới hạn" in text and "3 buổi gần đây" in text and text.index("Khánh An") < text.index("Gia Bảo")
    school = client_of(cast.deputy).get("/absences/").content.decode()
    assert "Nguyễn Khánh An" in school and "quá 2 buổi" in school and "Lê Gia Bảo" not in school
    assert huong.get("/absences/").headers["Location"] == f"/classes/{cast.class_8a2.pk}/absences/"
    for who in (cast.pupil, cast.guardian, cast.homeroom, cast.clerk):
        own = client_of(who).get(f"/people/{cast.pupil.person_id}/absences/").content.decode()
        assert "3 trên 2 buổi" in own and "02/09" in own
    assert client_of(cast.classmate).get(f"/people/{cast.pupil.person_id}/absences/").status_code == 404
    assert client_of(cast.teacher).get(f"/people/{cast.pupil.person_id}/absences/").status_code == 404
    for who in (cast.pupil, cast.guardian, cast.teacher, cast.other_homeroom):
        assert client_of(who).get(f"/classes/{cast.class_8a2.pk}/absences/").status_code == 404
    book = read_workbook(huong.get(f"/classes/{cast.class_8a2.pk}/absences/export/").content)
    assert any("Nguyễn Khánh An" in str(row) for row in book[0].rows) and len(book) == 2
    assert client_of(cast.clerk).get("/absences/export/").status_code == 200


def test_the_familys_reason_is_not_for_the_office(cast: Cast, published: TimetableVersion, at: At) -> None:
    sheet = roll(Period.objects.filter(unit=cast.class_8a2).order_by("span")[0])
    note = AbsenceNote.objects.create(
        child=cast.pupil.person,
        by=cast.guardian.person,
        during=DateRange(sheet.day, sheet.day + timedelta(days=1)),
        reason="sốt cao",
    )
    RollMark.objects.create(sheet=sheet, pupil=cast.pupil.person, state="excused", source="note", excuse=note)
    address = f"/people/{cast.pupil.person_id}/absences/"
    assert all(
        "sốt cao" in client_of(w).get(address).content.decode() for w in (cast.guardian, cast.homeroom, cast.head)
    )
    assert "sốt cao" not in client_of(cast.clerk).get(address).content.decode()


def test_two_sessions_missed_in_a_row_ask_for_a_call(cast: Cast, published: TimetableVersion, at: At) -> None:
    an = f"p{cast.pupil.person_id}"
    lessons = list(Period.objects.filter(unit=cast.class_8a2).order_by("span"))
    roll(lessons[6], **{an: "absent"})
    assert not list(waiting.lines(actor_for(cast.homeroom)))
    roll(lessons[7], **{an: "excused"})
    assert [(n, more) for n, _t, more, _a in waiting.lines(actor_for(cast.homeroom))] == [(1, "Nguyễn Khánh An")]


def test_totals_cost_the_same_for_many_pupils(cast: Cast, published: TimetableVersion, at: At) -> None:
    client, an = client_of(cast.homeroom), cast.pupil.person_id
    lessons = list(Period.objects.filter(unit=cast.class_8a2).order_by("span"))
    roll(lessons[0], **{f"p{an}": "absent"})

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            for page in ("absences/", "absences/export/", "notes/"):
                assert client.get(f"/classes/{cast.class_8a2.pk}/{page}").status_code == 200
            assert client.get(f"/people/{an}/absences/").status_code == 200
        return len(seen)

    count()
    few = count()
    new = [account(f"Trần Học {n}", f"hoc{n}.8a2") for n in range(10)]
    for who in new:
        assign(who, Role.PUPIL, cast.class_8a2)
        AbsenceNote.objects.create(
            child=who.person, by=cast.guardian.person, during=DateRange(date(2030, 9, 3), date(2030, 9, 4)), reason="ốm"
        )
    for lesson in lessons[1:]:
        roll(lesson, **{f"p{who.person_id}": "absent" for who in new} | {f"p{an}": "absent"})
    assert count() == few
