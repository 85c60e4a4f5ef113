"""The structure's pages: edited in place, wrong input at its field, undone, exported, by right, in steady queries."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, client_of
from truongso.audit.models import Entry
from truongso.lib.sheets import read_workbook
from truongso.people.models import Unit
from truongso.school import actions, queries
from truongso.school.models import (  # fmt: skip
    BellSchedule,
    Campus,
    Holiday,
    MakeUpDay,
    ManagingBody,
    SchoolClass,
    Subject,
    SubjectGrade,
    YearState,
)

PAGES = ("profile", "campuses", "bells", "years", "calendar", "subjects", "periods", "groups", "classes")


@pytest.fixture
def school(cast: Cast) -> Client:
    """A school with its structure in place, seen by its head."""
    actions.save_profile(by=None, name="Trường THCS Bình Minh")
    actions.seed_subjects(by=None)
    actions.make_year(by=None, name="2026-2027")
    actions.seed_bells(by=None)
    return client_of(cast.head)


def save(client: Client, page: str, row: str, **data: Any) -> Any:
    return client.post(f"/school/{page}/", {"row": row, "do": "save", **data})


def wrong(client: Client, page: str, row: str, sentence: str, **data: Any) -> None:
    """Refused with one sentence, 422, and what was typed is still there."""
    answer = save(client, page, row, **data)
    body = answer.content.decode()
    assert answer.status_code == 422, body[:300]
    assert sentence in body, re.findall(r'class="error"[^<]*<.*?</p>', body)
    for value in data.values():
        assert f'value="{value}"' in body or not value


def test_campuses(school: Client) -> None:
    assert save(school, "campuses", "campus-new", name="Cơ sở chính").status_code == 302
    save(school, "campuses", "campus-new", name="Điểm Cồn", address="Thôn 3")
    main, other = Campus.objects.all()
    assert main.is_main and not other.is_main
    wrong(school, "campuses", "campus-new", "Đã có điểm trường tên như vậy", name="cơ sở CHÍNH")
    assert (
        f'name="row" value="campus-{other.pk}"'
        in school.get(f"/school/campuses/?edit=campus-{other.pk}").content.decode()
    )
    save(school, "campuses", f"campus-{other.pk}", name="Điểm Cồn", address="", is_main="on")
    assert Campus.objects.get(is_main=True) == other
    actions.make_class(by=None, year=queries.years()[0], name="6A1", campus=other)
    refused = school.post("/school/campuses/", {"row": f"campus-{other.pk}", "do": "remove"})
    assert refused.status_code == 422 and "đang có lớp học" in refused.content.decode()
    school.post("/school/campuses/", {"row": f"campus-{main.pk}", "do": "remove"})
    assert list(Campus.objects.all()) == [other]


def test_what_was_removed_is_taken_back(school: Client) -> None:
    year = queries.years()[0]
    tet = year.holidays.get(kind="tet")
    answer = school.post("/school/calendar/", {"row": f"holiday-{tet.pk}", "do": "remove"}, follow=True)
    assert not Holiday.objects.filter(pk=tet.pk).exists()
    undo = re.search(r'action="(/school/undo/[^"]+)"', answer.content.decode())
    assert undo
    school.post(undo[1])
    again = year.holidays.get(kind="tet")
    assert (again.name, again.during) == (tet.name, tet.during)
    lost = school.post(undo[1], follow=True)  # a second time: its place is taken
    assert "Không lấy lại được" in lost.content.decode() and year.holidays.filter(kind="tet").count() == 1
    assert school.post("/school/undo/khong-co/").status_code == 404


def test_days_off_and_make_up_days(school: Client) -> None:
    year = queries.years()[0]
    storm = {"name": "Nghỉ bão", "kind": "school", "first": "12/10/2026", "last": ""}
    save(school, "calendar", "holiday-new", **storm)
    assert not queries.is_teaching_day(date(2026, 10, 12))
    wrong(school, "calendar", "holiday-new", "Trùng với “Nghỉ bão”", **storm)
    wrong(
        school, "calendar", "holiday-new", "nằm ngoài năm học", name="Nghỉ", kind="school", first="12/10/2027", last=""
    )
    wrong(
        school,
        "calendar",
        "holiday-new",
        "Ngày cuối đứng trước",
        name="Nghỉ",
        kind="school",
        first="12/10/2026",
        last="10/10/2026",
    )
    wrong(
        school,
        "calendar",
        "holiday-new",
        "Tháng 2 không có ngày 30",
        name="Nghỉ",
        kind="school",
        first="30/02/2027",
        last="",
    )
    save(school, "calendar", "makeup-new", day="18/10/2026", instead_of="12/10/2026")
    assert queries.is_teaching_day(date(2026, 10, 18)), "a Sunday"
    wrong(school, "calendar", "makeup-new", "đã là ngày dạy bù", day="18/10/2026", instead_of="13/10/2026")
    wrong(school, "calendar", "makeup-new", "phải khác nhau", day="25/10/2026", instead_of="25/10/2026")
    row = MakeUpDay.objects.get(year=year)
    school.post("/school/calendar/", {"row": f"makeup-{row.pk}", "do": "remove"})
    assert not year.make_up_days.exists()


def test_a_changed_calendar_says_what_it_does_to_the_weeks_and_waits(school: Client) -> None:
    year = queries.years()[0]
    tet = year.holidays.get(kind="tet")
    save(school, "calendar", f"holiday-{tet.pk}", name="Nghỉ Tết", kind="tet", first="01/02/2027", last="07/02/2027")
    body = school.get("/school/calendar/").content.decode()
    assert "Tuần học chưa theo lịch mới" in body and "36 tuần" in body and year.weeks.count() == 35
    school.post("/school/calendar/", {"do": "weeks"})
    assert year.weeks.count() == 36
    body = school.get("/school/calendar/").content.decode()
    assert "36 tuần (18 + 18)" in body and "Tuần học chưa theo" not in body


def test_terms_stay_apart_and_inside_the_year(school: Client) -> None:
    year = queries.years()[0]
    one, two = year.terms.all()
    row = f"term-{one.pk}"
    wrong(school, "calendar", row, "trùng với học kì II", first="07/09/2026", last="20/01/2027", weeks="18")
    wrong(school, "calendar", row, "nằm ngoài năm học", first="07/07/2026", last="10/01/2027", weeks="18")
    wrong(
        school,
        "calendar",
        f"term-{two.pk}",
        "Học kì I phải đứng trước",
        first="01/08/2026",
        last="31/08/2026",
        weeks="17",
    )
    assert save(school, "calendar", row, first="31/08/2026", last="10/01/2027", weeks="18").status_code == 302
    wrong(
        school, "calendar", f"year-{year.pk}", "Học kì I bắt đầu trước", first="05/09/2026", last="31/07/2027", basis=""
    )
    assert (
        save(school, "calendar", f"year-{year.pk}", first="01/08/2026", last="30/06/2027", basis="QĐ 12").status_code
        == 302
    )


def test_weeks_keep_their_order(school: Client) -> None:
    week = queries.years()[0].weeks.get(number=35)
    row = f"week-{week.pk}"
    wrong(school, "calendar", row, "vào thứ Hai", first_day="18/05/2027")
    wrong(school, "calendar", row, "vướng tuần 34", first_day="10/05/2027")
    wrong(school, "calendar", row, "ngoài cả hai học kì", first_day="31/05/2027")
    assert save(school, "calendar", row, first_day="17/05/2027").status_code == 302


def test_years_open_and_close_one_at_a_time(school: Client) -> None:
    save(school, "years", "newyear-new", name="2027-2028")
    wrong(school, "years", "newyear-new", "đã có rồi", name="2027-2028")
    wrong(school, "years", "newyear-new", "viết như 2026-2027", name="2027-2029")
    refused = school.post("/school/years/", {"do": "open", "year": "2027-2028"})
    assert refused.status_code == 422 and "2026-2027 đang mở" in refused.content.decode()
    school.post("/school/years/", {"do": "close", "year": "2026-2027"})
    school.post("/school/years/", {"do": "open", "year": "2027-2028"})
    states = {y.name: y.state for y in queries.years()}
    assert states == {"2026-2027": YearState.CLOSED, "2027-2028": YearState.OPEN}
    assert school.post("/school/years/", {"do": "delete", "year": "2027-2028"}).status_code == 422
    save(school, "years", "newyear-new", name="2028-2029")
    school.post("/school/years/", {"do": "delete", "year": "2028-2029"})
    assert queries.year_named("2028-2029") is None


def test_bells(school: Client) -> None:
    morning = BellSchedule.objects.get(shift="am")
    row = f"bells-{morning.pk}"
    wrong(school, "bells", row, "khi tiết 1 chưa hết", shift="am", period_1="7:00 - 7:45", period_2="7:40 - 8:25")
    wrong(school, "bells", row, "hết trước khi bắt đầu", shift="am", period_1="7:45 - 7:00")
    wrong(school, "bells", row, "Giờ viết như", shift="am", period_1="sáng sớm")
    wrong(school, "bells", row, "Thiếu giờ của tiết này", shift="am", period_1="7:00 - 7:45", period_3="8:40 - 9:25")
    wrong(school, "bells", row, "ít nhất một tiết", shift="am", period_1="")
    wrong(school, "bells", "bells-new", "đã có giờ học", shift="am", period_1="7:00 - 7:45")
    save(school, "bells", row, shift="am", period_1="7h15-8h", period_2="8:05 – 8:50")
    assert [f"{p.starts:%H:%M}-{p.ends:%H:%M}" for p in queries.bells("am")] == ["07:15-08:00", "08:05-08:50"]
    campus = actions.save_campus(by=None, name="Điểm Cồn")
    assert len(queries.bells("am", campus)) == 2, "those for all"
    save(school, "bells", "bells-new", shift="am", campus=campus.pk, period_1="8:00-8:45")
    assert len(queries.bells("am", campus)) == 1 and len(queries.bells("am")) == 2


def test_subjects_and_their_parts(school: Client) -> None:
    wrong(school, "subjects", "subject-new", "Đã có môn tên như vậy", name="TOÁN", short_name="T", kind="scored")
    save(
        school,
        "subjects",
        "subject-new",
        name="Kĩ năng sống",
        short_name="KNS",
        kind="comment",
        active="on",
        aliases="KN sống, Kỹ năng sống, KN sống",
    )
    made = Subject.objects.get(name="Kĩ năng sống")
    assert made.aliases == ["KN sống", "Kỹ năng sống"] and queries.find_subject("kns").subject == made  # type: ignore[union-attr]
    maths = Subject.objects.get(code="toan")
    refused = school.post("/school/subjects/", {"row": f"subject-{maths.pk}", "do": "remove"})
    assert refused.status_code == 422 and "không xoá được" in refused.content.decode()
    save(school, "subjects", f"subject-{maths.pk}", name="Toán", short_name="Toán", kind="scored", aliases="")
    assert maths not in queries.subjects(), "put aside"
    school.post("/school/subjects/", {"row": f"subject-{made.pk}", "do": "remove"})
    assert not Subject.objects.filter(pk=made.pk).exists()
    science = Subject.objects.get(code="khtn")
    assert save(school, f"subjects/{science.pk}", "part-new", name="Thực hành", short_name="TH KHTN").status_code == 302
    assert science.parts.filter(name="Thực hành").exists()
    wrong(school, f"subjects/{science.pk}", "part-new", "đã có phần tên như vậy", name="vật LÍ", short_name="L")


def grid_of(**changes: str) -> dict[str, str]:
    rows = queries.periods_of(queries.years()[0])
    return {f"p-{s}-{g}": str(r.periods) for (s, g), r in rows.items()} | changes


def test_the_table_of_periods_is_one_save_and_checks_its_sums(school: Client) -> None:
    body = school.get("/school/periods/").content.decode()
    assert body.count("đủ") >= 4, "1015, 1015, 1032, 1032"
    maths = Subject.objects.get(code="toan")
    bad = school.post("/school/periods/", grid_of(**{f"p-{maths.pk}-6": "nhiều"}))
    assert (
        bad.status_code == 422
        and "“nhiều” chưa phải là số tiết" in bad.content.decode()
        and 'value="nhiều"' in bad.content.decode()
    )
    school.post("/school/periods/", grid_of(**{f"p-{maths.pk}-6": "52"}))
    row = SubjectGrade.objects.get(subject=maths, grade=6)
    assert (row.periods, row.weekly_term_1, row.weekly_term_2) == (52, 1, 2)
    assert "cộng được 927 tiết" in school.get("/school/periods/").content.decode()
    weekly = {f"p-{s}-{g}": str(r.weekly_term_1) for (s, g), r in queries.periods_of(queries.years()[0]).items()}
    school.post("/school/periods/?term=1", weekly | {f"p-{maths.pk}-6": "2"})
    row.refresh_from_db()
    assert (row.periods, row.weekly_term_1, row.weekly_term_2) == (52, 2, 2)
    assert "các tuần cộng lại 70 tiết" in school.get("/school/periods/").content.decode()


def test_groups(school: Client, cast: Cast) -> None:
    maths = Subject.objects.get(code="toan")
    save(school, "groups", "group-new", name="Ngữ văn", subjects=[maths.pk], head=cast.teacher.person_id)
    made = Unit.objects.get(name="Ngữ văn")
    assert queries.in_charge_of(made.pk, queries.classes.Role.GROUP_HEAD) == cast.teacher.person
    wrong(school, "groups", "group-new", "Đã có tổ tên như vậy", name="ngu VAN")
    refused = school.post("/school/groups/", {"row": f"group-{cast.group.pk}", "do": "remove"})
    assert refused.status_code == 422 and "đã có tổ trưởng" in refused.content.decode()


def test_classes(school: Client, cast: Cast) -> None:
    bad = school.post("/school/classes/", {"do": "quick", "names": "6A1-7B3", "shift": "am"})
    assert (
        bad.status_code == 422
        and "Chưa đọc được “6A1-7B3”" in bad.content.decode()
        and 'value="6A1-7B3"' in bad.content.decode()
    )
    school.post("/school/classes/", {"do": "quick", "names": "6A1-6A2, 9A", "shift": "pm"})
    assert {c.unit.name: c.shift for c in SchoolClass.objects.all()} == {"6A1": "pm", "6A2": "pm", "9A": "pm"}
    wrong(school, "classes", "class-new", "đã có lớp 6A1", name="6a1", shift="am")
    wrong(school, "classes", "class-new", "Xin ghi khối", name="Chồi", shift="am")
    six = SchoolClass.objects.get(unit__name="6A1")
    save(school, "classes", f"class-{six.pk}", name="6A5", grade="6", shift="am", local_code="00601")
    six.refresh_from_db()
    assert (Unit.objects.get(pk=six.pk).name, six.local_code) == ("6A5", "00601")
    assert save(client_of(cast.clerk), "classes", "class-new", name="7A3", shift="am").status_code == 302, (
        "the clerk keeps classes"
    )
    taken = actions.make_class(by=None, year=queries.years()[0], name="8A2")
    refused = school.post("/school/classes/", {"row": f"class-{taken.pk}", "do": "remove"})
    assert refused.status_code == 422 and "đã có học sinh" in refused.content.decode()
    school.post("/school/classes/", {"row": f"class-{six.pk}", "do": "remove"})
    assert not Unit.objects.filter(name="6A5").exists()


def test_who_governs_is_dated(school: Client) -> None:
    save(school, "profile", "body-new", name="Phòng GD&ĐT huyện Cũ", first="01/01/2020")
    save(school, "profile", "body-new", name="UBND xã Bình Minh", first="01/07/2025")
    assert queries.managing_body(date(2025, 6, 30)) == "Phòng GD&ĐT huyện Cũ"
    assert queries.managing_body(date(2026, 1, 1)) == "UBND xã Bình Minh"
    wrong(school, "profile", "body-new", "đã có cơ quan chủ quản bắt đầu", name="UBND phường", first="01/07/2025")
    commune = ManagingBody.objects.get(name__startswith="UBND")
    wrong(school, "profile", f"body-{commune.pk}", "trước cả ngày", name="UBND xã", first="01/01/2019")
    for moved in ("01/08/2025", "01/06/2025"):
        assert save(school, "profile", f"body-{commune.pk}", name="UBND xã Bình Minh", first=moved).status_code == 302
    assert queries.managing_body(date(2025, 6, 1)) == "UBND xã Bình Minh"
    school.post("/school/profile/", {"row": f"body-{commune.pk}", "do": "remove"})
    assert queries.managing_body(date(2026, 1, 1)) == "Phòng GD&ĐT huyện Cũ"


RIGHTS: list[tuple[str, str, dict[str, str], int]] = [
    ("clerk", "calendar", {"row": "holiday-new", "name": "Nghỉ", "kind": "school", "first": "12/10/2026"}, 302),
    ("deputy", "bells", {"row": "bells-new", "shift": "am", "period_1": "7:00-7:45"}, 422),
    ("clerk", "bells", {"row": "bells-new", "shift": "am", "period_1": "7:00-7:45"}, 403),
    ("clerk", "subjects", {"row": "subject-new", "name": "X", "short_name": "X", "kind": "scored"}, 403),
    ("deputy", "profile", {"name": "Trường khác"}, 403),
    ("deputy", "years", {"row": "newyear-new", "name": "2027-2028"}, 403),
    ("inspector", "classes", {"row": "class-new", "name": "6A9", "shift": "am"}, 403),
    ("inspector", "calendar", {"do": "weeks"}, 403),
    ("teacher", "classes", {"row": "class-new", "name": "6A9", "shift": "am"}, 404),
    ("it_admin", "campuses", {"row": "campus-new", "name": "Cơ sở 1"}, 302),
]


@pytest.mark.parametrize("case", RIGHTS, ids=[f"{who}-{page}" for who, page, _data, _status in RIGHTS])
def test_who_may_change_what(school: Client, cast: Cast, case: tuple[str, str, dict[str, str], int]) -> None:
    who, page, data, status = case
    logged = Entry.objects.count()
    assert client_of(cast.accounts[who]).post(f"/school/{page}/", data).status_code == status
    assert (Entry.objects.count() > logged) == (status == 302)


def test_the_inspector_reads_and_is_offered_nothing(school: Client, cast: Cast) -> None:
    client = client_of(cast.inspector)
    for page in PAGES:
        body = client.get(f"/school/{page}/?edit=holiday-new").content.decode()
        assert "?edit=" not in body and 'name="do"' not in body, page


@pytest.mark.parametrize("page", PAGES)
def test_pages_stand_on_an_empty_school_and_export(cast: Cast, page: str) -> None:
    client = client_of(cast.it_admin)
    assert client.get(f"/school/{page}/").status_code == 200
    assert client.get(f"/school/{page}/?edit=nonsense-12").status_code == 200
    assert client.get(f"/school/{page}/?year=1999-2000").status_code in {200, 404}


@pytest.mark.parametrize("page", PAGES)
def test_tables_go_to_excel(school: Client, page: str) -> None:
    actions.make_classes(by=None, year=queries.years()[0], names=["6A1", "6A2"])
    answer = school.get(f"/school/export/{page}/")
    assert answer.status_code == 200 and answer.headers["Content-Type"].endswith("sheet")
    sheets = read_workbook(answer.content)
    assert all(len(list(sheet.rows)) >= 1 for sheet in sheets)
    text = str([list(sheet.rows) for sheet in sheets])
    told = {
        "calendar": "Nghỉ Tết",
        "classes": "6A2",
        "periods": "Toán",
        "years": "2026-2027",
        "bells": "07:00",
        "profile": "Bình Minh",
    }
    assert told.get(page, "") in text


@pytest.mark.parametrize("page", PAGES)
def test_queries_do_not_grow_with_rows(school: Client, cast: Cast, page: str) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert school.get(f"/school/{page}/").status_code == 200
        return len(found)

    year = queries.years()[0]
    actions.save_campus(by=None, name="Cơ sở 0")
    actions.make_class(by=None, year=year, name="6B0")
    actions.make_group(by=None, name="Tổ 0", subjects=Subject.objects.all()[:2])
    count()  # the first visit also writes down the session
    few = count()
    for n in range(1, 15):
        campus = actions.save_campus(by=None, name=f"Cơ sở {n}")
        actions.make_class(by=None, year=year, name=f"6B{n}", campus=campus)
        actions.make_group(by=None, name=f"Tổ {n}", subjects=Subject.objects.all()[:5])
        actions.save_holiday(
            by=None, year=year, name=f"Nghỉ {n}", kind="school", first=date(2026, 10, n), last=date(2026, 10, n)
        )
        actions.save_bells(by=None, shift="am", campus=campus, bells=[(b.starts, b.ends) for b in queries.bells("am")])
    assert count() == few
