"""Making, checking, comparing and applying timetables: pages, counts, and who is told."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import Cast, client_of
from truongso.jobs.models import Job
from truongso.jobs.tasks import run_job
from truongso.notify.models import Notice, Receipt
from truongso.people.actor import Actor
from truongso.people.models import Account, Guardianship
from truongso.school.models import BellPeriod, BellSchedule, Campus, SchoolClass, SchoolYear, Subject, SubjectGrade
from truongso.timetable import checks
from truongso.timetable.actions import cells, periods, versions
from truongso.timetable.cells import Content, Held
from truongso.timetable.differences import differences
from truongso.timetable.models import Period, TimetableVersion, VersionState
from truongso.timetable.tests.conftest import MONDAY, TOAN, VAN, put

SECOND_WEEK = MONDAY + timedelta(weeks=1)


@pytest.fixture
def deputy(cast: Cast) -> Client:
    return client_of(cast.deputy)


def body(answer) -> str:  # type: ignore[no-untyped-def]
    return re.sub(r"\s+", " ", answer.content.decode())


def next_version(head: Actor, published: TimetableVersion) -> TimetableVersion:
    """The next timetable: Toán of Wednesday goes to Thursday, period 3."""
    made = versions.create_version(
        by=head, year=published.year, name="Số 2", first=SECOND_WEEK, copy_from=published
    )  # fmt: skip
    toan = made.entries.get(weekday=3)
    cells.move_lesson(by=head, version=made, entry_id=toan.pk, to=(4, "am", 3))
    return made


def test_a_copy_is_made_named_and_deleted(cast: Cast, published: TimetableVersion, deputy: Client) -> None:
    values = {"name": "Số 2", "first": "09/09/2030", "copy_from": published.pk, "note": "đổi thầy"}
    answer = deputy.post("/timetables/new/", values)
    made = TimetableVersion.objects.get(name="Số 2")
    assert answer.headers["Location"] == f"/timetables/{made.pk}/" and made.entries.count() == 3
    assert made.during.lower == SECOND_WEEK and made.state == VersionState.DRAFT
    text = body(deputy.get("/timetables/"))
    assert "Số 1" in text and "bản nháp" in text and "đổi thầy" in text
    deputy.post(f"/timetables/{made.pk}/edit/", {"name": "Số 2b", "first": "16/9/2030", "note": ""})
    made.refresh_from_db()
    assert (made.name, made.during.lower) == ("Số 2b", MONDAY + timedelta(weeks=2))
    deputy.post(f"/timetables/{made.pk}/delete/")
    assert not TimetableVersion.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": "Số 1", "first": "09/09/2030"}, "đã có thời khoá biểu mang tên ấy"),
        ({"name": "Số 2", "first": "09/09/2099"}, "không nằm trong năm học nào"),
        ({"name": "Số 2", "first": "31/02/2031"}, "không có ngày 31"),
        ({"name": "", "first": "09/09/2030"}, "error"),
    ],
)
def test_a_wrong_new_version_says_what(
    published: TimetableVersion, deputy: Client, values: dict[str, str], said: str
) -> None:
    answer = deputy.post("/timetables/new/", values)
    assert answer.status_code == 422 and said in body(answer) and values["first"] in body(answer)
    assert TimetableVersion.objects.count() == 1


def test_an_applied_version_is_not_deleted(published: TimetableVersion, deputy: Client) -> None:
    deputy.post(f"/timetables/{published.pk}/delete/")
    assert TimetableVersion.objects.filter(pk=published.pk).exists()


def test_who_plans_and_who_reads(cast: Cast, published: TimetableVersion, head: Actor) -> None:
    draft = next_version(head, published)
    for who in (cast.teacher, cast.clerk, cast.inspector):
        client = client_of(who)
        text = body(client.get("/timetables/"))
        assert "Số 1" in text and "Số 2" not in text and "Lập thời khoá biểu mới" not in text
        assert client.get("/timetables/new/").status_code == 404
        assert client.get(f"/timetables/{draft.pk}/publish/").status_code == 404
    nam = client_of(cast.it_admin)
    assert "ban giám hiệu cho áp dụng" in body(nam.get(f"/timetables/{draft.pk}/publish/"))
    assert nam.post(f"/timetables/{draft.pk}/publish/", {"first": "09/09/2030"}).status_code == 403


def test_counts_and_warnings_are_listed(cast: Cast, published: TimetableVersion, deputy: Client, head: Actor) -> None:
    year = published.year
    SchoolClass.objects.create(unit=cast.class_8a2, year=year, grade=8)
    SubjectGrade.objects.create(
        year=year, subject=Subject.objects.get(code=TOAN), grade=8, periods=140, weekly_term_1=4, weekly_term_2=4
    )  # fmt: skip
    draft = next_version(head, published)
    for number in (1, 2, 4):
        put(head, draft, cast.class_8a2, 5, number, TOAN, cast.homeroom)
    text = body(deputy.get(f"/timetables/{draft.pk}/check/"))
    assert "5/4" in text and "1 tiết thừa" in text
    assert "8A2 trống giữa buổi: thứ Sáu, tiết 3 sáng." in text
    assert "8A2 học Toán 3 tiết trong thứ Sáu." in text
    assert "Vũ Thị Mai" in text


def held(**more: object) -> Held:
    values: dict[str, object] = {"pk": 1, "unit_id": 1, "unit": "8A2", "slot": (1, "am", 1), "subject": "Toán", "short": "Toán",
              "teacher": "Vũ Thị Mai", "room": ""} | more  # fmt: skip
    content = Content(1, None, int(str(more.pop("person", 7))), None, "", uuid4())
    values.pop("person", None)
    return Held(content=content, **values)  # type: ignore[arg-type]


def test_minutes_that_overlap_between_campuses_are_found() -> None:
    from datetime import time

    bells = {
        (1, "am", 1): (time(7), time(7, 45)), (1, "am", 2): (time(7, 50), time(8, 35)),
        (2, "am", 1): (time(7, 30), time(8, 15)),
    }  # fmt: skip
    here, there = held(slot=(1, "am", 2)), held(unit_id=2, unit="8B1", slot=(1, "am", 1))
    found = checks.findings([here, there], bells, {1: 1, 2: 2})
    assert [f.text for f in found if f.blocks] == ["Vũ Thị Mai trùng giờ ở 8B1 và 8A2, thứ Hai."]
    missing = checks.findings([held(slot=(1, "pm", 1))], bells, {1: 1})
    assert [f.text for f in missing if f.blocks] == ["Chưa có giờ vào học của tiết 1 chiều."]


def test_differences_are_moves_changes_additions_and_losses() -> None:
    before = [held(pk=1), held(pk=2, slot=(2, "am", 1)), held(pk=3, slot=(3, "am", 1))]
    after = [held(pk=4, person=8), held(pk=5, slot=(5, "am", 2))]
    found = differences(before, after)
    assert sorted((d.kind, d.before.pk if d.before else 0) for d in found) == [
        ("changed", 1),
        ("moved", 2),
        ("removed", 3),
    ]
    assert differences(before, before) == []
    grown = differences(after, [*after, held(pk=9, slot=(6, "am", 1))])
    assert [(d.kind, d.said) for d in grown] == [("added", "thêm vào thứ Bảy, tiết 1 sáng")]


def test_two_versions_compare(cast: Cast, published: TimetableVersion, deputy: Client, head: Actor) -> None:
    draft = next_version(head, published)
    text = body(deputy.get(f"/timetables/{draft.pk}/compare/"))
    assert "từ thứ Tư, tiết 1 sáng sang thứ Năm, tiết 3 sáng" in text and "Khác ở 1 lớp, 1 thầy cô." in text
    by_teacher = body(deputy.get(f"/timetables/{draft.pk}/compare/?by=teacher&with={published.pk}"))
    assert "Vũ Thị Mai" in by_teacher and "Toán · 8A2" in by_teacher
    assert deputy.get(f"/timetables/{draft.pk}/compare/?with=zzz").status_code == 200


def publish(client: Client, version: TimetableVersion, first: date, **more: str):  # type: ignore[no-untyped-def]
    answer = client.post(f"/timetables/{version.pk}/publish/", {"first": first.strftime("%d/%m/%Y"), **more})
    job = Job.objects.order_by("-pk").first()
    if answer.status_code == 302 and job is not None:
        run_job(job_id=job.pk)
    return answer


def told(who: Account) -> list[str]:
    return list(Receipt.objects.filter(person=who.person).order_by("pk").values_list("notice__title", flat=True))


def test_only_whose_week_changes_is_told_and_once(
    cast: Cast, published: TimetableVersion, deputy: Client, head: Actor
) -> None:
    from tests.cast import YEAR, account

    father = account("Nguyễn Văn Không Báo", "khong.bao")
    Guardianship.objects.create(
        guardian=father.person, child=cast.pupil.person, relation="cha", during=YEAR, informed=False
    )  # fmt: skip
    draft = next_version(head, published)
    page = body(deputy.get(f"/timetables/{draft.pk}/publish/"))
    assert "So với Số 1: 1 tiết thay đổi, ở 1 lớp, của 1 thầy cô." in page and "4 người sẽ nhận thông báo" in page
    assert publish(deputy, draft, SECOND_WEEK).status_code == 302
    draft.refresh_from_db()
    assert (
        draft.state == VersionState.PUBLISHED
        and draft.laid["moved"] > 0
        and draft.published_by_id == cast.deputy.person_id
    )
    assert told(cast.teacher) == ["Lịch dạy của thầy cô thay đổi"]
    for who in (cast.pupil, cast.classmate, cast.guardian):
        assert told(who) == ["Thời khoá biểu lớp 8A2 thay đổi"]
    for who in (cast.other_pupil, cast.homeroom, cast.stranger, father, cast.other_homeroom):
        assert told(who) == []
    note = Notice.objects.get(title="Thời khoá biểu lớp 8A2 thay đổi")
    assert "Toán 8A2: từ thứ Tư, tiết 1 sáng sang thứ Năm, tiết 3 sáng." in note.body
    assert client_of(cast.guardian).get(note.link).status_code == 200
    days = Period.objects.filter(subject__code=TOAN, day__gte=SECOND_WEEK).values_list("day", flat=True)
    assert {d.isoweekday() for d in days} == {1, 4}
    assert "Đang áp dụng từ 09/09/2030" in body(deputy.get(f"/timetables/{draft.pk}/publish/"))


def test_the_first_timetable_is_told_to_all_without_a_list(
    cast: Cast, year: SchoolYear, deputy: Client, head: Actor
) -> None:
    draft = versions.create_version(by=head, year=year, name="Số 1", first=MONDAY)
    put(head, draft, cast.class_8a2, 1, 1, TOAN, cast.teacher)
    assert "đây là bản đầu tiên" in body(deputy.get(f"/timetables/{draft.pk}/publish/"))
    publish(deputy, draft, MONDAY)
    assert told(cast.teacher) == ["Lịch dạy của thầy cô thay đổi"]
    assert Notice.objects.get(receipts__person=cast.pupil.person).body == "Từ 02/09/2030 trường dạy theo Số 1."


def test_what_blocks_is_said_and_what_is_unplaced_must_be_accepted(
    cast: Cast, published: TimetableVersion, deputy: Client, head: Actor
) -> None:
    SchoolClass.objects.create(unit=cast.class_8a2, year=published.year, grade=8)
    SubjectGrade.objects.create(
        year=published.year, subject=Subject.objects.get(code=TOAN), grade=8, periods=140, weekly_term_1=4, weekly_term_2=4
    )  # fmt: skip
    draft = next_version(head, published)
    refused = publish(deputy, draft, SECOND_WEEK)
    assert refused.status_code == 422 and "Còn tiết chưa xếp" in body(refused)
    put(head, draft, cast.class_8a2, 1, 7, TOAN, cast.homeroom)
    refused = publish(deputy, draft, SECOND_WEEK, anyway="on")
    assert refused.status_code == 422 and "Chưa có giờ vào học của tiết 7 sáng." in body(refused)
    assert not Job.objects.exists()
    draft.entries.filter(number=7).delete()
    assert publish(deputy, draft, SECOND_WEEK, anyway="on").status_code == 302
    draft.refresh_from_db()
    assert draft.state == VersionState.PUBLISHED


def test_a_refusal_in_the_job_is_told_and_nothing_is_sent(
    cast: Cast, published: TimetableVersion, deputy: Client, head: Actor
) -> None:
    draft = next_version(head, published)
    publish(deputy, draft, MONDAY)  # the day on which the other one begins
    draft.refresh_from_db()
    assert draft.state == VersionState.DRAFT and not Notice.objects.exists()
    assert "Từ ngày này đã có thời khoá biểu khác áp dụng" in body(deputy.get(f"/timetables/{draft.pk}/publish/"))
    refused = publish(deputy, draft, date(2035, 1, 1))
    draft.refresh_from_db()
    assert refused.status_code == 302 and "không nằm trong năm học" in draft.laid["problem"]


def test_it_is_asked_for_once(cast: Cast, published: TimetableVersion, deputy: Client, head: Actor) -> None:
    draft = next_version(head, published)
    values = {"first": "09/09/2030"}
    deputy.post(f"/timetables/{draft.pk}/publish/", values)
    deputy.post(f"/timetables/{draft.pk}/publish/", values)
    assert Job.objects.count() == 1
    assert 'data-refresh-on="job resync"' in body(deputy.get(f"/timetables/{draft.pk}/publish/"))


def test_kept_periods_in_the_way_are_listed_and_told(
    cast: Cast, published: TimetableVersion, deputy: Client, head: Actor
) -> None:
    van = Period.objects.get(subject__code=VAN, day=SECOND_WEEK)
    thursday = SECOND_WEEK + timedelta(days=3)
    periods.move_period(by=head, period=van, day=thursday, shift="am", number=3, reason="Họp")
    draft = next_version(head, published)  # Toán of Mai goes to Thursday 3, where she stands by hand that week
    Notice.objects.all().delete()
    publish(deputy, draft, SECOND_WEEK)
    draft.refresh_from_db()
    assert [(c["unit"], c["who"], c["period"]) for c in draft.laid["clashes"]] == [("8A2", "teacher", van.pk)]
    text = body(deputy.get(f"/timetables/{draft.pk}/publish/"))
    assert "thầy cô đang có tiết khác" in text and f"/periods/{van.pk}/" in text
    assert "1 tiết chưa xếp được vì vướng tiết đã dời" in told(cast.deputy)


def test_campuses_ring_their_own_bells(cast: Cast, year: SchoolYear, head: Actor, deputy: Client) -> None:
    campus = Campus.objects.create(name="Điểm Đông")
    bells = BellSchedule.objects.create(campus=campus, shift="pm")
    from datetime import time

    BellPeriod.objects.create(schedule=bells, number=1, starts=time(13, 20), ends=time(14, 5))
    SchoolClass.objects.create(unit=cast.class_8a2, year=year, grade=8, campus=campus, shift="pm")
    draft = versions.create_version(by=head, year=year, name="Nháp", first=MONDAY)
    text = body(deputy.get(f"/timetables/{draft.pk}/?view=class&of={cast.class_8a2.pk}"))
    assert "13:20" in text and 'data-slot="1-pm-1"' in text and 'data-slot="1-pm-2"' not in text
