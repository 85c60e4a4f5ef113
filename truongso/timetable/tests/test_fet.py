"""FET's files: the .fet, its solution, and the timetables it exports."""

from __future__ import annotations

import pytest

from truongso.lib.sheets import read_workbook
from truongso.timetable.bringing import fet, listed
from truongso.timetable.tests import bring_files as make
from truongso.timetable.tests.bring_files import knows, told

KNOWS = knows()
YEARS = {"Khối 6": {"6A1": ["6A1 N1", "6A1 N2"], "6A2": []}, "7A1": {}}


def read(content: bytes, solution: bytes | None = None) -> list[fet.Said]:
    return fet.of_data(fet.parse(content), fet.parse(solution) if solution else None, "hk1.fet", KNOWS)


ACTIVITIES = [
    (1, "Toán", "Lan", "6A1", 2),
    (2, "GDTC", "Hà+Mai", "6A1+6A2", 1),
    (3, "Chào cờ", "", "Khối 6", 1),
    (4, "Tin", "Hà", "6A1 N1", 1),
]
PLACES = {1: ("Thứ 2", "1", ""), 2: ("Thứ 3", "3", "Sân bãi"), 3: ("Thứ 4", "5", ""), 4: ("Thứ 5", "4", "P.TH")}
WANTED = {"6A1 2?1 Toán/Lan", "6A1 2?2 Toán/Lan", "6A1 3?3 GDTC/Hà@Sân bãi", "6A2 3?3 GDTC/Hà@Sân bãi", "6A1 4?5 Chào cờ/",
          "6A2 4?5 Chào cờ/", "6A1 5?4 Tin/Hà@P.TH"}  # fmt: skip


@pytest.mark.parametrize("old", [True, False])
def test_locked_places_are_the_solution(old: bool) -> None:
    assert told(read(make.fet(ACTIVITIES, places=PLACES, years=YEARS, old=old))) == WANTED


def test_the_solution_beside_it_wins_over_locks() -> None:
    other = PLACES | {1: ("Thứ 6", "3", "")}
    found = told(read(make.fet(ACTIVITIES, places=PLACES, years=YEARS), make.solution(other)))
    assert {"6A1 6?3 Toán/Lan", "6A1 6?4 Toán/Lan"} <= found and "6A1 2?1 Toán/Lan" not in found


def test_several_classes_are_one_lesson_and_further_teachers_are_told() -> None:
    found = [one for one in read(make.fet(ACTIVITIES, places=PLACES, years=YEARS)) if one.subject == "GDTC"]
    assert (
        len({one.joint for one in found}) == 1 and found[0].joint and found[0].others == ["Mai"] and found[0].row == 2
    )


def test_an_activity_without_a_place_is_said_to_have_none() -> None:
    found = read(make.fet([*ACTIVITIES, (9, "Văn", "Hoa", "7A1", 1)], places=PLACES, years=YEARS))
    assert [(one.klass, one.row, one.problem) for one in found if one.problem] == [("7A1", 9, "unplaced")]


def test_days_of_two_halves_as_schools_here_name_them() -> None:
    days, hours = ["S2", "C2", "S3", "C3"], ["Tiết 1", "Tiết 2", "Tiết 3"]
    content = make.fet(
        [(1, "Toán", "Lan", "6A1", 2)],
        places={1: ("C2", "Tiết 2", "")},
        days=days,
        hours=hours,
        mode="Mornings_Afternoons",
    )
    assert told(read(content)) == {"6A1 2c2 Toán/Lan", "6A1 2c3 Toán/Lan"}
    unnamed = make.fet([(1, "Toán", "Lan", "6A1", 1)], places={1: ("D4", "Tiết 2", "")}, days=["D1", "D2", "D3", "D4"], hours=hours, mode="Mornings_Afternoons")  # fmt: skip
    assert told(read(unnamed)) == {"6A1 3c2 Toán/Lan"}


@pytest.mark.parametrize(
    ("hours", "hour", "told_as"),
    [([str(n) for n in range(1, 11)], "9", "2c4"), ([str(n) for n in range(1, 11)], "2", "2s2"), (["S1", "S2", "C1", "C2"], "C2", "2c2"),
     (["Sáng 1", "Sáng 2", "Chiều 1"], "Chiều 1", "2c1"), (["07:00", "07:50", "08:55"], "08:55", "2?3")],
)  # fmt: skip
def test_hours_by_whatever_name(hours: list[str], hour: str, told_as: str) -> None:
    content = make.fet(
        [(1, "Toán", "Lan", "6A1", 1)], places={1: ("Monday", hour, "")}, days=["Monday", "Tuesday"], hours=hours
    )
    assert told(read(content)) == {f"6A1 {told_as} Toán/Lan"}


def test_timetables_of_subgroups_and_of_teachers_say_the_same() -> None:
    cell = (1, "Lan", "Toán", "P.TH")
    students = make.students_xml({"6A1 Automatic Subgroup": {("Thứ 2", "1"): cell}, "6A2": {("Thứ 2", "1"): cell}})
    found = fet.of_timetable(fet.parse(students), "s.xml", KNOWS)
    assert told(found) == {"6A1 2?1 Toán/Lan@P.TH", "6A2 2?1 Toán/Lan@P.TH"} and len({one.joint for one in found}) == 1
    teachers = ('<?xml version="1.0"?><Teachers_Timetable><Teacher name="Lan"><Day name="Thứ 2"><Hour name="1"><Subject name="Toán"></Subject>'
                '<Students name="6A1"></Students><Students name="6A2"></Students><Room name="P.TH"></Room></Hour><Hour name="2"></Hour></Day></Teacher></Teachers_Timetable>')  # fmt: skip
    assert told(fet.of_timetable(fet.parse(teachers.encode()), "t.xml", KNOWS)) == told(found)


def test_the_csv_that_fet_exports() -> None:
    text = ('"Activity Id","Day","Hour","Students Sets","Subject","Teachers","Activity Tags","Room","Comments"\n'
            '"1","Thứ 2","1","6A1","Toán","Lan","","",""\n"1","Thứ 2","2","6A1","Toán","Lan","","",""\n'
            '"2","Thứ 3","3","6A1+6A2","GDTC","Hà+Mai","","Sân bãi",""\n')  # fmt: skip
    (sheet,) = read_workbook(text.encode("utf-8-sig"))
    found = listed.of_sheet(sheet, KNOWS)
    assert found is not None and found[1]
    assert told(found[0]) == {
        "6A1 2?1 Toán/Lan",
        "6A1 2?2 Toán/Lan",
        "6A1 3?3 GDTC/Hà@Sân bãi",
        "6A2 3?3 GDTC/Hà@Sân bãi",
    }
    assert found[0][2].others == ["Mai"] and found[0][2].joint == found[0][3].joint != ""


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"<fet><Activities_List>", "broken"), (b"<svg></svg>", "kind"),
     (b'<!DOCTYPE fet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><fet>&b;</fet>', "broken")],
)  # fmt: skip
def test_hostile_or_foreign_xml_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(fet.NotFet) as told_:
        fet.parse(content)
    assert told_.value.why == why


def test_the_tables_of_rooms_say_the_room() -> None:
    table = """<?xml version="1.0"?><Rooms_Timetable><Room name="P.TH"><Day name="Thứ 2"><Hour name="1"><Activity id="1"></Activity>
    <Teacher name="Nguyễn Thị Lan"></Teacher><Subject name="Toán"></Subject><Students name="6A1"></Students></Hour></Day></Room></Rooms_Timetable>"""
    (said,) = fet.of_timetable(fet.parse(table.encode()), "rooms.xml", KNOWS)
    assert (said.klass, said.weekday, said.number, said.room) == ("6A1", 1, 1, "P.TH")
