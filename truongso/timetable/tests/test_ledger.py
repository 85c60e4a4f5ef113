"""What is owed: figures that agree with each other and with the periods behind them, for those whose periods they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.cast import Cast, client_of
from truongso.lib.sheets import read_workbook
from truongso.people.actor import Actor, actor_for
from truongso.people.models import RoleAssignment
from truongso.school.models import GroupSubject
from truongso.timetable.actions import periods
from truongso.timetable.models import Period, TimetableVersion
from truongso.timetable.queries import ledger
from truongso.timetable.tests.conftest import MONDAY, TOAN, VAN
from truongso.timetable.waiting.periods import lines

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
At = Callable[[date, int], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    def stand(day: date, hour: int) -> None:
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return stand


def of(code: str, nth: int = 0) -> Period:
    return Period.objects.filter(subject__code=code, origin="timetable").order_by("span")[nth]


def make_up(head: Actor, lost: Period, day: date, number: int = 4) -> Period:
    return periods.add_period(
        by=head, unit=lost.unit, subject=lost.subject, part=None, person=lost.person, day=day, shift="am", number=number,
        reason="Bù", makes_up=lost,
    )  # fmt: skip


def figures(who: object) -> dict[str, tuple[int, ...]]:
    actor = actor_for(who)  # type: ignore[arg-type]
    return {f"{s.unit} {s.subject}": s[6:] for s in ledger.sums(ledger.in_sight(actor), timezone.now())}


def test_planned_held_cancelled_made_up_owed(cast: Cast, head: Actor, published: TimetableVersion, at: At) -> None:
    at(MONDAY - timedelta(days=1), 8)
    first, second, third = of(TOAN, 0), of(TOAN, 1), of(TOAN, 2)
    for lost in (first, second, third):
        periods.cancel_period(by=head, period=lost, reason="Bão")
    held = make_up(head, first, MONDAY + timedelta(days=4))
    at(MONDAY + timedelta(days=12), 18)  # the end of the second week: four Toán were to be held
    assert figures(cast.head)["8A2 Toán"] == (4, 2, 3, 1, 2)
    extra = periods.add_period(
        by=head, unit=cast.class_8a2, subject=first.subject, part=None, person=first.person, day=MONDAY + timedelta(days=15),
        shift="am", number=3, reason="Ôn",
    )  # fmt: skip
    periods.cancel_period(by=head, period=extra, reason="Thôi")
    assert figures(cast.head)["8A2 Toán"] == (4, 2, 3, 1, 2), "an extra one that falls away is owed to nobody"
    later = make_up(head, second, MONDAY + timedelta(days=16))
    assert figures(cast.head)["8A2 Toán"] == (4, 2, 3, 2, 1)
    periods.cancel_period(by=head, period=later, reason="Lại bão")
    assert figures(cast.head)["8A2 Toán"] == (4, 2, 3, 1, 2), "a cancelled make-up carries the debt on, once"
    make_up(head, later, MONDAY + timedelta(days=17))
    assert figures(cast.head)["8A2 Toán"] == (4, 2, 3, 2, 1)
    assert held.pk


def test_every_figure_opens_its_periods_with_who_and_why(
    cast: Cast, head: Actor, published: TimetableVersion, at: At
) -> None:
    at(MONDAY, 6)
    lost = periods.cancel_period(by=head, period=of(TOAN), reason="Bão số 5")
    at(MONDAY + timedelta(days=3), 18)
    client = client_of(cast.deputy)
    said = client.get("/periods/owed/").content.decode()
    assert "Còn nợ 1 tiết" in said and "8A2 · Toán" in said and "7A1" not in said.split("<table")[1]
    everything = client.get("/periods/owed/?show=all").content.decode()
    assert "7A1" in everything.split("<table")[1] and "Ngữ văn" not in everything, "a line a class"
    rows = client.get(f"/periods/owed/owed/?unit={lost.unit_id}&subject={lost.subject_id}").content.decode()
    assert "Bão số 5 (Trần Văn Minh)" in rows and f"/periods/{lost.pk}/change/makeup/" in rows
    for what, count in (("planned", 2), ("held", 1), ("cancelled", 1), ("made_up", 0), ("owed", 1)):
        page = client.get(f"/periods/owed/{what}/?unit={lost.unit_id}&subject={lost.subject_id}").content.decode()
        assert page.count('class="over"') == count, what
    assert client.get("/periods/owed/khac/").status_code == 404
    teachers = client.get("/periods/owed/?show=teachers").content.decode()
    assert "Vũ Thị Mai" in teachers.split("<table")[1]
    sheet = read_workbook(client.get("/periods/owed/export/?show=owed").content)[0]
    text = str([list(row) for row in sheet.rows])
    assert "8A2" in text and "Toán" in text and "7A1" not in text


@pytest.mark.parametrize(
    ("who", "sees"),
    [("head", {"8A2 Toán", "7A1 Ngữ văn"}), ("inspector", {"8A2 Toán", "7A1 Ngữ văn"}), ("teacher", {"8A2 Toán", "7A1 Ngữ văn"}),
     ("homeroom", {"8A2 Toán"}), ("other_homeroom", {"7A1 Ngữ văn"}), ("group_head", set())],
)  # fmt: skip
def test_whose_periods_one_sees(
    cast: Cast, head: Actor, published: TimetableVersion, at: At, who: str, sees: set[str]
) -> None:
    at(MONDAY + timedelta(days=3), 18)
    assert set(figures(getattr(cast, who))) == sees
    assert client_of(getattr(cast, who)).get("/periods/owed/?show=all").status_code == 200
    for other in (cast.pupil, cast.guardian, cast.stranger):
        assert client_of(other).get("/periods/owed/").status_code == 404


def test_filters(cast: Cast, head: Actor, published: TimetableVersion, at: At) -> None:
    at(MONDAY + timedelta(days=3), 18)
    GroupSubject.objects.create(group=cast.group, subject=of(TOAN).subject)
    client = client_of(cast.head)
    for query, there, gone in (
        (f"unit={cast.class_7a1.pk}", "7A1 · Ngữ văn", "8A2 · Toán"), (f"group={cast.group.pk}", "8A2 · Toán", "7A1 · Ngữ văn"),
        (f"teacher={cast.teacher.person_id}", "8A2 · Toán", "Không có"), ("unit=abc", f"show=all&unit={cast.class_8a2.pk}", "Không có"),
    ):  # fmt: skip
        said = client.get(f"/periods/owed/?show=all&{query}").content.decode()
        assert there in said and gone not in said, query


def test_what_waits_for_leaders(cast: Cast, head: Actor, published: TimetableVersion, at: At) -> None:
    at(MONDAY, 6)
    periods.cancel_period(by=head, period=of(TOAN), reason="Bão")
    assert list(lines(actor_for(cast.head))) == []
    at(MONDAY + timedelta(days=15), 6)
    assert [(n, text) for n, text, _more, _to in lines(actor_for(cast.head))] == [(1, "tiết nợ quá hai tuần")]
    assert list(lines(actor_for(cast.teacher))) == []
    RoleAssignment.objects.filter(person=cast.teacher.person).delete()
    at(MONDAY + timedelta(days=14), 6)
    count, text, _more, to = next(lines(actor_for(cast.deputy)))
    assert (count, text) == (2, "tiết hôm nay chưa có giáo viên") and to.endswith("/change/substitute/")
    assert client_of(cast.deputy).get(to).status_code == 200


def test_the_ledger_costs_the_same_for_many(
    cast: Cast, head: Actor, published: TimetableVersion, at: At, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    at(MONDAY - timedelta(days=1), 8)
    for period in list(Period.objects.all())[:10]:
        periods.cancel_period(by=head, period=period, reason="Bão")
    client = client_of(cast.head)
    client.get("/periods/owed/")
    with django_assert_max_num_queries(16):
        client.get("/periods/owed/?show=all")
    with django_assert_max_num_queries(18):
        client.get("/periods/owed/owed/")
    assert VAN
