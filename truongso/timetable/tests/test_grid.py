"""Laying a timetable on its page: real rows, the named cast, every way of moving a lesson."""

from __future__ import annotations

import json
import re
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import YEAR, Cast, client_of
from truongso.conditions.models import Room
from truongso.people.actor import Actor
from truongso.people.models import Unit, UnitKind
from truongso.roster.models import TeachingAssignment
from truongso.school.models import SchoolClass, SchoolYear, Subject, SubjectGrade
from truongso.timetable.actions import cells, versions
from truongso.timetable.cells import Content
from truongso.timetable.models import Entry, TimetableVersion
from truongso.timetable.queries import grid
from truongso.timetable.tests.conftest import MONDAY, TOAN, VAN, put

Draft = TimetableVersion


@pytest.fixture
def draft(cast: Cast, head: Actor, year: SchoolYear) -> Draft:
    """8A2: Toán by Mai on Monday 1 and Tuesday 1, Văn by Hương on Monday 2; 7A1: Văn by Mai on Wednesday 1."""
    for unit, grade in ((cast.class_8a2, 8), (cast.class_7a1, 7)):
        SchoolClass.objects.create(unit=unit, year=year, grade=grade)
        for code, who in ((TOAN, cast.teacher), (VAN, cast.homeroom)):
            subject = Subject.objects.get(code=code)
            TeachingAssignment.objects.create(unit=unit, subject=subject, person=who.person, during=YEAR)
    for grade in (7, 8):
        for code, first, second in ((TOAN, 4, 4), (VAN, 1, 2)):
            SubjectGrade.objects.create(
                year=year, subject=Subject.objects.get(code=code), grade=grade, periods=52, weekly_term_1=first,
                weekly_term_2=second,
            )  # fmt: skip
    made = versions.create_version(by=head, year=year, name="Nháp", first=MONDAY)
    put(head, made, cast.class_8a2, 1, 1, TOAN, cast.teacher)
    put(head, made, cast.class_8a2, 2, 1, TOAN, cast.teacher)
    put(head, made, cast.class_8a2, 1, 2, VAN, cast.homeroom)
    put(head, made, cast.class_7a1, 3, 1, VAN, cast.teacher)
    return made


@pytest.fixture
def planner(cast: Cast) -> Client:
    return client_of(cast.deputy)


def at(version: Draft, unit: Unit, weekday: int, number: int) -> Entry | None:
    return Entry.objects.filter(version=version, unit=unit, weekday=weekday, number=number, shift="am").first()


def cell(version: Draft, unit: Unit, weekday: int, number: int) -> Entry:
    found = at(version, unit, weekday, number)
    assert found is not None
    return found


def page_of(version: Draft, unit: Unit) -> str:
    return f"/timetables/{version.pk}/?view=class&of={unit.pk}"


def act(client: Client, version: Draft, klass: Unit, **values: object):  # type: ignore[no-untyped-def]
    return client.post(f"/timetables/{version.pk}/act/?view=class&of={klass.pk}", values)


def body(answer) -> str:  # type: ignore[no-untyped-def]
    return re.sub(r"\s+", " ", answer.content.decode())


def undo_address(text: str) -> str:
    found = re.findall(r'action="(/timetables/\d+/undo/[^"]+)"', text)
    assert found, "no way back is offered"
    return str(found[-1]).replace("&amp;", "&")


def test_the_tray_says_what_is_missing(cast: Cast, draft: Draft, planner: Client) -> None:
    text = body(planner.get(page_of(draft, cast.class_8a2)))
    assert "Còn 2 tiết chưa xếp" in text and "2/4" in text and "1/1" in text


def test_the_second_semester_has_its_own_counts(cast: Cast, head: Actor, draft: Draft, planner: Client) -> None:
    """52 periods a year: 1 a week in term I, 2 in term II."""
    from datetime import date

    from django.db.backends.postgresql.psycopg_any import DateRange

    from truongso.school.models import Term

    spring = DateRange(date(2031, 1, 13), date(2031, 5, 25))
    Term.objects.create(year=draft.year, number=2, during=spring, weeks=17)
    later = versions.create_version(by=head, year=draft.year, name="Kì II", first=date(2031, 1, 13), copy_from=draft)
    assert "1/2" in body(planner.get(page_of(later, cast.class_8a2)))


def test_a_lesson_moves_and_the_way_back_leads_back(cast: Cast, draft: Draft, planner: Client) -> None:
    toan = cell(draft, cast.class_8a2, 1, 1)
    answer = act(planner, draft, cast.class_8a2, do="move", entry=toan.pk, to="5-am-4", there=0)
    assert answer.status_code == 302
    text = body(planner.get(answer.headers["Location"]))
    assert "Đã chuyển Toán sang thứ Sáu, tiết 4 sáng." in text
    assert at(draft, cast.class_8a2, 1, 1) is None and cell(draft, cast.class_8a2, 5, 4).subject.code == TOAN
    planner.post(undo_address(text))
    assert cell(draft, cast.class_8a2, 1, 1).subject.code == TOAN and at(draft, cast.class_8a2, 5, 4) is None


def test_two_lessons_change_places_and_back(cast: Cast, draft: Draft, planner: Client) -> None:
    toan, van = cell(draft, cast.class_8a2, 1, 1), cell(draft, cast.class_8a2, 1, 2)
    answer = act(planner, draft, cast.class_8a2, do="move", entry=toan.pk, to="1-am-2", there=van.pk)
    assert [cell(draft, cast.class_8a2, 1, n).subject.code for n in (1, 2)] == [VAN, TOAN]
    planner.post(undo_address(body(planner.get(answer.headers["Location"]))))
    assert [cell(draft, cast.class_8a2, 1, n).subject.code for n in (1, 2)] == [TOAN, VAN]


def test_a_clash_is_told_at_the_cell_and_nothing_is_lost(cast: Cast, draft: Draft, planner: Client) -> None:
    toan = cell(draft, cast.class_8a2, 1, 1)
    answer = act(planner, draft, cast.class_8a2, do="move", entry=toan.pk, to="3-am-1", there=0)
    text = body(answer)
    assert answer.status_code == 422 and "Giáo viên đã có tiết ở lớp khác vào giờ này." in text
    assert 'data-slot="3-am-1" data-refused' in text
    assert cell(draft, cast.class_8a2, 1, 1).pk == toan.pk


def test_the_second_of_two_planners_is_told(cast: Cast, draft: Draft, planner: Client, head: Actor) -> None:
    seen = cell(draft, cast.class_8a2, 1, 1)
    cells.move_lesson(by=head, version=draft, entry_id=seen.pk, to=(4, "am", 3))
    answer = act(planner, draft, cast.class_8a2, do="move", entry=seen.pk, to="5-am-1", there=0)
    assert answer.status_code == 409 and "vừa được người khác sửa" in body(answer)
    assert f'data-entry="{cell(draft, cast.class_8a2, 4, 3).pk}"' in body(answer), "the grid is fresh"
    # what stood at the target is not what was seen: nothing is swapped unawares
    van = cell(draft, cast.class_8a2, 1, 2)
    answer = act(planner, draft, cast.class_8a2, do="move", entry=van.pk, to="4-am-3", there=0)
    assert answer.status_code == 409 and cell(draft, cast.class_8a2, 1, 2).pk == van.pk


def test_undo_does_not_tread_on_what_was_done_since(cast: Cast, draft: Draft, planner: Client, head: Actor) -> None:
    toan = cell(draft, cast.class_8a2, 1, 1)
    answer = act(planner, draft, cast.class_8a2, do="move", entry=toan.pk, to="5-am-4", there=0)
    back = undo_address(body(planner.get(answer.headers["Location"])))
    cells.move_lesson(by=head, version=draft, entry_id=cell(draft, cast.class_8a2, 5, 4).pk, to=(5, "am", 5))
    assert planner.post(back).status_code == 409
    assert cell(draft, cast.class_8a2, 5, 5).subject.code == TOAN


def test_placing_from_the_tray_and_taking_out(cast: Cast, draft: Draft, planner: Client) -> None:
    toan = Subject.objects.get(code=TOAN)
    what = f"{toan.pk}-0-{cast.teacher.person_id}-0"
    act(planner, draft, cast.class_8a2, do="put", unit=cast.class_8a2.pk, what=what, to="6-am-5", there=0)
    made = cell(draft, cast.class_8a2, 6, 5)
    assert (made.subject_id, made.person_id) == (toan.pk, cast.teacher.person_id)
    answer = act(planner, draft, cast.class_8a2, do="remove", entry=made.pk)
    assert at(draft, cast.class_8a2, 6, 5) is None
    planner.post(undo_address(body(planner.get(answer.headers["Location"]))))
    assert cell(draft, cast.class_8a2, 6, 5).person_id == cast.teacher.person_id
    assert act(planner, draft, cast.class_8a2, do="put", unit=999, what=what, to="6-am-4").status_code == 404


def marks_of(client: Client, version: Draft, **asked: object) -> dict[str, list[object]]:
    answer = client.get(f"/timetables/{version.pk}/marks/", asked)
    assert answer.status_code == 200
    found: dict[str, list[object]] = json.loads(answer.content)["marks"]
    return found


def test_every_slot_says_what_it_is_for_the_lesson_in_hand(
    cast: Cast, draft: Draft, planner: Client, head: Actor
) -> None:
    put(head, draft, cast.class_7a1, 1, 1, VAN, cast.homeroom)  # Hương is elsewhere when Toán would give way to her
    toan, van = cell(draft, cast.class_8a2, 1, 1), cell(draft, cast.class_8a2, 1, 2)
    found = marks_of(planner, draft, entry=toan.pk)
    assert found["1-am-1"][0] == "here"
    assert found["4-am-4"] == ["free", "", 0, ""]
    assert found["3-am-1"] == ["busy", "dạy 7A1", 0, "Vũ Thị Mai dạy 7A1"]
    assert found["1-am-2"] == ["back", "vướng 7A1", van.pk, "đổi chỗ thì Đặng Thu Hương vướng 7A1"]
    assert found["2-am-1"][0] == "swap"
    what = f"{toan.subject_id}-0-{cast.teacher.person_id}-0"
    tray = marks_of(planner, draft, unit=cast.class_8a2.pk, what=what)
    assert (tray["3-am-1"][0], tray["1-am-2"][0], tray["5-am-5"][0]) == ("busy", "over", "free")


def test_marks_and_database_agree(cast: Cast, draft: Draft, planner: Client, head: Actor) -> None:
    """What is shown as possible is possible, what is shown as impossible is refused: every lesson, every slot."""
    put(head, draft, cast.class_7a1, 1, 1, VAN, cast.homeroom)
    room = Room.objects.create(name="Phòng Tin")
    Entry.objects.filter(version=draft, weekday__in=(2, 3)).update(room=room)
    for entry in list(draft.entries.all()):
        for code, (state, *_words) in marks_of(planner, draft, entry=entry.pk).items():
            day, shift, number = code.split("-")
            from django.db import transaction

            with transaction.atomic():
                try:
                    cells.move_lesson(by=head, version=draft, entry_id=entry.pk, to=(int(day), shift, int(number)))
                    went = True
                except ValidationError:
                    went = False
                transaction.set_rollback(True)
            assert went == (state in {"free", "swap", "here"}), (entry.pk, code, state)


def test_a_room_holds_one_class(cast: Cast, draft: Draft, planner: Client) -> None:
    room = Room.objects.create(name="Phòng Tin")
    Entry.objects.filter(pk=cell(draft, cast.class_8a2, 1, 2).pk).update(room=room)
    Entry.objects.filter(pk=cell(draft, cast.class_7a1, 3, 1).pk).update(room=room)
    van = cell(draft, cast.class_8a2, 1, 2)
    assert marks_of(planner, draft, entry=van.pk)["3-am-1"][0::3] == ["room", "Phòng Tin có lớp 7A1"]
    answer = act(planner, draft, cast.class_8a2, do="move", entry=van.pk, to="3-am-1", there=0)
    assert answer.status_code == 422 and "Phòng đã có lớp khác" in body(answer)


def test_a_joint_lesson_moves_as_one_and_is_not_torn(cast: Cast, draft: Draft, head: Actor, planner: Client) -> None:
    toan = Subject.objects.get(code=TOAN)
    joint = Content(toan.pk, None, cast.group_head.person_id, None, "", uuid4())
    both = [cast.class_8a2.pk, cast.class_7a1.pk]
    cells.put_lesson(by=head, version=draft, units=both, slot=(5, "am", 1), content=joint)
    one = cell(draft, cast.class_8a2, 5, 1)
    cells.move_lesson(by=head, version=draft, entry_id=one.pk, to=(6, "am", 1))
    assert cell(draft, cast.class_7a1, 6, 1).lesson == cell(draft, cast.class_8a2, 6, 1).lesson
    alone = cell(draft, cast.class_8a2, 1, 1)
    assert marks_of(planner, draft, entry=alone.pk)["6-am-1"][0] == "joint"
    with pytest.raises(ValidationError, match="học ghép với 7A1"):
        cells.move_lesson(by=head, version=draft, entry_id=alone.pk, to=(6, "am", 1))
    assert "7A1, 8A2" in body(planner.get(f"/timetables/{draft.pk}/?view=teacher&of={cast.group_head.person_id}"))


def test_the_form_of_a_cell_does_all_of_it_without_script(cast: Cast, draft: Draft, planner: Client) -> None:
    room = Room.objects.create(name="Phòng Tin")
    now = cell(draft, cast.class_8a2, 1, 1)
    address = f"/timetables/{draft.pk}/cell/{cast.class_8a2.pk}/1-am-1/"
    assert "như hiện nay" in body(planner.get(address))
    values = {"what": "now", "person": cast.group_head.person_id, "room": room.pk, "label": "", "there": now.pk}
    answer = planner.post(address, {**values, "units": [cast.class_7a1.pk]})
    assert answer.status_code == 302, body(answer)
    for unit in (cast.class_8a2, cast.class_7a1):
        made = cell(draft, unit, 1, 1)
        assert (made.person_id, made.room_id, made.lesson) == (cast.group_head.person_id, room.pk, now.lesson)
    stale = planner.post(address, values)
    assert stale.status_code == 422 and "vừa được người khác sửa" in body(stale)
    # a shared lesson that is no longer shared leaves the other class
    values["there"] = cell(draft, cast.class_8a2, 1, 1).pk
    planner.post(address, values)
    assert at(draft, cast.class_7a1, 1, 1) is None


def test_the_form_says_the_clash_and_keeps_what_was_chosen(cast: Cast, draft: Draft, planner: Client) -> None:
    address = f"/timetables/{draft.pk}/cell/{cast.class_8a2.pk}/3-am-1/"
    toan = Subject.objects.get(code=TOAN)
    answer = planner.post(address, {"what": f"{toan.pk}-0-{cast.teacher.person_id}-0", "label": "Ôn", "there": 0})
    text = body(answer)
    assert answer.status_code == 422 and "Giáo viên đã có tiết ở lớp khác" in text and 'value="Ôn"' in text
    assert planner.post(address, {"what": ""}).status_code == 422


def test_fixed_periods_of_the_week_have_their_names(cast: Cast, draft: Draft, planner: Client) -> None:
    made, _new = Subject.objects.get_or_create(code="hdtn", defaults={"name": "Trải nghiệm", "short_name": "HĐTN"})
    SubjectGrade.objects.create(
        year=draft.year, subject=made, grade=8, periods=105, weekly_term_1=3, weekly_term_2=3
    )  # fmt: skip
    act(planner, draft, cast.class_8a2, do="put", unit=cast.class_8a2.pk, what=f"{made.pk}-0-0-1", to="1-am-5", there=0)
    assert cell(draft, cast.class_8a2, 1, 5).label == "Chào cờ"
    text = body(planner.get(page_of(draft, cast.class_8a2)))
    assert f'data-what="{made.pk}-0-0-1"' not in text and f'data-what="{made.pk}-0-0-2"' in text


def test_the_salute_is_placed_for_every_class_at_once_and_taken_back_at_once(
    cast: Cast, draft: Draft, planner: Client
) -> None:
    made, _new = Subject.objects.get_or_create(code="hdtn", defaults={"name": "Trải nghiệm", "short_name": "HĐTN"})
    for unit, who in ((cast.class_8a2, cast.homeroom), (cast.class_7a1, cast.other_homeroom)):
        TeachingAssignment.objects.create(unit=unit, subject=made, person=who.person, during=YEAR)
    address = f"/timetables/{draft.pk}/cell/{cast.class_8a2.pk}/2-am-5/"
    what = f"{made.pk}-0-{cast.homeroom.person_id}-1"
    answer = planner.post(address, {"what": what, "there": 0, "everywhere": "on"})
    found = [cell(draft, unit, 2, 5) for unit in (cast.class_8a2, cast.class_7a1)]
    assert [(e.label, e.person_id) for e in found] == [
        ("Chào cờ", cast.homeroom.person_id), ("Chào cờ", cast.other_homeroom.person_id)]  # fmt: skip
    assert found[0].lesson != found[1].lesson
    planner.post(undo_address(body(planner.get(answer.headers["Location"]))))
    assert at(draft, cast.class_8a2, 2, 5) is None and at(draft, cast.class_7a1, 2, 5) is None


def test_an_applied_timetable_is_not_touched(cast: Cast, published: TimetableVersion, planner: Client) -> None:
    entry = published.entries.first()
    assert entry is not None
    answer = act(planner, published, cast.class_8a2, do="move", entry=entry.pk, to="5-am-5")
    assert answer.status_code == 422 and "đã áp dụng" in body(answer)


@pytest.mark.parametrize("view", ["class", "teacher", "room", "school"])
def test_staff_read_what_is_applied_and_not_the_drafts(
    cast: Cast, published: TimetableVersion, head: Actor, view: str
) -> None:
    draft = versions.create_version(by=head, year=published.year, name="Nháp", first=MONDAY)
    for who in (cast.teacher, cast.clerk, cast.inspector):
        client = client_of(who)
        answer = client.get(f"/timetables/{published.pk}/?view={view}")
        assert answer.status_code == 200 and "data-marks" not in body(answer)
        assert client.get(f"/timetables/{draft.pk}/?view={view}").status_code == 404
        assert client.get(f"/timetables/{published.pk}/marks/").status_code == 404
    for who in (cast.pupil, cast.guardian, cast.stranger):
        assert client_of(who).get(f"/timetables/{published.pk}/").status_code == 404


def test_odd_addresses_are_missing_not_broken(cast: Cast, draft: Draft, planner: Client) -> None:
    assert planner.get(f"/timetables/{draft.pk}/?view=xyz&of=zz").status_code == 200
    assert planner.get(f"/timetables/{draft.pk}/marks/").status_code == 404
    assert planner.get(f"/timetables/{draft.pk}/marks/?entry=99999").status_code == 409
    assert planner.get(f"/timetables/{draft.pk}/cell/{cast.class_8a2.pk}/9-am-1/").status_code == 404
    assert act(planner, draft, cast.class_8a2, do="move", entry=1, to="9-9").status_code == 404
    assert act(planner, draft, cast.class_8a2, do="dance", to="1-am-1").status_code == 404
    assert planner.post(f"/timetables/{draft.pk}/undo/wrong/").status_code == 404


def many(version: Draft, year: SchoolYear, classes: int) -> None:
    """More classes, each with a week of lessons and with teachers of its own."""
    from tests.cast import person

    toan = Subject.objects.get(code=TOAN)
    for n in range(classes):
        unit = Unit.objects.create(kind=UnitKind.CLASS, name=f"9B{n}", school_year="2030-2031", during=YEAR)
        SchoolClass.objects.create(unit=unit, year=year, grade=8)
        who = person(f"Giáo viên {n}")
        TeachingAssignment.objects.create(unit=unit, subject=toan, person=who, during=YEAR)
        Entry.objects.bulk_create(
            Entry(version=version, unit=unit, weekday=d, shift="am", number=k, subject=toan, person=who)
            for d in range(1, 7) for k in range(1, 6)
        )  # fmt: skip


def test_pages_and_moves_cost_the_same_for_a_large_school(
    cast: Cast, draft: Draft, planner: Client, year: SchoolYear
) -> None:
    def costs() -> list[int]:
        found = []
        entry = cell(draft, cast.class_8a2, 1, 1)
        asked = [
            lambda: planner.get(page_of(draft, cast.class_8a2)),
            lambda: planner.get(f"/timetables/{draft.pk}/?view=school"),
            lambda: planner.get(f"/timetables/{draft.pk}/check/"),
            lambda: planner.get(f"/timetables/{draft.pk}/marks/?entry={entry.pk}"),
            lambda: planner.get("/timetables/"),
            lambda: act(planner, draft, cast.class_8a2, do="move", entry=entry.pk, to="5-am-5", there=0),
        ]
        for ask in asked:
            with CaptureQueriesContext(connection) as queries:
                assert ask().status_code in {200, 302}
            found.append(len(queries))
        moved = cell(draft, cast.class_8a2, 5, 5)
        act(planner, draft, cast.class_8a2, do="move", entry=moved.pk, to="1-am-1", there=0)
        return found

    costs()  # sessions and caches are warm
    small = costs()
    many(draft, year, 12)
    assert costs() == small
    assert max(small) < 45


def test_reads_around_a_cell_are_two_queries(draft: Draft, cast: Cast, django_assert_num_queries: object) -> None:
    entry = cell(draft, cast.class_8a2, 1, 1)
    with django_assert_num_queries(2):  # type: ignore[operator]
        grid.around(draft, entry.pk)
    with django_assert_num_queries(1):  # type: ignore[operator]
        grid.held(draft, Q(unit=entry.unit_id))
