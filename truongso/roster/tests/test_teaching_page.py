"""Teaching assignments on the page: gaps, double bookings, loads, changed in place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import YEAR, Cast, client_of
from truongso.people.models import Unit
from truongso.roster import teaching
from truongso.roster.models import TeachingAssignment
from truongso.roster.tests.builders import maths, science, sheets, teaches
from truongso.school.models import SchoolClass, SchoolYear, SubjectGrade, Term

TODAY = timezone.localdate()


@pytest.fixture
def year(cast: Cast) -> SchoolYear:
    made = SchoolYear.objects.create(name="2026-2027", during=DateRange(date(2026, 8, 1), date(2027, 8, 1)))
    for unit, grade in ((cast.class_8a2, 8), (cast.class_7a1, 7)):
        SchoolClass.objects.create(unit=unit, year=made, grade=grade)
    Term.objects.create(year=made, number=1, during=DateRange(date(2026, 8, 31), date(2027, 1, 18)), weeks=18)
    Term.objects.create(year=made, number=2, during=DateRange(date(2027, 1, 18), date(2027, 6, 1)), weeks=17)
    for subject, first, second in ((maths(), 4, 5), (science()[0], 4, 4)):
        for grade in (7, 8):
            SubjectGrade.objects.create(
                year=made, subject=subject, grade=grade, periods=140, weekly_term_1=first, weekly_term_2=second
            )
    return made


def test_gaps_doubles_and_loads(cast: Cast, year: SchoolYear) -> None:
    khtn, physics, biology = science()
    units = list(Unit.objects.filter(kind="class").select_related("school_class"))
    assert teaching.matrix(units, date(2026, 11, 24)).gaps == 4
    teaches(cast.teacher, cast.class_8a2)
    teaches(cast.teacher, cast.class_7a1)
    TeachingAssignment.objects.create(
        unit=cast.class_8a2, subject=khtn, part=physics, person=cast.homeroom.person, during=YEAR
    )
    found = teaching.matrix(units, date(2026, 11, 24))
    cell = next(line for line in found.lines if line.unit == cast.class_8a2).cells[khtn.pk]
    assert cell.missing == ("Sinh học",) and not cell.double and found.gaps == 2
    for part in (biology, physics):
        TeachingAssignment.objects.create(
            unit=cast.class_8a2, subject=khtn, part=part, person=cast.group_head.person, during=YEAR
        )
    found = teaching.matrix(units, date(2026, 11, 24))
    assert found.gaps == 1 and found.doubles == 1
    loads = {load.person.full_name: load for load in found.loads}
    assert loads["Vũ Thị Mai"].periods == 8 and loads["Vũ Thị Mai"].subjects == (("Toán", ("7A1", "8A2")),)
    assert loads["Đặng Thu Hương"].shown == 1.3 and loads["Đặng Thu Hương"].homeroom == "8A2"
    assert sum(load.periods for load in found.loads) == 12, "what is taught, no more and no less"
    later = {load.person.full_name: load.periods for load in teaching.matrix(units, date(2027, 2, 1)).loads}
    assert later["Vũ Thị Mai"] == 10, "the second term's weeks"


def test_everything_in_constant_queries(cast: Cast, year: SchoolYear) -> None:
    counts = []
    client = client_of(cast.clerk)
    for many in (1, 12):
        for number in range(many):
            unit = Unit.objects.create(kind="class", name=f"8B{many}{number}", school_year="2026-2027", during=YEAR)
            SchoolClass.objects.create(unit=unit, year=year, grade=8)
            teaches(cast.teacher, unit)
        client.get("/teaching/")
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/teaching/").status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 18, counts


def test_changed_in_place_and_refused_at_the_field(cast: Cast, year: SchoolYear) -> None:
    client, home = client_of(cast.clerk), f"/teaching/classes/{cast.class_8a2.pk}/"
    key, first = maths().pk, f"{TODAY:%d/%m/%Y}"
    assert "chưa có người dạy" in client.get(home).content.decode()
    words = {f"{key}-person": cast.teacher.person_id, f"{key}-first": first}
    assert client.post(f"{home}{key}/", words).headers["Location"] == home
    again = client.post(f"{home}{key}/", words)
    assert again.status_code == 422 and "Vũ Thị Mai đã dạy Toán ở lớp 8A2" in again.content.decode()
    other = client.post(f"{home}{key}/", words | {f"{key}-person": cast.group_head.person_id})
    assert other.status_code == 422 and "xin mở “Thay đổi”" in other.content.decode()
    row = TeachingAssignment.objects.get()
    over = {f"a{row.pk}-person": cast.group_head.person_id, f"a{row.pk}-first": f"{TODAY + timedelta(days=7):%d/%m/%Y}"}
    assert client.post(f"/teaching/{row.pk}/hand-over/", over).status_code == 302
    held = [TeachingAssignment.objects.on(TODAY + timedelta(days=d)).get().person_id for d in (6, 7)]
    assert held == [cast.teacher.person_id, cast.group_head.person_id]
    wrong = client.post(f"/teaching/{row.pk}/hand-over/", over | {f"a{row.pk}-first": "31/2/2026"})
    assert wrong.status_code == 422 and "31/2/2026" in wrong.content.decode()
    assert client.post(f"/teaching/{row.pk}/end/", {"last": first}).status_code == 302
    assert client.get(f"/teaching/{row.pk}/end/").status_code == 200
    h = {"h-person": cast.teacher.person_id, "h-first": first}
    assert client.post(f"{home}homeroom/", h).status_code == 302
    assert "Vũ Thị Mai" in client.get(f"/classes/{cast.class_8a2.pk}/").content.decode()


def test_strands_and_who_compiles(cast: Cast, year: SchoolYear) -> None:
    khtn, physics, biology = science()
    client, home = client_of(cast.deputy), f"/teaching/classes/{cast.class_8a2.pk}/"
    for who, part in ((cast.teacher, physics), (cast.group_head, biology)):
        words = {
            f"{khtn.pk}-person": who.person_id,
            f"{khtn.pk}-part": part.pk,
            f"{khtn.pk}-first": f"{TODAY:%d/%m/%Y}",
        }
        assert client.post(f"{home}{khtn.pk}/", words).status_code == 302
    row = TeachingAssignment.objects.get(person=cast.group_head.person)
    assert "Giao tổng hợp kết quả" in client.get(home).content.decode()
    client.post(f"/teaching/{row.pk}/end/", {"do": "compile"})
    assert TeachingAssignment.objects.get(compiles=True).person_id == cast.group_head.person_id


def test_the_matrix_as_a_file(cast: Cast, year: SchoolYear) -> None:
    teaches(cast.teacher, cast.class_8a2)
    book = sheets(client_of(cast.head).get("/teaching/excel/").content)
    assert list(book) == ["Theo lớp", "Theo giáo viên"]
    rows = book["Theo lớp"]
    assert rows[0][:3] == ("Lớp", "Chủ nhiệm", "Toán") and rows[2][2] == "Vũ Thị Mai"
    assert book["Theo giáo viên"][1][1:4] == ("Vũ Thị Mai", "Toán 8A2", 4)
    assert "Vũ Thị Mai" in client_of(cast.inspector).get("/teaching/teachers/").content.decode()


@pytest.mark.parametrize("who", ["teacher", "homeroom", "group_head", "pupil", "guardian", "inspector"])
def test_who_does_not_assign(cast: Cast, who: str) -> None:
    row = teaches(cast.teacher, cast.class_8a2)
    client = client_of(getattr(cast, who))
    assert client.get(f"/teaching/classes/{cast.class_8a2.pk}/").status_code == 404
    assert client.post(f"/teaching/{row.pk}/end/", {"last": "1/1/2026"}).status_code == 404
    assert TeachingAssignment.objects.get() == row
