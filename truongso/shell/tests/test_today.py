"""Hôm nay: what each role sees of the day, at each time of it, by the school's clock."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from tests.cast import YEAR, Cast, account, assign, client_of, person
from truongso.people.actor import Actor
from truongso.people.models import Account, Guardianship, Role, RoleAssignment, Unit
from truongso.school.models import Holiday, SchoolYear
from truongso.timetable.actions import modes, periods, versions
from truongso.timetable.models import AbsenceNote, Mode, Period, RegisterNote, RollMark, RollSheet, TimetableVersion
from truongso.timetable.tests.conftest import MONDAY, TOAN, put

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
At = Callable[..., None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Set the school's clock: at(MONDAY, 6, 48)."""

    def set_clock(day: date, hour: int, minute: int = 0) -> None:
        now = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
        monkeypatch.setattr("django.utils.timezone.now", lambda: now.astimezone(ZoneInfo("UTC")))

    return set_clock


def home(who: Account) -> str:
    answer = client_of(who).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def text(page: str) -> str:
    main = page.split("<main", 1)[1].split("</main>", maxsplit=1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def first_of(unit: object) -> Period:
    return Period.objects.filter(unit=unit).order_by("span").first()  # type: ignore[misc, return-value]


def test_before_the_first_period_a_pupil_sees_it_and_how_long_it_is(
    cast: Cast, published: TimetableVersion, at: At
) -> None:
    at(MONDAY, 6, 48)
    said = text(home(cast.pupil))
    assert "Còn 12 phút" in said and "07:00 đến 07:45" in said and "cô" in said.lower()
    assert "Các tiết hôm nay" in said and "Tiết tới" in said


def test_in_a_period_it_says_for_how_long(cast: Cast, published: TimetableVersion, at: At) -> None:
    at(MONDAY, 7, 25)
    assert "Đang học, còn 20 phút" in text(home(cast.pupil))
    assert "Đang dạy, còn 20 phút" in text(home(cast.teacher))


def test_between_and_after_the_periods(cast: Cast, published: TimetableVersion, at: At) -> None:
    at(MONDAY, 7, 50)
    teacher = text(home(cast.teacher))
    assert "Còn 10 phút" in teacher and "Ngữ văn 7A1" in teacher and "Chưa kí sổ" in teacher
    at(MONDAY, 12)
    pupil = text(home(cast.pupil))
    assert "Hôm nay đã hết tiết" in pupil and "Buổi tới: thứ Tư 04/09, 07:00" in pupil


def test_a_signed_period_is_done(cast: Cast, published: TimetableVersion, at: At) -> None:
    at(MONDAY, 8, 30)
    period = first_of(cast.class_8a2)
    RegisterNote.objects.create(period=period, lesson_text="Bài 1", signed_by_id=1, signed_at=period.span.upper)
    said = text(home(cast.teacher))
    assert "Đã kí sổ" in said and "Chưa kí sổ" not in said


def test_a_day_without_periods_says_when_there_are_some(cast: Cast, published: TimetableVersion, at: At) -> None:
    at(MONDAY + timedelta(days=1), 8)
    said = text(home(cast.pupil))
    assert "Hôm nay không có tiết" in said and "Ngày mai" in said and "1 tiết, từ 07:00 đến 07:45" in said


def test_a_holiday_says_until_when(cast: Cast, published: TimetableVersion, year: SchoolYear, at: At) -> None:
    saturday = MONDAY + timedelta(days=5)
    Holiday.objects.create(
        year=year, name="Nghỉ Tết", kind="tet", during=DateRange(saturday, saturday + timedelta(days=2))
    )
    at(saturday, 8)
    assert "Nghỉ đến hết chủ nhật 08/09, học lại thứ Hai 09/09" in text(home(cast.pupil))


def test_before_the_year_begins(cast: Cast, published: TimetableVersion, at: At) -> None:
    at(date(2030, 8, 20), 8)
    said = text(home(cast.pupil))
    assert "Năm học chưa bắt đầu" in said and "thứ Hai 02/09 lúc 07:00" in said


def test_a_school_without_a_timetable_keeps_its_words(cast: Cast) -> None:
    for who in (cast.pupil, cast.teacher):
        assert "Khi nhà trường công bố thời khoá biểu" in text(home(who))


def test_who_is_in_no_class_is_told_so(cast: Cast, published: TimetableVersion, at: At) -> None:
    at(MONDAY, 8)
    assert "Hiện không ở lớp nào" in text(home(cast.stranger))


def test_substitute_and_substituted_each_see_it(cast: Cast, published: TimetableVersion, head: Actor, at: At) -> None:
    at(MONDAY, 6)
    cast.homeroom.person.gender = "f"
    cast.homeroom.person.save()
    periods.substitute(by=head, period=first_of(cast.class_8a2), person=cast.homeroom.person, reason="Cô Mai ốm")
    other, she = text(home(cast.teacher)), text(home(cast.homeroom))
    assert "Cô Hương dạy thay" in other and "Có người dạy thay" in other and "Ngữ văn 7A1" in other.split("Các tiết")[0]
    assert "Toán 8A2" in she.split("Các tiết")[0] and "Dạy thay" in she
    assert "cô Hương dạy thay" in text(home(cast.pupil)).split("Thay đổi")[1]


def test_a_cancelled_period_is_struck_and_not_next(
    cast: Cast, published: TimetableVersion, head: Actor, at: At
) -> None:
    at(MONDAY, 6)
    periods.cancel_period(by=head, period=first_of(cast.class_8a2), reason="Mưa bão")
    page = home(cast.pupil)
    said = text(page)
    assert 'class="off"' in page and "Mưa bão" in said and "Hôm nay nghỉ cả ngày" in said and "Toán, nghỉ" in said


def test_a_moved_period_says_from_where(cast: Cast, published: TimetableVersion, head: Actor, at: At) -> None:
    at(MONDAY, 6)
    periods.move_period(
        by=head, period=first_of(cast.class_8a2), day=MONDAY + timedelta(days=1), shift="am", number=3, reason="Đổi giờ"
    )
    at(MONDAY + timedelta(days=1), 6)
    said = text(home(cast.pupil))
    assert "dời từ thứ Hai 02/09" in said and "09:00" in said and "Toán, dời từ thứ Hai 02/09, tiết 1 sáng" in said


def test_the_heads_decision_is_told_once(cast: Cast, published: TimetableVersion, head: Actor, at: At) -> None:
    at(MONDAY, 6)
    modes.decide_mode(by=head, mode=Mode.ONLINE_REPLACE, first=MONDAY, last=MONDAY + timedelta(days=2), units=[], shift="",
                      reason="Bão số 13", document="Quyết định số 47")  # fmt: skip
    said = text(home(cast.pupil))
    assert said.count("Bão số 13") == 1 and "(Quyết định số 47)" in said and "Từ thứ Hai 02/09 đến thứ Tư 04/09" in said
    assert "Vào lớp" in said and "học ở nhà" in said and "Mở lớp" in text(home(cast.teacher))


def test_the_one_button_leads_in(cast: Cast, published: TimetableVersion, head: Actor, at: At) -> None:
    at(MONDAY, 6, 48)
    period = first_of(cast.class_8a2)
    page = home(cast.teacher)
    assert f'<a class="btn chalk big" href="/periods/{period.pk}/roll/">' in page and "Điểm danh" in text(page)
    periods.set_mode(by=head, period=period, mode=Mode.ONLINE_SUPPORT, reason="Cô đi công tác")
    page = home(cast.pupil)
    assert f'<a class="btn chalk big" href="/periods/{period.pk}/room/">' in page and page.count("btn chalk big") == 1
    assert "Toán, trực tuyến hỗ trợ. Cô đi công tác." in text(page)


def test_classes_taught_together_are_one_period_to_their_teacher(
    cast: Cast, published: TimetableVersion, at: At
) -> None:
    at(MONDAY, 6, 48)
    one, other = first_of(cast.class_8a2), first_of(cast.class_7a1)
    Period.objects.filter(pk=other.pk).update(lesson=one.lesson, span=one.span, number=1, subject=one.subject)
    said = text(home(cast.teacher))
    assert said.count("Toán 7A1, 8A2") == 2  # on the board, and in the one row


def test_a_guardian_reports_an_absence_for_the_right_child(cast: Cast, published: TimetableVersion, at: At) -> None:
    at(MONDAY, 6, 48)
    assert f'href="/absence/?child={cast.pupil.person_id}"' in home(cast.guardian)


def test_a_decision_for_the_year_says_so_and_its_paper_is_called_as_it_calls_itself(
    cast: Cast, published: TimetableVersion, year: SchoolYear, head: Actor, at: At
) -> None:
    at(MONDAY, 6)
    made, _changed = modes.decide_mode(
        by=head, mode=Mode.ONLINE_SUPPORT, first=year.during.lower, last=year.last_day, units=[], shift="",
        reason="Dạy thêm buổi chiều", document="Kế hoạch số 12/KH-THCS",
    )  # fmt: skip
    for page in ("/", "/week/", f"/periods/{first_of(cast.class_8a2).pk}/", f"/modes/{made.pk}/"):
        said = text(client_of(cast.pupil).get(page).content.decode())
        assert "Kế hoạch số 12/KH-THCS" in said and "quyết định số" not in said, page
        assert page.startswith(("/periods", "/modes")) or "Cả năm học: trực tuyến hỗ trợ" in said, page


def test_a_guardian_sees_all_children_and_their_marks(cast: Cast, published: TimetableVersion, at: At) -> None:
    Guardianship.objects.create(
        guardian=cast.guardian.person, child=cast.other_pupil.person, relation="mẹ", during=YEAR
    )
    at(MONDAY, 7, 30)
    sheet = RollSheet.objects.create(period=first_of(cast.class_8a2), unit=cast.class_8a2, day=MONDAY, shift="am")
    RollMark.objects.create(sheet=sheet, pupil=cast.pupil.person, state="late")
    said = text(home(cast.guardian))
    assert "2 con hôm nay" in said and "Khánh An · 8A2" in said and "Mai Chi · 7A1" in said
    assert "Đang học Toán đến 07:45" in said and "08:00 Ngữ văn" in said and "Vào muộn tiết 1 sáng" in said


def test_a_guardian_who_is_not_to_be_informed_sees_nothing_of_the_child(
    cast: Cast, published: TimetableVersion, at: At
) -> None:
    Guardianship.objects.update(informed=False)
    at(MONDAY, 7, 30)
    said = text(home(cast.guardian))
    assert "Khánh An" not in said and "Chưa xem được việc học của con" in said, (
        "and nothing of periods assigned to them"
    )
    assert "người nhận tin về việc học của con" in client_of(cast.guardian).get("/week/").content.decode()


def test_the_homeroom_teacher_sees_who_is_away(cast: Cast, published: TimetableVersion, at: At) -> None:
    at(MONDAY, 7, 30)
    AbsenceNote.objects.create(
        child=cast.classmate.person,
        by=cast.guardian.person,
        during=DateRange(MONDAY, MONDAY + timedelta(days=1)),
        reason="Sốt",
    )
    said = text(home(cast.homeroom))
    assert "Lê Gia Bảo Gia đình xin nghỉ · Sốt" in said


def test_the_head_sees_the_school_now(cast: Cast, published: TimetableVersion, head: Actor, at: At) -> None:
    at(MONDAY, 6)
    periods.cancel_period(by=head, period=first_of(cast.class_7a1), reason="Cô bận")
    at(MONDAY, 7, 30)
    page = home(cast.head)
    said = text(page)
    assert "1 tiết đang diễn ra" in said and "1 tiết nghỉ hôm nay" in said and "1 buổi học chưa điểm danh" in said
    client = client_of(cast.head)
    for show, expected in (
        ("now", "8A2 Toán"),
        ("cancelled", "7A1 Ngữ văn"),
        ("unrolled", "8A2 Toán"),
        ("", "8A2 Toán"),
    ):
        assert f"show={show}" in page or not show
        assert expected in text(client.get(f"/today/school/?show={show}").content.decode())
    assert client.get("/today/school/?show=la").status_code == 404
    assert client_of(cast.teacher).get("/today/school/").status_code == 404


def queries(who: Account) -> int:
    client = client_of(who)
    client.get("/")
    with CaptureQueriesContext(connection) as made:
        client.get("/")
    return len(made)


def test_queries_do_not_grow(cast: Cast, published: TimetableVersion, head: Actor, year: SchoolYear, at: At) -> None:
    """One period and eight, one child and three, two classes and many: the same number of questions."""
    at(MONDAY, 6, 48)
    people = (cast.pupil, cast.teacher, cast.guardian, cast.head, cast.homeroom)
    before = [queries(who) for who in people]
    assert before[0] <= 12, before
    more = versions.create_version(by=head, year=year, name="Số 2", first=MONDAY)
    for number in range(1, 6):
        put(head, more, cast.class_8a2, 1, number, TOAN, cast.teacher)
        put(head, more, cast.class_8a2, 2, number, TOAN, cast.teacher)
    for n in range(12):
        unit = Unit.objects.create(kind="class", name=f"9A{n}", school_year="2026-2027", during=YEAR)
        who = assign_teacher(n)
        put(head, more, unit, 1, 1, TOAN, who)
        if n < 2:
            child = person(f"Nguyễn Văn {n}")
            RoleAssignment.objects.create(person=child, role=Role.PUPIL, unit=unit, during=YEAR)
            Guardianship.objects.create(guardian=cast.guardian.person, child=child, relation="mẹ", during=YEAR)
    Period.objects.all().delete()
    TimetableVersion.objects.filter(pk=published.pk).update(state="draft")
    versions.publish_version(by=head, version=more)
    assert Period.objects.filter(day=MONDAY).count() == 17
    assert [queries(who) for who in people] == before


def assign_teacher(n: int) -> Account:
    who = account(f"Phạm Văn {n}", f"gv{n}")
    assign(who, Role.TEACHER)
    return who


def test_a_pupils_first_visit_weighs_less_than_50_kb(cast: Cast, published: TimetableVersion, at: At) -> None:
    """Everything that the page needs besides the typeface, compressed: the page, its styles, its script, its pictures."""
    at(MONDAY, 6, 48)
    page = home(cast.pupil)
    assets = set(re.findall(r'/static/(a/[^"#]+)', page))
    sizes = {name: len(gzip.compress((settings.FRONTEND_DIST / name).read_bytes(), 6)) for name in assets}
    sizes["page"] = len(gzip.compress(page.encode(), 6))
    assert sizes["page"] < 10_000 and sum(sizes.values()) < 50_000, sizes


def test_the_copy_says_since_when(cast: Cast, published: TimetableVersion, at: At) -> None:
    at(MONDAY, 6, 48)
    page = home(cast.pupil)
    assert "data-kept hidden" in page and "Đang xem bản lưu lúc 06:48, 02/09/2030" in page
    one, other = client_of(cast.pupil).get("/"), client_of(cast.classmate).get("/")
    assert one.headers["X-Keep-For"] != other.headers["X-Keep-For"]
