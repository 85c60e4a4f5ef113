"""Consent as the school keeps it: classes, paper, requests and their deadlines."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pypdfium2
import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import YEAR, Cast, account, assign, client_of
from truongso.consent import queries
from truongso.consent import request_queries as requests
from truongso.consent.models import ConsentAnswer, DataRequest, Deadline
from truongso.lib.sheets import read_workbook
from truongso.notify.models import Receipt
from truongso.people.models import Guardianship, Person
from truongso.people.roles import Role
from truongso.school.models import Holiday, SchoolYear


def text_of(pdf: bytes) -> str:
    pages = [p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf)]
    return " ".join(unicodedata.normalize("NFC", " ".join(pages)).split())


def show(day: date) -> str:
    return day.strftime("%d/%m/%Y")


@pytest.mark.parametrize(
    ("who", "own", "other", "writes"),
    [("head", 200, 200, 200), ("deputy", 200, 200, 200), ("clerk", 200, 200, 200), ("it_admin", 200, 200, 200), ("inspector", 200, 200, 404),
     ("homeroom", 200, 404, 200), ("other_homeroom", 404, 200, 404), ("teacher", 404, 404, 404), ("group_head", 404, 404, 404),
     ("pupil", 404, 404, 404), ("guardian", 404, 404, 404), ("stranger", 404, 404, 404)],
)  # fmt: skip
def test_who_reads_and_who_enters_a_class(cast: Cast, who: str, own: int, other: int, writes: int) -> None:
    client = client_of(getattr(cast, who))
    for tail in ("", "export/", "pdf/"):
        assert client.get(f"/consent/classes/{cast.class_8a2.pk}/{tail}").status_code == own
    assert client.get(f"/consent/classes/{cast.class_7a1.pk}/").status_code == other
    assert client.get(f"/consent/classes/{cast.class_8a2.pk}/paper/recording/").status_code == writes
    assert client.get("/consent/classes/").status_code == (200 if 200 in {own, other} else 404)


def test_papers_are_entered_for_a_class_with_who_signed_when(cast: Cast) -> None:
    clerk, child, mother = client_of(cast.clerk), cast.pupil.person_id, cast.guardian.person_id
    address = f"/consent/classes/{cast.class_8a2.pk}/paper/recording/"
    day = timezone.localdate() - timedelta(days=3)
    form = {
        "day": show(day),
        "note": "tủ số 2",
        f"a{child}-{mother}": "yes",
        f"a{cast.classmate.person_id}-{mother}": "yes",
    }
    late = clerk.post(address, form | {"day": show(timezone.localdate() + timedelta(days=1))})
    assert (
        late.status_code == 422
        and "Ngày kí chưa tới" in late.content.decode()
        and 'value="yes" checked' in late.content.decode()
    )
    assert clerk.post(address, form | {"day": "01/02/2025"}).status_code == 422, "then it was not asked yet"
    assert clerk.post(address, form).status_code == 302
    made = ConsentAnswer.objects.get()
    assert (made.by_id, made.entered_by_id, made.day, made.channel, made.note) == (
        mother,
        cast.clerk.person_id,
        day,
        "paper",
        "tủ số 2",
    )
    assert queries.allows(child, "recording", day) and not queries.allows(child, "recording", day - timedelta(days=1))


def test_a_paper_signed_before_the_right_began_is_refused_and_nothing_stays(cast: Cast) -> None:
    Guardianship.objects.update(during=DateRange(timezone.localdate(), None))
    form = {
        "day": show(timezone.localdate() - timedelta(days=1)),
        f"a{cast.pupil.person_id}-{cast.guardian.person_id}": "yes",
    }
    said = client_of(cast.clerk).post(f"/consent/classes/{cast.class_8a2.pk}/paper/recording/", form)
    assert said.status_code == 422 and "Nguyễn Khánh An: Chỉ người đại diện" in said.content.decode()
    assert not ConsentAnswer.objects.exists()


def test_the_form_on_paper_blank_and_filled(cast: Cast) -> None:
    clerk = client_of(cast.clerk)
    blank = clerk.get(f"/consent/classes/{cast.class_8a2.pk}/pdf/").content
    text = text_of(blank)
    for needed in ("PHIẾU Ý KIẾN", "Nguyễn Khánh An", "Lê Gia Bảo", "Ghi lại tiết học trực tuyến", "Không đồng ý", "NGƯỜI ĐẠI DIỆN THEO PHÁP LUẬT",
                   "HỌC SINH", "Lớp: 8A2", "Độc lập - Tự do - Hạnh phúc"):  # fmt: skip
        assert needed in text, needed
    picture = pypdfium2.PdfDocument(blank)[0].render(scale=1).to_pil().convert("L")
    assert 0.02 < sum(p < 128 for p in picture.getdata()) / (picture.width * picture.height) < 0.4
    client_of(cast.guardian).post("/consent/about/recording/", {f"c{cast.pupil.person_id}": "yes"})
    filled = text_of(client_of(cast.guardian).get(f"/consent/pupils/{cast.pupil.person_id}/pdf/?filled").content)
    assert "Nguyễn Thị Lan: đồng ý" in filled and "Chưa có ai trả lời" in filled and "Lê Gia Bảo" not in filled
    for who, status in (
        ("pupil", 200),
        ("classmate", 404),
        ("homeroom", 200),
        ("other_homeroom", 404),
        ("stranger", 404),
        ("teacher", 404),
    ):
        assert client_of(getattr(cast, who)).get(f"/consent/pupils/{cast.pupil.person_id}/pdf/").status_code == status
    rows = str(
        [
            list(r)
            for s in read_workbook(clerk.get(f"/consent/classes/{cast.class_8a2.pk}/export/").content)
            for r in s.rows
        ]
    )
    assert "Nguyễn Khánh An" in rows and "Nguyễn Thị Lan: đồng ý" in rows


def test_those_who_have_not_answered_are_reminded_once_a_day(cast: Cast) -> None:
    address = f"/consent/classes/{cast.class_8a2.pk}/remind/"
    client_of(cast.homeroom).post(address)
    told = set(Receipt.objects.values_list("person_id", flat=True))
    assert told == {cast.guardian.person_id, cast.pupil.person_id, cast.classmate.person_id}, (
        "pupils only about what asks them"
    )
    client_of(cast.homeroom).post(address)
    assert Receipt.objects.count() == 3
    assert client_of(cast.other_homeroom).post(address).status_code == 404


def test_a_request_is_acknowledged_extended_and_done_in_time(cast: Cast) -> None:
    year = SchoolYear.objects.create(name="2026-2027", during=DateRange(date(2026, 8, 1), date(2027, 8, 1)))
    today = timezone.localdate()
    soon = DateRange(today + timedelta(days=1), today + timedelta(days=4))
    Holiday.objects.create(year=year, name="Nghỉ lễ", kind="public", during=soon)
    clerk = client_of(cast.clerk)
    assert "Nguyễn Khánh An" in clerk.get("/consent/requests/add/?q=an+nguyen").content.decode()
    form = {"subject": cast.pupil.person_id, "kind": "view", "text": "", "received_on": show(today)}
    assert (
        clerk.post("/consent/requests/add/", form | {"received_on": show(today + timedelta(days=1))}).status_code == 422
    )
    made = clerk.post("/consent/requests/add/", form)
    request = DataRequest.objects.get()
    assert made.headers["Location"] == f"/consent/requests/{request.pk}/"
    row = requests.rows(DataRequest.objects.all())[0]
    assert row.due and row.next_due == row.due.acknowledge > today + timedelta(days=4), (
        "three days of holiday do not count"
    )
    address = f"/consent/requests/{request.pk}/"
    clerk.post(address, {"do": "ack", "note": ""})
    first = requests.rows(DataRequest.objects.all())[0]
    assert first.next_due == first.due.answer >= today + timedelta(days=10)
    assert clerk.post(address, {"do": "extended", "note": ""}).status_code == 422, "an extension has its reason"
    clerk.post(address, {"do": "extended", "note": "phải hỏi lại Sở"})
    longer = requests.rows(DataRequest.objects.all())[0]
    assert longer.due.answer >= today + timedelta(days=20)
    assert clerk.post(address, {"do": "extended", "note": "lần nữa"}).status_code == 422, "once"
    assert clerk.post(address, {"do": "refused", "note": ""}).status_code == 422
    clerk.post(address, {"do": "done", "note": "đã gửi bản in"})
    assert clerk.post(address, {"do": "refused", "note": "thôi"}).status_code == 422, "what is closed stays closed"
    assert requests.rows(DataRequest.objects.all())[0].closed
    assert "đã gửi bản in" in clerk.get(address).content.decode()


def test_a_deadline_that_is_near_waits_on_home(cast: Cast) -> None:
    assert "yêu cầu về dữ liệu đến hạn" not in client_of(cast.clerk).get("/").content.decode()
    old = timezone.localdate() - timedelta(days=40)
    DataRequest.objects.create(subject=cast.pupil.person, asked_by=cast.guardian.person, kind="delete", received_on=old)
    assert "yêu cầu về dữ liệu đến hạn" in client_of(cast.clerk).get("/").content.decode()
    assert "quá hạn" in client_of(cast.clerk).get("/consent/requests/").content.decode()
    assert "yêu cầu về dữ liệu đến hạn" not in client_of(cast.homeroom).get("/").content.decode()


@pytest.mark.parametrize("who", ["homeroom", "teacher", "inspector", "pupil", "guardian", "stranger"])
def test_the_register_is_the_offices(cast: Cast, who: str) -> None:
    made = DataRequest.objects.create(
        subject=cast.pupil.person, asked_by=cast.pupil.person, kind="view", received_on=timezone.localdate()
    )
    client = client_of(getattr(cast, who))
    for address in ("/consent/requests/", f"/consent/requests/{made.pk}/", "/consent/deadlines/"):
        assert client.get(address).status_code == 404


def test_deadlines_of_the_law_ship_and_change_from_a_day_on(cast: Cast) -> None:
    assert Deadline.objects.count() == 6
    found = Deadline.objects.get(kind="withdraw")
    assert (found.acknowledge, found.answer, found.answer_third, found.extension) == (2, 15, 20, 15)
    today = timezone.localdate()
    before = DataRequest.objects.create(
        subject=cast.pupil.person, asked_by=cast.pupil.person, kind="withdraw", received_on=today
    )
    due = requests.rows(DataRequest.objects.all())[0].due
    form = {"acknowledge": "3", "answer": "12", "answer_third": "18", "extension": "12", "article": "Nghị định mới, Điều 7",
            "first": show(today + timedelta(days=1))}  # fmt: skip
    head = client_of(cast.it_admin)
    address = f"/consent/deadlines/{found.pk}/"
    assert head.post(address, form | {"answer_third": "5"}).status_code == 422
    assert head.post(address, form | {"first": "01/01/2020"}).status_code == 422
    assert client_of(cast.clerk).post(address, form).status_code == 404
    assert head.post(address, form).status_code == 302
    assert Deadline.objects.filter(kind="withdraw").count() == 2
    assert requests.rows(DataRequest.objects.filter(pk=before.pk))[0].due == due, "a request keeps the law of its day"
    assert "Nghị định mới, Điều 7" in head.get("/consent/deadlines/").content.decode()


def test_the_overview_costs_the_same_for_many(cast: Cast) -> None:
    client = client_of(cast.clerk)

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/consent/classes/")
            client.get(f"/consent/classes/{cast.class_8a2.pk}/")
            client.get("/consent/requests/")
            queries.allows_many(Person.objects.values_list("pk", flat=True), "recording", timezone.localdate())
        return len(seen)

    count()
    few = count()
    version = queries.versions(timezone.localdate())[0]
    for n in range(10):
        child, mother = account(f"Trần Văn Học {n}", f"hoc{n}"), account(f"Lê Thị Mẹ {n}", f"me{n}")
        assign(child, Role.PUPIL, cast.class_8a2)
        Guardianship.objects.create(guardian=mother.person, child=child.person, relation="mẹ", during=YEAR)
        ConsentAnswer.objects.create(
            child=child.person,
            version=version,
            by=mother.person,
            capacity="guardian",
            agrees=True,
            day=timezone.localdate(),
        )
    assert count() == few
    DataRequest.objects.create(
        subject=cast.pupil.person, asked_by=cast.pupil.person, kind="view", received_on=timezone.localdate()
    )
    with_one = count()
    for _ in range(5):
        DataRequest.objects.create(
            subject=cast.pupil.person, asked_by=cast.pupil.person, kind="view", received_on=timezone.localdate()
        )
    assert count() == with_one
