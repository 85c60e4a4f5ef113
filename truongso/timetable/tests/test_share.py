"""The timetable taken along: on paper, in a sheet, in a phone's calendar."""

from __future__ import annotations

import re
from datetime import timedelta

import pypdfium2
import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests.cast import Cast, client_of
from truongso.conditions.models import Room
from truongso.lib.sheets import read_workbook
from truongso.people.actor import Actor
from truongso.people.models import Account, Guardianship, Person, RoleAssignment
from truongso.school.models import SchoolClass, SchoolYear
from truongso.timetable.actions import periods, versions
from truongso.timetable.models import CalendarFeed, Entry, Period, TimetableVersion
from truongso.timetable.papers.sheets import sheets, short_names
from truongso.timetable.tests.conftest import MONDAY, TOAN, put


@pytest.fixture(autouse=True)
def classes(cast: Cast, year: SchoolYear) -> None:
    for unit, grade in ((cast.class_8a2, 8), (cast.class_7a1, 7)):
        SchoolClass.objects.create(unit=unit, year=year, grade=grade, shift="am")


def text_of(content: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def size_of(content: bytes) -> tuple[int, int]:
    width, height = pypdfium2.PdfDocument(content)[0].get_size()
    return round(width / 72 * 25.4), round(height / 72 * 25.4)


def test_the_file_holds_every_lesson_three_ways(cast: Cast, published: TimetableVersion) -> None:
    Entry.objects.filter(unit=cast.class_8a2, weekday=1).update(room=Room.objects.create(name="A203"))
    answer = client_of(cast.teacher).get(f"/timetables/{published.pk}/export.xlsx")
    assert answer.status_code == 200
    book = read_workbook(answer.content)
    half_day, teachers, plain = book
    assert half_day.name == "Buổi sáng" and plain.name == "Danh sách"
    assert ["Thứ", "Tiết", "7A1", "8A2"] in [[str(c) for c in row][:4] for row in half_day.rows]
    flat = [str(cell) for row in half_day.rows for cell in row]
    name = cast.teacher.person.full_name
    assert flat.count(f"Toán - {name.split()[-1]}") == 2
    assert any("Ngữ văn 7A1" in str(cell) for row in teachers.rows for cell in row)
    rows = [[str(c) for c in row] for row in plain.rows]
    assert len(rows) == 4 and any(
        r[:7] == ["8A2", "Thứ Hai", "sáng", "1.0", "07:00 - 07:45", "Toán", ""] and "A203" in r for r in rows
    )


def test_paper_for_a_class_a_teacher_and_the_wall(cast: Cast, published: TimetableVersion) -> None:
    client = client_of(cast.teacher)
    mine = client.get("/timetable/mine.pdf")
    assert mine["Content-Type"] == "application/pdf" and size_of(mine.content) == (297, 210)
    assert cast.teacher.person.full_name in text_of(mine.content) and "8A2" in text_of(mine.content)
    paper = text_of(client.get(f"/timetable/classes/{cast.class_8a2.pk}.pdf").content)
    assert "lớp 8A2" in paper and "Toán" in paper and "Ngữ văn" not in paper and "07:00 - 07:45" in paper
    wall = client.get(f"/timetables/{published.pk}/school.pdf").content
    assert size_of(wall) == (420, 297) and "7A1" in text_of(wall) and "Toán" in text_of(wall)
    both = pypdfium2.PdfDocument(client.get(f"/timetables/{published.pk}/classes.pdf").content)
    assert len(both) == 2
    assert len(pypdfium2.PdfDocument(client.get(f"/timetables/{published.pk}/teachers.pdf").content)) == 1


@pytest.mark.parametrize(
    ("who", "own", "other", "school"),
    [("head", 200, 200, 200), ("clerk", 200, 200, 200), ("inspector", 200, 200, 200), ("homeroom", 200, 200, 200),
     ("pupil", 200, 404, 404), ("guardian", 200, 404, 404), ("stranger", 404, 404, 404)],
)  # fmt: skip
def test_who_may_take_what(
    cast: Cast, published: TimetableVersion, who: str, own: int, other: int, school: int
) -> None:
    client = client_of(getattr(cast, who))
    assert client.get(f"/timetable/classes/{cast.class_8a2.pk}.pdf").status_code == own
    assert client.get(f"/timetable/classes/{cast.class_7a1.pk}.pdf").status_code == other
    assert client.get(f"/timetables/{published.pk}/school.pdf").status_code == school
    assert client.get("/timetable/").status_code == 200


def test_a_draft_is_printed_by_those_who_plan_and_says_so(cast: Cast, head: Actor, published: TimetableVersion) -> None:
    draft = versions.create_version(by=head, year=published.year, name="Số 2", first=MONDAY + timedelta(days=7))
    put(head, draft, cast.class_8a2, 2, 1, TOAN, cast.teacher)
    assert client_of(cast.teacher).get(f"/timetables/{draft.pk}/school.pdf").status_code == 404
    assert "Bản nháp, chưa áp dụng" in text_of(client_of(cast.head).get(f"/timetables/{draft.pk}/school.pdf").content)


def test_a_school_without_a_timetable_says_so(cast: Cast) -> None:
    assert "Chưa có thời khoá biểu" in client_of(cast.pupil).get("/timetable/").content.decode()
    assert client_of(cast.pupil).get("/timetable/mine.pdf").headers["Location"] == "/timetable/"


def test_papers_cost_the_same_for_one_class_and_for_many(
    cast: Cast, published: TimetableVersion, django_assert_num_queries
) -> None:
    with django_assert_num_queries(3):
        found = sheets(published)
        assert found.by_class and found.by_teacher and found.names


def test_short_names_tell_two_of_one_name_apart() -> None:
    made = [Person(pk=n, full_name=name) for n, name in enumerate(
        ["Vũ Thị Mai", "Nguyễn Thị Lan", "Trần Ngọc Lan", "Lê Thu Hà", "Lý Tú Hà", "Lê Thị Hà"], 1)]  # fmt: skip
    assert short_names(made) == {
        1: "Mai", 2: "N.T.Lan", 3: "T.N.Lan", 4: "Lê Thu Hà", 5: "Lý Tú Hà", 6: "Lê Thị Hà",
    }  # fmt: skip


def made_address(client: Client, child: str = "") -> str:
    answer = client.post("/timetable/calendars/", {"child": child})
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    found = re.search(r"/calendar/[\w-]+\.ics", answer.content.decode())
    assert found
    return found[0]


@pytest.fixture
def next_week(cast: Cast, published: TimetableVersion) -> None:
    """The periods brought near to the present day, which a feed is about."""
    shift = timezone.localdate() - MONDAY + timedelta(days=7)
    SchoolYear.objects.update(during=DateRange(timezone.localdate(), timezone.localdate() + timedelta(days=300)))
    for period in Period.objects.all():
        period.day += shift
        period.span = type(period.span)(period.span.lower + shift, period.span.upper + shift)
        period.save()


def events(address: str) -> list:
    answer = Client().get(address)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


@pytest.mark.usefixtures("next_week")
def test_a_teachers_calendar_follows_the_periods(cast: Cast, head: Actor) -> None:
    address = made_address(client_of(cast.teacher))
    found = events(address)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in Client().get(address).content
    assert len(found) == 12 and {str(e["summary"]) for e in found} == {"Toán 8A2", "Ngữ văn 7A1"}
    first = Period.objects.order_by("span")[0]
    periods.cancel_period(by=head, period=first, reason="Bão")
    one = next(e for e in events(address) if str(e["uid"]).startswith(f"period-{first.pk}@"))
    assert str(one["status"]) == "CANCELLED" and one["sequence"] == 1 and str(one["summary"]) == "Toán 8A2 (nghỉ)"
    assert one["dtstart"].dt == first.span.lower


@pytest.mark.usefixtures("next_week")
def test_an_unchanged_calendar_is_not_sent_again(cast: Cast) -> None:
    address = made_address(client_of(cast.pupil))
    answer = Client().get(address)
    assert Client().get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert CalendarFeed.objects.get().last_read_at is not None


@pytest.mark.usefixtures("next_week")
def test_a_guardian_has_one_for_each_child_and_loses_it_with_the_right(cast: Cast) -> None:
    Guardianship.objects.update(informed=True)
    client, child = client_of(cast.guardian), cast.pupil.person
    address = made_address(client, str(child.pk))
    found = events(address)
    assert {str(e["summary"]) for e in found} == {f"{child.full_name.split()[-1]}: Toán"}
    assert cast.teacher.person.full_name in str(found[0]["description"])
    assert client.post("/timetable/calendars/", {"child": str(cast.other_pupil.person_id)}).status_code == 404
    assert client.post("/timetable/calendars/", {"child": ""}).status_code == 404, "a guardian has no lessons"
    Guardianship.objects.update(informed=False)
    assert Client().get(address).status_code == 404


@pytest.mark.usefixtures("next_week")
def test_a_calendar_ends_with_the_account_and_with_the_post(cast: Cast) -> None:
    address = made_address(client_of(cast.teacher))
    Account.objects.filter(pk=cast.teacher.pk).update(is_active=False)
    assert Client().get(address).status_code == 404, "the account is closed"
    Account.objects.filter(pk=cast.teacher.pk).update(is_active=True)
    assert len(events(address)) == 12
    RoleAssignment.objects.filter(person=cast.teacher.person).delete()
    assert Client().get(address).status_code == 404, "teaches here no more, even where periods still name them"


@pytest.mark.usefixtures("next_week")
def test_a_new_address_and_a_revoked_one_end_the_old(cast: Cast) -> None:
    client = client_of(cast.teacher)
    old = made_address(client)
    new = made_address(client)
    assert Client().get(old).status_code == 404 and Client().get(new).status_code == 200
    assert client.post("/timetable/calendars/revoke/", {"child": ""}).status_code == 302
    assert Client().get(new).status_code == 404
    assert Client().get("/calendar/khong-co.ics").status_code == 404
    assert not any(new.split("/")[-1][:-4].encode() in bytes(f.token_hash) for f in CalendarFeed.objects.all())


def test_the_code_on_paper_leads_to_this_week(cast: Cast) -> None:
    client = client_of(cast.pupil)
    assert client.get("/t/").headers["Location"] == "/week/"
    assert client.get(f"/t/{cast.class_8a2.pk}/").headers["Location"] == f"/week/class/{cast.class_8a2.pk}/"
