"""The form of teaching, for many periods at once: decided, looked at before, taken back, chosen one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.cast import Cast, client_of
from truongso.notify.models import Notice, Receipt
from truongso.people.actor import Actor
from truongso.school.models import SchoolClass, SchoolYear
from truongso.timetable.actions import modes, periods
from truongso.timetable.models import Mode, ModeDecision, Period, TimetableVersion
from truongso.timetable.tests.conftest import MONDAY, TOAN

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
At = Callable[[date, int], None]
WEEK_2 = MONDAY + timedelta(weeks=1)
FORM = {
    "mode": "replace",
    "first": "09/09/2030",
    "last": "14/09/2030",
    "shift": "",
    "reason": "Bão số 5",
    "document": "47/QĐ",
}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    def stand(day: date, hour: int) -> None:
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return stand


@pytest.fixture
def classes(cast: Cast, year: SchoolYear, published: TimetableVersion) -> None:
    SchoolClass.objects.create(unit=cast.class_8a2, year=year, grade=8)
    SchoolClass.objects.create(unit=cast.class_7a1, year=year, grade=7)


def mode_of(day: date, unit: str = "8A2") -> str:
    return Period.objects.filter(day=day, unit__name=unit).values_list("mode", flat=True)[0]


def decided(head: Actor, mode: Mode, **more: object) -> ModeDecision:
    given: dict[str, object] = {"first": WEEK_2, "last": WEEK_2 + timedelta(days=5), "units": [], "shift": "", "reason": "Bão",
                                "document": ""} | more  # fmt: skip
    return modes.decide_mode(by=head, mode=mode, **given)[0]  # type: ignore[arg-type]


def test_a_decision_is_looked_at_and_then_made(cast: Cast, classes: None, at: At) -> None:
    at(MONDAY + timedelta(days=3), 9)
    client = client_of(cast.head)
    looked = client.post("/modes/add/", FORM | {"do": "look"})
    said = looked.content.decode()
    assert looked.status_code == 200 and "Sẽ đổi 3 tiết" in said and "8A2" in said and "7A1" in said
    assert not ModeDecision.objects.exists(), "looking changes nothing"
    only_8 = client.post("/modes/add/", FORM | {"do": "look", "grades": "8"}).content.decode()
    assert "Sẽ đổi 2 tiết" in only_8
    done = client.post("/modes/add/", FORM | {"do": "decide", "grades": "8"})
    made = ModeDecision.objects.get()
    assert done.headers["Location"] == f"/modes/{made.pk}/"
    assert [unit.name for unit in made.units.all()] == ["8A2"]
    assert mode_of(WEEK_2) == "replace" and mode_of(WEEK_2, "7A1") == "inperson"
    told = set(Receipt.objects.values_list("person__full_name", flat=True))
    assert told == {"Vũ Thị Mai", "Nguyễn Khánh An", "Lê Gia Bảo", "Nguyễn Thị Lan"} and Notice.objects.count() == 1
    title = Notice.objects.get().title
    assert title == "Trực tuyến thay thế từ 09/09/2030 đến 14/09/2030 (quyết định số 47/QĐ)"
    for who in (cast.guardian, cast.pupil, cast.teacher):
        assert "Bão số 5" in client_of(who).get(f"/modes/{made.pk}/").content.decode()
    period = Period.objects.filter(unit=cast.class_8a2, day=WEEK_2)[0]
    assert "Hoàn tác" not in client.get(f"/periods/{period.pk}/").content.decode(), (
        "a decision is taken back as a whole"
    )
    assert "theo quyết định số 47/QĐ" in client_of(cast.pupil).get(f"/periods/{period.pk}/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"last": "01/09/2030"}, "Ngày cuối đứng trước ngày đầu"), ({"reason": " "}, "Trường này"), ({"mode": ""}, "Xin chọn một hình thức"),
     ({"first": "31/02/2030"}, "Tháng 2 không có ngày 31")],
)  # fmt: skip
def test_a_wrong_decision_says_where(cast: Cast, classes: None, wrong: dict[str, str], said: str) -> None:
    answer = client_of(cast.deputy).post("/modes/add/", FORM | {"do": "decide"} | wrong)
    text = answer.content.decode()
    assert answer.status_code == 422 and (said in text or 'aria-invalid="true"' in text) and "47/QĐ" in text
    assert not ModeDecision.objects.exists()


@pytest.mark.parametrize(
    ("who", "lists", "decides"),
    [("head", 200, 200), ("deputy", 200, 200), ("teacher", 200, 404), ("clerk", 200, 404), ("it_admin", 200, 404),
     ("inspector", 200, 404), ("pupil", 404, 404), ("guardian", 404, 404), ("stranger", 404, 404)],
)  # fmt: skip
def test_who_reads_and_who_decides(cast: Cast, head: Actor, classes: None, who: str, lists: int, decides: int) -> None:
    made = decided(head, Mode.ONLINE_SUPPORT)
    client = client_of(getattr(cast, who))
    assert client.get("/modes/").status_code == lists
    assert client.get("/modes/add/").status_code == decides
    assert client.get(f"/modes/class/{cast.class_8a2.pk}/").status_code == decides
    assert client.post(f"/modes/{made.pk}/withdraw/").status_code == (302 if decides == 200 else 404)


def test_a_decision_leaves_what_was_chosen_elsewhere(cast: Cast, head: Actor, classes: None) -> None:
    chosen = Period.objects.get(unit=cast.class_7a1, day=WEEK_2)
    periods.set_mode(by=head, period=chosen, mode=Mode.SELF_STUDY, reason="Thi đấu")
    decision = decided(head, Mode.ONLINE_REPLACE, units=[cast.class_8a2])
    assert mode_of(WEEK_2, "7A1") == "self", "not of its classes"
    modes.withdraw_mode(by=head, decision=decision)
    assert mode_of(WEEK_2, "7A1") == "self" and mode_of(WEEK_2) == "inperson"


def test_taking_back_returns_to_what_was_before_and_leaves_what_came_after(
    cast: Cast, head: Actor, classes: None
) -> None:
    monday, wednesday = WEEK_2, WEEK_2 + timedelta(days=2)
    toan = Period.objects.get(subject__code=TOAN, day=monday)
    periods.set_mode(by=head, period=toan, mode=Mode.ONLINE_SUPPORT, reason="Thử")
    older = decided(head, Mode.SELF_STUDY)
    newer = decided(head, Mode.ONLINE_REPLACE, units=[cast.class_8a2])
    after = Period.objects.get(unit=cast.class_8a2, day=wednesday)
    periods.set_mode(by=head, period=after, mode=Mode.IN_PERSON, reason="Kiểm tra tại trường")
    modes.withdraw_mode(by=head, decision=newer)
    assert (mode_of(monday), mode_of(wednesday)) == ("self", "inperson")
    modes.withdraw_mode(by=head, decision=older)
    assert (mode_of(monday), mode_of(wednesday)) == ("support", "inperson")
    assert mode_of(WEEK_2, "7A1") == "inperson"


def test_it_is_taken_back_once_and_only_what_is_to_come(cast: Cast, head: Actor, classes: None, at: At) -> None:
    made = decided(head, Mode.ONLINE_REPLACE)
    at(WEEK_2 + timedelta(days=1), 9)
    client = client_of(cast.head)
    client.post(f"/modes/{made.pk}/withdraw/")
    assert (mode_of(WEEK_2), mode_of(WEEK_2 + timedelta(days=2))) == ("replace", "inperson")
    again = client.post(f"/modes/{made.pk}/withdraw/", follow=True).content.decode()
    assert "đã thôi áp dụng rồi" in again and Notice.objects.filter(title__startswith="Thôi áp dụng").count() == 1


def test_chosen_periods_of_a_week(cast: Cast, classes: None, at: At) -> None:
    at(MONDAY, 6)
    client = client_of(cast.deputy)
    address = f"/modes/class/{cast.class_8a2.pk}/?from=2030-09-09"
    first, second = Period.objects.filter(unit=cast.class_8a2, day__gte=WEEK_2).order_by("span")[:2]
    assert "<b>Toán</b><br>thứ Hai 09/09/2030, tiết 1 sáng" in client.get(address).content.decode()
    none = client.post(address, {"mode": "self", "reason": "Ôn thi"})
    assert none.status_code == 422 and "ít nhất một tiết" in none.content.decode()
    unsaid = client.post(address, {"mode": "self", "reason": "", "period": [first.pk]})
    assert unsaid.status_code == 422 and f'value="{first.pk}" checked' in unsaid.content.decode()
    stranger = Period.objects.filter(unit=cast.class_7a1, day=WEEK_2)[0]
    assert (
        client.post(
            address, {"mode": "self", "reason": "Ôn thi", "period": [first.pk, second.pk, stranger.pk]}
        ).status_code
        == 302
    )
    assert set(Period.objects.filter(mode="self").values_list("pk", flat=True)) == {first.pk, second.pk}
    assert Notice.objects.get().title == "8A2: 2 tiết tự học ở nhà"


def test_the_list_costs_the_same_for_many(
    cast: Cast, head: Actor, classes: None, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client = client_of(cast.head)
    client.get("/modes/")
    for _n in range(10):
        decided(head, Mode.ONLINE_SUPPORT, units=[cast.class_8a2])
    with django_assert_max_num_queries(16):
        client.get("/modes/")
