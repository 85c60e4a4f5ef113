"""Gaps of the register: the board, reminders, what waits on Hôm nay, signing for many classes."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, client_of
from truongso.curriculum.models import Programme
from truongso.notify.models import Notice, Receipt
from truongso.people.actor import Actor, actor_for
from truongso.roster.models import TeachingAssignment
from truongso.school.models import GroupSubject, SchoolYear
from truongso.timetable.actions import periods as deeds
from truongso.timetable.models import Period, RegisterNote, RegisterWeek, TimetableVersion
from truongso.timetable.queries.behind import Behind, behind
from truongso.timetable.queries.gaps import count_unsigned, unsigned
from truongso.timetable.queries.progress import streams
from truongso.timetable.tests.conftest import MONDAY
from truongso.timetable.tests.programme import Clock, Visitor, make_toan_8, signed, toan
from truongso.timetable.waiting.register import lines


@pytest.fixture
def programme(cast: Cast, year: SchoolYear) -> Programme:
    return make_toan_8(cast, year)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def waits(who: object) -> dict[str, tuple[int, str, str]]:
    return {text: (count, more, href) for count, text, more, href in lines(actor_for(who))}  # type: ignore[arg-type]


def test_the_board_leads_from_each_number_to_its_periods(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    at(9, 12)  # Wednesday of the second week: four periods of Toán and two of Văn are over
    signed(toan()[0], "Đơn thức")
    page = Visitor(cast.deputy).get("/register/").content.decode()
    assert "5 tiết đã dạy mà chưa kí" in page
    link = f"/register/classes/{cast.class_8a2.pk}/?week={MONDAY}&amp;gaps=1"
    assert f'href="{link}">1<' in page
    rows = Visitor(cast.deputy).get(link.replace("&amp;", "&")).content.decode()
    assert rows.count("/periods/") == 1 and f"/periods/{toan()[1].pk}/" in rows
    own = Visitor(cast.homeroom).get("/register/").content.decode()
    assert "8A2" in own and ">7A1<" not in own and "3 tiết đã dạy mà chưa kí" in own


def test_teachers_are_reminded_once_a_day(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    at(2, 12)
    hoa = Visitor(cast.deputy)
    assert Visitor(cast.teacher).post("/register/remind/").status_code == 404
    assert hoa.post("/register/remind/").status_code == 302
    Visitor(cast.homeroom).post("/register/remind/")
    notice = Notice.objects.get()
    assert (notice.title, notice.link) == ("Sổ đầu bài: còn 3 tiết chưa kí", "/register/sign/")
    assert Receipt.objects.get().person_id == cast.teacher.person_id


def test_the_homeroom_teacher_reminds_for_the_own_class(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    at(2, 12)
    Visitor(cast.homeroom).post("/register/remind/")
    assert Notice.objects.get().title == "Sổ đầu bài: còn 2 tiết chưa kí"


def test_the_school_signs_the_weeks_that_are_ready(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    at(5, 12)
    for unit in (cast.class_8a2, cast.class_7a1):
        RegisterWeek.objects.create(unit=unit, monday=MONDAY)
    RegisterWeek.objects.filter(unit=cast.class_8a2).update(homeroom_id=cast.homeroom.person_id, homeroom_at=published.published_at)  # fmt: skip
    hoa = Visitor(cast.deputy)
    assert "Kí tuần 1" not in hoa.get("/register/").content.decode(), "two lines are missing"
    hoa.post("/register/weeks/sign/", {"week": str(MONDAY)})
    assert not RegisterWeek.objects.exclude(head_at=None).exists()
    for period in toan()[:2]:
        signed(period, "Đơn thức")
    assert "Kí tuần 1 cho 1 lớp" in hoa.get("/register/").content.decode()
    assert waits(cast.deputy)["sổ tuần chờ ban giám hiệu kí"][0] == 1
    assert Visitor(cast.homeroom).post("/register/weeks/sign/", {"week": str(MONDAY)}).status_code == 404
    hoa.post("/register/weeks/sign/", {"week": str(MONDAY)})
    assert set(RegisterWeek.objects.exclude(head_at=None).values_list("unit__name", flat=True)) == {"8A2"}
    assert "sổ tuần chờ ban giám hiệu kí" not in waits(cast.deputy)


def test_what_waits(cast: Cast, published: TimetableVersion, programme: Programme, head: Actor, at: Clock) -> None:
    at(9, 12)
    signed(toan()[0], "Đơn thức")
    deeds.cancel_period(by=head, period=toan()[1], reason="Bão")
    mine = waits(cast.teacher)
    assert mine["tiết chưa kí sổ đầu bài"] == (4, "cũ nhất ngày 02/09/2030", "/register/sign/")
    assert not any("chậm" in text for text in mine), "teaches this by the timetable alone"
    TeachingAssignment.objects.create(unit=cast.class_8a2, subject=toan()[0].subject, person=cast.teacher.person, during=cast.class_8a2.during)  # fmt: skip
    assert waits(cast.teacher)["lớp chậm chương trình từ hai tiết"] == (1, "Toán 8A2 chậm 3 tiết", "/progress/?late=1")
    GroupSubject.objects.create(group=cast.group, subject=toan()[0].subject)
    assert waits(cast.group_head)["lớp chậm chương trình từ hai tiết"][0] == 1
    assert waits(cast.homeroom)["tuần chờ chủ nhiệm kí sổ"] == (1, "cũ nhất từ ngày 02/09/2030", f"/register/classes/{cast.class_8a2.pk}/?week=2030-09-02")  # fmt: skip
    assert waits(cast.pupil) == waits(cast.guardian) == waits(cast.clerk) == {}
    RegisterWeek.objects.create(unit=cast.class_8a2, monday=MONDAY, head_id=1, head_at=published.published_at)
    assert waits(cast.teacher)["tiết chưa kí sổ đầu bài"][0] == 4, "the cancelled one never counted"
    assert "tuần chờ chủ nhiệm kí sổ" not in waits(cast.homeroom)


def test_what_the_home_counts_is_what_the_pages_list(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    at(18, 12)
    subject = toan()[0].subject
    TeachingAssignment.objects.create(unit=cast.class_8a2, subject=subject, person=cast.teacher.person, during=cast.class_8a2.during)  # fmt: skip
    signed(toan()[0], "Đơn thức")
    RegisterWeek.objects.create(unit=cast.class_7a1, monday=MONDAY, head_id=1, head_at=published.published_at)
    found = unsigned(person_id=cast.teacher.person_id)
    assert count_unsigned(cast.teacher.person_id) == (found.count(), found[0].day) == (7, date(2030, 9, 4))
    [stream] = streams(date(2030, 9, 18), units=[cast.class_8a2.pk])
    seen = behind(cast.teacher.person_id, (), date(2030, 9, 18), 2)
    assert seen == Behind(1, "8A2", "Toán", stream.behind)
    assert behind(cast.deputy.person_id, [subject.pk], date(2030, 9, 18), 2) == seen, "the group's, whoever teaches it"
    assert behind(cast.teacher.person_id, [subject.pk], date(2030, 9, 18), 2) == seen, "counted once"
    assert behind(cast.teacher.person_id, (), date(2030, 9, 18), stream.behind + 1) is None


def test_lines_and_board_cost_the_same_for_a_full_register(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    at(20, 12)
    TeachingAssignment.objects.create(unit=cast.class_8a2, subject=toan()[0].subject, person=cast.teacher.person, during=cast.class_8a2.during)  # fmt: skip
    counts = []
    client = client_of(cast.deputy)
    for full in (False, True):
        if full:
            for period in Period.objects.all()[:4]:
                signed(period)
        with CaptureQueriesContext(connection) as made:
            list(lines(actor_for(cast.teacher)))
            client.get("/register/")
            client.get("/progress/")
        counts.append(len(made))
    assert RegisterNote.objects.count() == 4 and counts[1] <= counts[0], counts  # less: the school is remembered
