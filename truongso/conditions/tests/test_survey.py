"""The survey: who answers, what counts, who reads."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast, account, assign, client_of, person
from truongso.conditions.models import Capacity, SurveyAnswer, SurveyRound
from truongso.lib.sheets import read_workbook
from truongso.notify.models import Receipt
from truongso.people.models import Guardianship
from truongso.people.roles import Role

FULL = {
    "device": "shared_phone",
    "sharing": "2",
    "connection": "data_limit",
    "quiet": "partly",
    "camera": "yes",
    "helper": "sibling",
}


@pytest.fixture
def round(db: None) -> SurveyRound:
    day = timezone.localdate()
    return SurveyRound.objects.create(
        title="Khảo sát đầu năm", during=DateRange(day - timedelta(days=2), day + timedelta(days=5))
    )


def test_a_guardian_answers_without_script_and_changes_it(cast: Cast, round: SurveyRound) -> None:
    mother, child = client_of(cast.guardian), cast.pupil.person_id
    today = mother.get("/").content.decode()
    assert "khảo sát thiết bị và mạng" in today and "Nguyễn Khánh An" in today and f"/survey/{child}/" in today
    assert mother.get("/survey/").headers["Location"] == f"/survey/{child}/"
    half = mother.post(f"/survey/{child}/", {"device": "laptop"})
    assert (
        half.headers["Location"] == f"/survey/{child}/"
        and "Còn câu chưa chọn" in mother.get(f"/survey/{child}/").content.decode()
    )
    assert "khảo sát thiết bị" in mother.get("/").content.decode(), "half an answer still waits"
    assert mother.post(f"/survey/{child}/", FULL).headers["Location"].endswith("/thanks/")
    thanks = mother.get(f"/survey/{child}/thanks/").content.decode()
    assert "Nhà trường cảm ơn" in thanks and "Điện thoại dùng chung" in thanks
    assert "khảo sát thiết bị và mạng" not in mother.get("/").content.decode()
    mother.post(f"/survey/{child}/", FULL | {"connection": "wifi"})
    assert SurveyAnswer.objects.filter(child_id=child).count() == 3, "history stays"
    assert "Wifi ở nhà" in mother.get(f"/survey/{child}/thanks/").content.decode()
    assert mother.post(f"/survey/{child}/", {"device": "xe đạp"}).status_code == 422


def test_every_tap_is_kept_and_a_form_sent_twice_adds_nothing(cast: Cast, round: SurveyRound) -> None:
    pupil, address = client_of(cast.pupil), f"/survey/{cast.pupil.person_id}/"
    first = pupil.post(address, {"device": "none"}, headers={"X-Tap": "1"})
    assert (first.status_code, first.headers["X-Complete"]) == (204, "no")
    pupil.post(address, {"device": "none"}, headers={"X-Tap": "1"})
    assert SurveyAnswer.objects.count() == 1
    last = pupil.post(
        address, {"device": "none", "connection": "none", "quiet": "no", "helper": "nobody"}, headers={"X-Tap": "1"}
    )
    assert last.headers["X-Complete"] == "yes"
    assert SurveyAnswer.objects.latest("pk").capacity == Capacity.PUPIL


def test_the_page_is_small_and_needs_no_script(cast: Cast, round: SurveyRound) -> None:
    body = client_of(cast.pupil).get(f"/survey/{cast.pupil.person_id}/").content
    assert len(gzip.compress(body)) < 50_000
    text = body.decode()
    assert text.count('type="radio"') == 6 + 4 + 4 + 3 + 3 + 4 and 'type="text"' not in text.split("<main")[1]
    assert '<form class="form" method="post">' in text and "Gửi" in text


@pytest.mark.parametrize(
    ("who", "status"),
    [("pupil", 200), ("guardian", 200), ("homeroom", 200), ("classmate", 404), ("other_pupil", 404), ("other_homeroom", 404), ("teacher", 404),
     ("head", 404), ("deputy", 404), ("clerk", 404), ("it_admin", 404), ("inspector", 404), ("group_head", 404), ("stranger", 404)],
)  # fmt: skip
def test_only_the_family_and_the_homeroom_teacher_answer(cast: Cast, round: SurveyRound, who: str, status: int) -> None:
    address = f"/survey/{cast.pupil.person_id}/"
    client = client_of(getattr(cast, who))
    assert client.get(address).status_code == status
    assert client.post(address, FULL).status_code == (302 if status == 200 else 404)


def test_a_guardian_whose_right_ended_yesterday_is_a_stranger(cast: Cast, round: SurveyRound) -> None:
    day = timezone.localdate()
    Guardianship.objects.update(during=DateRange(day - timedelta(days=300), day))
    assert client_of(cast.guardian).get(f"/survey/{cast.pupil.person_id}/").status_code == 404


def test_what_the_homeroom_teacher_enters_is_marked(cast: Cast, round: SurveyRound) -> None:
    teacher = client_of(cast.homeroom)
    assert "em chưa trả lời khảo sát thiết bị" in teacher.get("/").content.decode()
    teacher.post(f"/survey/{cast.classmate.person_id}/", FULL)
    assert SurveyAnswer.objects.get().capacity == Capacity.SCHOOL
    assert (
        "nhà trường ghi thay" in teacher.get(f"/survey/rounds/{round.pk}/classes/{cast.class_8a2.pk}/").content.decode()
    )


def test_a_closed_round_takes_nothing(cast: Cast, round: SurveyRound) -> None:
    day = timezone.localdate()
    SurveyRound.objects.update(during=DateRange(day - timedelta(days=9), day))
    client = client_of(cast.pupil)
    assert "Chưa có đợt khảo sát nào đang mở" in client.post(f"/survey/{cast.pupil.person_id}/", FULL).content.decode()
    assert not SurveyAnswer.objects.exists() and "khảo sát" not in client.get("/").content.decode()


def test_the_coverage_is_the_same_on_page_chart_and_sheet(cast: Cast, round: SurveyRound) -> None:
    client_of(cast.guardian).post(f"/survey/{cast.pupil.person_id}/", FULL)
    client_of(cast.other_homeroom).post(
        f"/survey/{cast.other_pupil.person_id}/",
        {"device": "none", "connection": "none", "quiet": "no", "helper": "nobody"},
    )
    page = client_of(cast.head).get(f"/survey/rounds/{round.pk}/").content.decode()
    assert "2 trên 3 em đã có câu trả lời" in page and 'class="part-2"' in page
    assert "67% đã trả lời; 1 em chưa có máy, 1 em dùng máy chung." in page
    assert "1/2 (50 %)" in page and "Khối 8" in page
    sheets = read_workbook(client_of(cast.head).get(f"/survey/rounds/{round.pk}/export/").content)
    rows = [[str(cell) for cell in row] for sheet in sheets for row in sheet.rows]
    assert any("8A2" in r and "Nguyễn Khánh An" in r and "Điện thoại dùng chung" in r for r in rows)


@pytest.mark.parametrize(
    ("who", "own", "other"),
    [("head", 200, 200), ("clerk", 200, 200), ("inspector", 200, 200), ("homeroom", 200, 404), ("teacher", 404, 404), ("guardian", 404, 404),
     ("pupil", 404, 404), ("stranger", 404, 404)],
)  # fmt: skip
def test_single_answers_are_read_by_the_homeroom_teacher_and_managers(
    cast: Cast, round: SurveyRound, who: str, own: int, other: int
) -> None:
    client = client_of(getattr(cast, who))
    assert client.get(f"/survey/rounds/{round.pk}/classes/{cast.class_8a2.pk}/").status_code == own
    assert client.get(f"/survey/rounds/{round.pk}/classes/{cast.class_7a1.pk}/").status_code == other
    page = client.get(f"/survey/rounds/{round.pk}/")
    assert page.status_code == own
    if who == "homeroom":
        sheets = read_workbook(client.get(f"/survey/rounds/{round.pk}/export/").content)
        assert "7A1" not in page.content.decode() + str([list(r) for s in sheets for r in s.rows])


def test_those_who_are_silent_are_reminded_once_a_day(cast: Cast, round: SurveyRound) -> None:
    client_of(cast.homeroom).post(f"/survey/{cast.classmate.person_id}/", FULL)
    address = f"/survey/rounds/{round.pk}/remind/"
    clerk = client_of(cast.clerk)
    clerk.post(address)
    told = set(Receipt.objects.values_list("person_id", flat=True))
    assert told == {cast.pupil.person_id, cast.guardian.person_id, cast.other_pupil.person_id}
    clerk.post(address)
    assert Receipt.objects.count() == 3
    teacher = client_of(cast.homeroom)
    assert teacher.post(address).status_code == 404, "the whole school is not the class teacher's to remind"
    teacher.post(address, {"unit": cast.class_8a2.pk})
    assert Receipt.objects.count() == 5
    assert teacher.post(address, {"unit": cast.class_7a1.pk}).status_code == 404


def test_rounds_do_not_overlap_and_end_after_they_begin(cast: Cast, round: SurveyRound) -> None:
    client, day = client_of(cast.clerk), timezone.localdate()
    form = {
        "title": "Đợt hai",
        "first": day.strftime("%d/%m/%Y"),
        "last": (day + timedelta(days=30)).strftime("%d/%m/%Y"),
    }
    assert "đã có một đợt khảo sát khác" in client.post("/survey/rounds/add/", form).content.decode()
    assert client.post("/survey/rounds/add/", form | {"last": "01/01/2020"}).status_code == 422
    far = {"first": (day + timedelta(days=20)).strftime("%d/%m/%Y")}
    assert client.post("/survey/rounds/add/", form | far).status_code == 302
    assert client_of(cast.homeroom).get("/survey/rounds/add/").status_code == 404


def test_coverage_costs_the_same_for_many_pupils(cast: Cast, round: SurveyRound) -> None:
    client = client_of(cast.head)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(f"/survey/rounds/{round.pk}/").status_code == 200
            client.get(f"/survey/rounds/{round.pk}/classes/{cast.class_8a2.pk}/")
        return len(seen)

    count()  # the session learns its first visit
    few = count()
    for n in range(12):
        more = account(f"Trần Văn Học {n}", f"hoc{n}")
        assign(more, Role.PUPIL, cast.class_8a2)
        SurveyAnswer.objects.create(
            round=round, child=more.person, by=more.person, capacity="pupil", complete=True, **FULL
        )
        Guardianship.objects.create(
            guardian=person(f"Mẹ {n}"), child=more.person, relation="mẹ", during=DateRange(timezone.localdate(), None)
        )
    assert count() == few
