"""The class register: what is proposed, who signs, what is kept. Toán 8 has lessons of 2, 1 and 2 periods."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, account, assign, client_of
from truongso.audit.models import Entry as Audited
from truongso.curriculum.models import Lesson, Programme, ProgrammeState
from truongso.people.actor import Actor, actor_for
from truongso.people.roles import Role
from truongso.roster.models import TeachingAssignment
from truongso.school.models import SchoolYear
from truongso.timetable.actions import periods as deeds
from truongso.timetable.actions.register import Line, SignedMeanwhile, sign_note
from truongso.timetable.models import Period, RegisterNote, RegisterWeek, RollMark, RollSheet, TimetableVersion
from truongso.timetable.queries.register import next_lesson, proposed_for
from truongso.timetable.tests.conftest import MONDAY
from truongso.timetable.tests.programme import Clock, Visitor, make_toan_8, signed, toan


@pytest.fixture
def programme(cast: Cast, year: SchoolYear) -> Programme:
    return make_toan_8(cast, year)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def said(periods: list[Period]) -> list[str]:
    found = proposed_for(periods)
    return [f"{found[p.pk].title} {found[p.pk].nth}/{found[p.pk].of} ({found[p.pk].ordinal})" if p.pk in found else "" for p in periods]  # fmt: skip


def test_the_weeks_ahead_unfold_from_what_was_taught(published: TimetableVersion, programme: Programme) -> None:
    rows = toan()
    assert said(rows[:6]) == ["Đơn thức 1/2 (1)", "Đơn thức 2/2 (2)", "Đa thức 1/1 (3)", "Hình thoi 1/2 (4)", "Hình thoi 2/2 (5)", ""]  # fmt: skip
    signed(rows[0], "Đơn thức")
    signed(rows[2], "Đơn thức")  # the second was never signed; the class is slower than was thought
    assert said(rows) == ["", "Đơn thức 2/2 (2)", "", "Đa thức 1/1 (3)", "Hình thoi 1/2 (4)", "Hình thoi 2/2 (5)", "", ""]  # fmt: skip


def test_off_the_programme_and_not_held_do_not_advance(
    published: TimetableVersion, programme: Programme, head: Actor
) -> None:
    rows = toan()
    signed(rows[0])
    deeds.cancel_period(by=head, period=rows[1], reason="Mưa bão")
    assert said(rows[1:4]) == ["", "Đơn thức 1/2 (1)", "Đơn thức 2/2 (2)"]


def test_the_next_lesson_of_one_period(cast: Cast, published: TimetableVersion, programme: Programme) -> None:
    rows = toan()
    signed(rows[0], "Đa thức")
    found = next_lesson(cast.class_8a2.pk, rows[1].subject_id, None, rows[1])
    assert found and (found.title, found.place) == ("Hình thoi", "tiết 1 trong 2 (tiết 4 của chương trình)")
    van = Period.objects.get(subject__code="van", day=rows[0].day)
    assert next_lesson(van.unit_id, van.subject_id, None, van) is None, "no programme is entered"
    programme.state = ProgrammeState.DRAFT
    programme.save()
    assert next_lesson(cast.class_8a2.pk, rows[1].subject_id, None, rows[1]) is None, "a draft is nobody's lesson yet"


def test_proposals_cost_the_same_for_one_and_for_many(published: TimetableVersion, programme: Programme) -> None:
    counts = []
    for rows in (toan()[:1], list(Period.objects.all())):
        with CaptureQueriesContext(connection) as made:
            proposed_for(rows)
        counts.append(len(made))
    assert counts[0] == counts[1] == 4


def form(period: Period, title: str = "Đơn thức", **more: str) -> dict[str, str]:
    lesson = str(Lesson.objects.get(title=title).pk) if title else "off"
    return {"lesson": lesson, "content": "", "remarks": "", "rating": "Tốt", "homework": "", "version": "0"} | more


def address(period: Period) -> str:
    return f"/periods/{period.pk}/register/"


def test_the_proposed_lesson_is_accepted_signed_and_read(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    first, mai = toan()[0], Visitor(cast.teacher)
    at(0, 6)
    early = mai.get(f"/periods/{first.pk}/").content.decode()
    assert "Dự kiến:" in early and "Đơn thức" in early and "tiết 1 trong 2 (tiết 1 của chương trình)" in early
    assert "Nhận biết được đơn thức" in early and "Vào tiết rồi thầy cô mới kí được" in early
    assert "chưa đến giờ" in mai.post(address(first), form(first)).content.decode()
    at(0, 7, 50)
    sheet = RollSheet.objects.create(period=first, unit=cast.class_8a2, day=first.day, shift="am")
    RollMark.objects.create(sheet=sheet, pupil=cast.classmate.person, state="excused")
    page = mai.get(f"/periods/{first.pk}/").content.decode()
    assert "L.G. Bảo (P)" in page and "Kí sổ đầu bài" in page
    pk = Lesson.objects.get(title="Đơn thức").pk
    assert f'<option value="{pk}" selected>1-2. Đơn thức</option>' in page
    said = form(first, remarks="Bảo nói chuyện riêng", homework="Bài 3, 4", homework_due="4 9 2030")
    assert mai.post(address(first), said).headers["Location"] == f"/periods/{first.pk}/"
    note = RegisterNote.objects.get()
    assert (note.lesson_text, note.ordinal, note.signed_by_id, note.signed_as) == ("Đơn thức (tiết 1)", 1, cast.teacher.person_id, "teacher")  # fmt: skip
    first.refresh_from_db()
    assert first.kept and Audited.objects.filter(verb="timetable.sign_register").count() == 1
    for who in (cast.homeroom, cast.head, cast.deputy, cast.inspector):
        read = Visitor(who).get(f"/periods/{first.pk}/").content.decode()
        assert "Bảo nói chuyện riêng" in read and "Vũ Thị Mai" in read, who.login
    for who in (cast.pupil, cast.guardian, cast.clerk):
        read = Visitor(who).get(f"/periods/{first.pk}/").content.decode()
        assert "Đơn thức" in read and "Bài 3, 4" in read and "04/09/2030" in read, who.login
        assert "nói chuyện riêng" not in read and "Xếp loại" not in read, who.login
    assert Visitor(cast.other_pupil).get(f"/periods/{first.pk}/").status_code == 404


def test_who_may_not_sign(cast: Cast, published: TimetableVersion, programme: Programme, at: Clock) -> None:
    first = toan()[0]
    at(0, 8)
    expected = {"homeroom": 403, "pupil": 404, "stranger": 404, "inspector": 404, "clerk": 403, "other_homeroom": 404}
    for name, status in expected.items():
        assert Visitor(cast.accounts[name]).post(address(first), form(first)).status_code == status, name
    assert not RegisterNote.objects.exists()


def test_bad_input_is_said_at_the_field_and_stays(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    first, mai = toan()[0], Visitor(cast.teacher)
    at(0, 8)
    wrong = (
        ({"lesson": "off"}, "Xin ghi nội dung đã dạy"),
        ({"lesson": "999999"}, "999999"),
        ({"homework": "Bài 1", "homework_due": "1/9/2030"}, "Hạn nộp đứng trước ngày dạy"),
        ({"homework_due": "31 02"}, "không có ngày 31"),
        ({"rating": "Tuyệt"}, "Tuyệt"),
    )
    for change, sentence in wrong:
        answer = mai.post(address(first), form(first, remarks="Lớp ngoan") | change)
        assert answer.status_code == 422 and sentence in answer.content.decode(), change
        assert "Lớp ngoan" in answer.content.decode()
    assert not RegisterNote.objects.exists()


def test_a_correction_keeps_what_stood_there(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    first, mai = toan()[0], Visitor(cast.teacher)
    at(0, 8)
    mai.post(address(first), form(first, remarks="Lớp ngoan"))
    mai.post(address(first), form(first, remarks="Lớp ngoan"))
    assert RegisterNote.objects.get().version == 1, "a form sent twice changes nothing"
    at(1, 9)
    mai.post(address(first), form(first, "Đa thức", version="1", rating="Khá"))
    note = RegisterNote.objects.get()
    assert (note.version, note.lesson_text, note.ordinal) == (2, "Đa thức", 3)
    change = note.changes.get()
    assert (change.before["lesson_text"], change.before["remarks"], change.by_id) == ("Đơn thức (tiết 1)", "Lớp ngoan", cast.teacher.person_id)  # fmt: skip
    page = mai.get(f"/periods/{first.pk}/").content.decode()
    assert "Đã sửa 1 lần" in page and "Trước đó: Đơn thức (tiết 1); Lớp ngoan; Tốt" in page


def test_two_people_at_one_line_lose_nothing(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    first = toan()[0]
    at(0, 8)
    Visitor(cast.deputy).post(address(first), form(first, remarks="Ban giám hiệu ghi"))
    assert RegisterNote.objects.get().signed_as == "leader"
    mai = Visitor(cast.teacher)
    answer = mai.post(address(first), form(first, remarks="Cô Mai ghi"))
    page = answer.content.decode()
    assert answer.status_code == 409 and "Ban giám hiệu ghi" in page and "Cô Mai ghi" in page and "Phạm Thị Hoa" in page
    assert 'name="version" value="1"' in page
    mai.post(address(first), form(first, remarks="Cô Mai ghi", version="1"))
    note = RegisterNote.objects.get()
    assert (note.remarks, note.changes.get().before["remarks"]) == ("Cô Mai ghi", "Ban giám hiệu ghi")


@pytest.mark.django_db(transaction=True)
def test_two_signatures_at_the_same_moment(published: TimetableVersion, cast: Cast, at: Clock) -> None:
    period = toan()[0]
    at(0, 8)

    def sign(actor: Actor) -> str:
        try:
            sign_note(by=actor, period=period, line=Line(None, actor.name), version=0)
        except SignedMeanwhile as meanwhile:
            return f"sau {meanwhile.note.lesson_text}"
        finally:
            connections.close_all()
        return "kí"

    actors = [actor_for(cast.teacher), actor_for(cast.deputy)]
    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(sign, actors))
    note = RegisterNote.objects.get()
    assert found == sorted(["kí", f"sau {note.lesson_text}"])


def test_a_signed_week_is_closed_and_leaders_open_it(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    monday, wednesday = toan()[:2]
    mai, huong, hoa = Visitor(cast.teacher), Visitor(cast.homeroom), Visitor(cast.deputy)
    week, here = {"week": MONDAY.isoformat()}, f"/register/classes/{cast.class_8a2.pk}/"
    at(0, 8)
    mai.post(address(monday), form(monday))
    refused = huong.post(here + "sign/", week)
    assert refused.status_code == 422 and "chưa học xong" in refused.content.decode()
    at(5, 12)
    assert mai.post(here + "sign/", week).status_code == 403
    huong.post(here + "sign/", week | {"remarks": "Tuần tốt"})
    assert "đã kí khoá" in mai.post(address(monday), form(monday, remarks="x", version="1")).content.decode()
    assert mai.post(address(wednesday), form(wednesday)).status_code == 302, "an empty line may be signed late"
    assert hoa.post(here + "sign/", week | {"as": "head", "remarks": "Đồng ý"}).status_code == 302
    kept = RegisterWeek.objects.get()
    assert (kept.homeroom_id, kept.head_id, kept.remarks, kept.head_remarks) == (cast.homeroom.person_id, cast.deputy.person_id, "Tuần tốt", "Đồng ý")  # fmt: skip
    assert huong.post(here + "unlock/", week | {"reason": "x"}).status_code == 404, "not for the homeroom teacher"
    assert hoa.post(here + "unlock/", week).status_code == 422
    hoa.post(here + "unlock/", week | {"reason": "Ghi nhầm bài"})
    kept.refresh_from_db()
    assert not kept.locked and kept.unlocks.get().before["homeroom_id"] == cast.homeroom.person_id
    assert "Ghi nhầm bài" in hoa.get(here, week).content.decode()
    assert mai.post(address(monday), form(monday, remarks="x", version="1")).status_code == 302


def test_after_the_school_has_signed_no_line_is_added(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    at(5, 12)
    RegisterWeek.objects.create(unit=cast.class_8a2, monday=MONDAY, head_id=cast.head.person_id, head_at=published.published_at)  # fmt: skip
    answer = Visitor(cast.teacher).post(address(toan()[0]), form(toan()[0]))
    assert answer.status_code == 422 and "đã kí khoá" in answer.content.decode()


def test_a_substitute_signs_as_one(
    cast: Cast, published: TimetableVersion, programme: Programme, head: Actor, at: Clock
) -> None:
    first = toan()[0]
    deeds.substitute(by=head, period=first, person=cast.other_homeroom.person, reason="Cô Mai ốm")
    at(0, 8)
    son = Visitor(cast.other_homeroom)
    son.post(address(first), form(first))
    assert RegisterNote.objects.get().signed_as == "substitute"
    assert "dạy thay" in son.get(f"/register/classes/{cast.class_8a2.pk}/?week={MONDAY}").content.decode()


def test_where_there_is_no_programme_the_content_is_typed(cast: Cast, published: TimetableVersion, at: Clock) -> None:
    van, mai = Period.objects.filter(subject__code="van").order_by("span")[0], Visitor(cast.teacher)
    at(0, 9, 30)
    page = mai.get(f"/periods/{van.pk}/").content.decode()
    assert 'name="lesson"' not in page and "Dự kiến" not in page
    assert mai.post(address(van), {"version": "0", "rating": ""}).status_code == 422
    mai.post(address(van), {"version": "0", "content": "Ôn tập truyện ngắn", "rating": "Khá"})
    assert RegisterNote.objects.get().lesson_text == "Ôn tập truyện ngắn"


def test_the_days_periods_are_signed_from_one_page(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    at(2, 7, 30)
    mai = Visitor(cast.teacher)
    page = mai.get("/register/sign/").content.decode()
    assert "còn 3 tiết" in page and page.count("Kí tiết này") == 3
    assert "tiết 1 trong 2" in page and "tiết 2 trong 2" in page, "the second is proposed behind the first"
    assert page.index("Hôm nay") < page.index("Thứ Hai 02/09/2030")
    rows = toan()
    assert mai.post(address(rows[1]), form(rows[1], **{"from": "day"})).headers["Location"] == "/register/sign/"
    assert mai.get("/register/sign/").content.decode().count("Kí tiết này") == 2
    assert "Không còn tiết nào" in Visitor(cast.homeroom).get("/register/sign/").content.decode()


def test_the_school_rates_by_its_own_scale(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    hoa, mai, first = Visitor(cast.deputy), Visitor(cast.teacher), toan()[0]
    at(0, 8)
    assert hoa.post("/register/scale/", {"ratings": "Tốt"}).status_code == 422
    assert "dài quá" in hoa.post("/register/scale/", {"ratings": "Tốt\nHoàn thành xuất sắc"}).content.decode()
    hoa.post("/register/scale/", {"ratings": "10\n9\n 8 \n\n9"})
    page = mai.get(f"/periods/{first.pk}/").content.decode()
    assert '<option value="8">' in page and "Khá" not in page
    mai.post(address(first), form(first, rating="9"))
    assert RegisterNote.objects.get().rating == "9"
    assert mai.get("/register/scale/").status_code == 404


def test_the_pages_of_a_period_and_a_week_cost_the_same_however_full(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    at(20, 12)
    huong, mai = client_of(cast.homeroom), client_of(cast.teacher)
    counts: dict[str, list[int]] = {}
    for full in (False, True):
        if full:
            for period in toan()[:2]:
                signed(period, "Đơn thức", cast.teacher.person_id)
            other = account("Lê Văn Thêm", "them.lv")
            assign(other, Role.TEACHER)
        for client, address_ in ((huong, f"/register/classes/{cast.class_8a2.pk}/?week={MONDAY}"), (mai, "/register/sign/"), (mai, "/register/")):  # fmt: skip
            with CaptureQueriesContext(connection) as made:
                assert client.get(address_).status_code == 200
            counts.setdefault(address_, []).append(len(made))
    assert all(after <= before + 1 for before, after in counts.values()), counts  # + 1: the names of who signed
    assert max(max(c) for c in counts.values()) <= 24, counts


def test_a_teacher_reads_the_registers_of_the_own_classes(
    cast: Cast, published: TimetableVersion, programme: Programme, at: Clock
) -> None:
    at(0, 12)
    here = f"/register/classes/{cast.class_8a2.pk}/"
    assert Visitor(cast.group_head).get(here).status_code == 404
    TeachingAssignment.objects.create(
        unit=cast.class_8a2, subject=toan()[0].subject, person=cast.group_head.person, during=cast.class_8a2.during
    )
    assert Visitor(cast.group_head).get(here).status_code == 200
    for who, status in ((cast.teacher, 200), (cast.inspector, 200), (cast.clerk, 404), (cast.pupil, 404), (cast.other_homeroom, 404)):  # fmt: skip
        assert Visitor(who).get(here).status_code == status, who.login
    for odd in ("?week=bậy", "?week=9999-12-31", "?week=0001-01-01", f"?week={MONDAY + timedelta(days=3)}"):
        assert Visitor(cast.homeroom).get(here + odd).status_code == 200
