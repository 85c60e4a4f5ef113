"""Reading grids as schools print them: every layout gives the same lessons."""

from __future__ import annotations

import pytest

from truongso.lib.sheets import read_workbook
from truongso.timetable.bringing import cell, grid, listed, words
from truongso.timetable.bringing.said import Knows, Said
from truongso.timetable.tests.bring_files import knows, told, xlsx

KNOWS = knows()


def read(content: bytes, known: Knows = KNOWS) -> list[Said]:
    found: list[Said] = []
    for sheet in read_workbook(content):
        as_list = listed.of_sheet(sheet, known)
        found += as_list[0] if as_list else grid.of_sheet(sheet, known)
    return found


@pytest.mark.parametrize(
    ("text", "subject", "teacher", "room"),
    [
        ("Toán - Lan", "Toán", "Lan", ""), ("Toán\nLan", "Toán", "Lan", ""), ("Toán (Lan)", "Toán", "Lan", ""),
        ("Toán-T.Lan", "Toán", "T.Lan", ""), ("T.Anh - Hà", "T.Anh", "Hà", ""), ("Chào cờ", "Chào cờ", "", ""), ("SHL", "SHL", "", ""),
        ("KHTN (Hoá) - Tuấn", "KHTN (Hoá)", "Tuấn", ""), ("KHTN\n(Sinh)\nTuấn", "KHTN (Sinh)", "Tuấn", ""), ("LS-ĐL", "LS-ĐL", "", ""),
        ("HĐTN-HN - Mai", "HĐTN-HN", "Mai", ""), ("Lan - Toán", "Toán", "Lan", ""), ("Tiếng Anh Hà", "Tiếng Anh", "Hà", ""),
        ("Toán - Lan - P12", "Toán", "Lan", "12"), ("Tin - Hà - P.TH", "Tin", "Hà", "P.TH"), ("GDTC (Hà) (Sân bãi)", "GDTC", "Hà", "Sân bãi"),
        ("KHTN (Hoá) - Tuấn (Phòng Tin)", "KHTN (Hoá)", "Tuấn", "Tin"), ("LS&ĐL (Sử) Hà", "LS&ĐL (Sử)", "Hà", ""),
        ("Toán: Nguyễn Thị Lan", "Toán", "Nguyễn Thị Lan", ""), ("Vẽ - Hà", "Vẽ", "Hà", ""), ("Toán\nHòa", "Toán", "Hòa", ""),
        ("Vẽ - Hoa", "Vẽ", "Hoa", ""), ("Hoa - Toán", "Toán", "Hoa", ""),
    ],
)  # fmt: skip
def test_a_cell_says_subject_teacher_and_room(text: str, subject: str, teacher: str, room: str) -> None:
    made = cell.of_class(text, KNOWS)
    assert (made.subject, made.teacher, made.room, made.problem) == (subject, teacher, room, "")


@pytest.mark.parametrize("text", ["Toán-Lan; Văn-Hoa", "Nhạc/MT", "Toán - Lan\nVăn - Hoa"])
def test_two_lessons_in_one_cell_are_said_to_be_two(text: str) -> None:
    assert cell.of_class(text, KNOWS).problem == "two"


@pytest.mark.parametrize(
    ("text", "subject", "classes"),
    [("Toán 6A1", "Toán", ("6A1",)), ("6A1 - Toán", "Toán", ("6A1",)), ("6A1", "", ("6A1",)), ("Toán (6A1)", "Toán", ("6A1",)),
     ("Toán 6A1, 6A2", "Toán", ("6A1", "6A2")), ("KHTN (Lí) 8A2 P.203", "KHTN (Lí)", ("8A2",)), ("Toán\n6/1", "Toán", ("6/1",))],
)  # fmt: skip
def test_a_cell_of_a_teachers_own_timetable(text: str, subject: str, classes: tuple[str, ...]) -> None:
    made = cell.of_teacher(text, KNOWS)
    assert (made.subject, made.classes) == (subject, classes)


@pytest.mark.parametrize(
    ("text", "day"),
    [("Thứ 2", (1, "")), ("T7", (6, "")), ("Hai", (1, "")), ("năm", (4, "")), ("Nam", None), ("Monday", (1, "")), ("Thu", None),
     ("Thứ 2\n(05/9)", (1, "")), ("Thứ 3 sáng", (2, "am")), ("Sáng thứ 4", (3, "am")), ("CN", (7, "")), ("Chủ nhật", (7, "")), ("2", None),
     ("THỨ BẢY", (6, "")), ("Thứ hai 7/9/2026", (1, ""))],
)  # fmt: skip
def test_the_words_for_a_day(text: str, day: tuple[int, str] | None) -> None:
    assert words.day_of(text) == day


@pytest.mark.parametrize(("text", "number"), [("Tiết 1", 1), ("3", 3), ("1 (7h00-7h45)", 1), ("Tiết 1\n7h - 7h45", 1), ("7:00 - 7:45", None), ("T3", None)])  # fmt: skip
def test_the_words_for_a_period(text: str, number: int | None) -> None:
    assert words.number_of(text) == number


WANTED = {
    "6A1 2?1 Chào cờ/", "6A1 2?2 Toán/Lan", "6A1 3?1 T.Anh/Hà", "6A2 2?1 Chào cờ/", "6A2 2?2 Văn/Hoa", "6A2 3?1 Tin/Mai",
}  # fmt: skip
CELLS = {("6A1", 2, 1): "Chào cờ", ("6A1", 2, 2): "Toán\nLan", ("6A1", 3, 1): "T.Anh - Hà",
         ("6A2", 2, 1): "Chào cờ", ("6A2", 2, 2): "Văn (Hoa)", ("6A2", 3, 1): "Tin-Mai"}  # fmt: skip


def classes_across() -> bytes:
    """The usual form: title rows, "Thứ" merged down, homeroom teachers below the classes, notes at the end."""
    rows = [
        ["TRƯỜNG THCS BÌNH MINH"],
        ["THỜI KHOÁ BIỂU SỐ 3"],
        ["Áp dụng từ 05/9/2026"],
        ["THỨ", "TIẾT", "6A1", "6A2"],
        ["", "", "Lan", "Hoa"],
    ]
    for day in (2, 3):
        for number in (1, 2, 3):
            rows.append(
                [f"Thứ {day}", number, CELLS.get(("6A1", day, number), ""), CELLS.get(("6A2", day, number), "x")]
            )
    rows += [["Ghi chú: tiết 1 thứ Hai cả trường chào cờ."], ["", "", "", "Hiệu trưởng"]]
    return xlsx({"TKB": rows}, {"TKB": [(1, 0, 1, 3), (3, 0, 4, 0), (5, 0, 7, 0), (8, 0, 10, 0), (5, 2, 5, 3)]})


def bare_numbers_and_times() -> bytes:
    """Days as bare numbers under "Thứ", not merged; a column of times; class headings with the homeroom teacher."""
    rows = [["Thứ", "Tiết", "Giờ", "6A1 (Lan)", "6A2\nHoa"]]
    for day in (2, 3):
        for number in (1, 2):
            rows.append([str(day) if number == 1 else "", str(number), f"{6 + number}h00-{6 + number}h45",
                         CELLS.get(("6A1", day, number), "-"), CELLS.get(("6A2", day, number), "")])  # fmt: skip
    return xlsx({"Sheet1": rows})


def blocks_side_by_side() -> bytes:
    rows = [
        ["LỚP 6A1", "", "", "", "", "LỚP 6A2"],
        ["Tiết", "Thứ 2", "Thứ 3", "Thứ 4", "", "Tiết", "Thứ 2", "Thứ 3", "Thứ 4"],
    ]
    for number in (1, 2):
        side = [[number, *(CELLS.get((k, day, number), "") for day in (2, 3, 4)), ""] for k in ("6A1", "6A2")]
        rows.append([*side[0], *side[1]])
    return xlsx({"TKB lớp": rows})


def a_sheet_a_class() -> bytes:
    return xlsx({
        f"Lớp {k}": [["Tiết", "Hai", "Ba", "Tư"], *([f"Tiết {n}", *(CELLS.get((k, d, n), "") for d in (2, 3, 4))] for n in (1, 2))]
        for k in ("6A1", "6A2")
    })  # fmt: skip


def classes_down() -> bytes:
    head = [["Lớp", "Thứ 2", "", "Thứ 3", ""], ["", 1, 2, 1, 2]]
    rows = [[k, *(CELLS.get((k, d, n), "") for d in (2, 3) for n in (1, 2))] for k in ("6A1", "6A2")]
    return xlsx({"S": [*head, *rows, ["Hiệu trưởng"]]}, {"S": [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)]})


def classes_down_without_merges() -> bytes:
    rows = [["Lớp", "Thứ 2", "", "Thứ 3", ""], ["", 1, 2, 1, 2]]
    rows += [
        [k, *(CELLS.get((k, d, n), "").replace("\n", " - ") for d in (2, 3) for n in (1, 2))] for k in ("6A1", "6A2")
    ]
    return "\n".join(";".join(f'"{c}"' for c in row) for row in rows).encode("utf-16")


def grades_above() -> bytes:
    rows = [["Thứ", "Tiết", "KHỐI 6", ""], ["", "", "6A1", "6A2"]]
    rows += [
        [f"T{d}" if n == 1 else "", n, *(CELLS.get((k, d, n), "") for k in ("6A1", "6A2"))]
        for d in (2, 3)
        for n in (1, 2)
    ]
    return xlsx({"S": rows}, {"S": [(0, 2, 0, 3)]})


def one_class_a_block_below() -> bytes:
    rows: list[list[object]] = []
    for k in ("6A1", "6A2"):
        rows += [[f"THỜI KHÓA BIỂU LỚP {k}"], ["Thứ", 2, 3, 4, 5, 6]]
        rows += [[f"Tiết {n}", *(CELLS.get((k, d, n), "") for d in (2, 3, 4, 5, 6))] for n in (1, 2)]
        rows += [[""]]
    return xlsx({"S": rows})


def html_called_xls() -> bytes:
    body = "".join(
        f"<tr>{'<td rowspan=2>Thứ ' + str(d) + '</td>' if n == 1 else ''}<td>{n}</td>"
        + "".join(f"<td>{CELLS.get((k, d, n), '').replace(chr(10), '<br>')}</td>" for k in ("6A1", "6A2"))
        + "</tr>"
        for d in (2, 3) for n in (1, 2)
    )  # fmt: skip
    return f"<html><body><table><tr><th>Thứ</th><th>Tiết</th><th>6A1</th><th>6A2</th></tr>{body}</table></body></html>".encode()


def a_row_a_lesson() -> bytes:
    rows: list[list[object]] = [["Lớp", "Thứ", "Tiết", "Môn học", "Giáo viên"]]
    for (k, d, n), text in CELLS.items():
        made = cell.of_class(text, KNOWS)
        rows.append([k, d, n, made.subject, made.teacher])
    return xlsx({"S": rows})


def subject_and_teacher_in_two_columns() -> bytes:
    rows = [["Thứ", "Tiết", "6A1", "", "6A2", ""], ["", "", "Môn", "GV", "Môn", "GV"]]
    for d, n in ((2, 1), (2, 2), (3, 1)):
        made = [cell.of_class(CELLS[k, d, n], KNOWS) for k in ("6A1", "6A2")]
        rows.append([str(d) if n == 1 else "", n, *(part for m in made for part in (m.subject, m.teacher))])
    return xlsx({"S": rows}, {"S": [(0, 2, 0, 3), (0, 4, 0, 5)]})


def teachers_in_a_row_of_their_own() -> bytes:
    rows = [["Thứ", "Tiết", "6A1", "6A2"]]
    for d, n in ((2, 1), (2, 2), (3, 1)):
        made = [cell.of_class(CELLS[k, d, n], KNOWS) for k in ("6A1", "6A2")]
        rows += [[f"Thứ {d}" if n == 1 else "", n, *(m.subject for m in made)], ["", "", *(m.teacher for m in made)]]
    return xlsx({"S": rows}, {"S": [(1, 1, 2, 1), (3, 1, 4, 1)]})


def days_and_classes_down() -> bytes:
    rows = [["Thứ", "Lớp", "Tiết 1", "Tiết 2"]]
    rows += [
        [f"Thứ {d}" if k == "6A1" else "", k, *(CELLS.get((k, d, n), "") for n in (1, 2))]
        for d in (2, 3)
        for k in ("6A1", "6A2")
    ]
    return xlsx({"S": rows}, {"S": [(1, 0, 2, 0), (3, 0, 4, 0)]})


LAYOUTS = (subject_and_teacher_in_two_columns, teachers_in_a_row_of_their_own, days_and_classes_down, classes_across, bare_numbers_and_times, blocks_side_by_side, a_sheet_a_class, classes_down, classes_down_without_merges,
           grades_above, one_class_a_block_below, html_called_xls, a_row_a_lesson)  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
def test_every_layout_gives_the_same_lessons(layout: object) -> None:
    assert told(read(layout())) == WANTED  # type: ignore[operator]


@pytest.mark.parametrize(
    "rows",
    [
        [["Giáo viên: Nguyễn Thị Lan"], ["Tiết", "Thứ 2", "Thứ 3", "Thứ 4"], [1, "Toán 6A1", "", "6A2"], [2, "6A1 - Toán", "Toán (7A1)", ""]],
        [["STT", "Họ và tên", "Thứ 2", "", "Thứ 3", "", "Thứ 4", ""], ["", "", 1, 2, 1, 2, 1, 2],
         [1, "Nguyễn Thị Lan", "Toán 6A1", "Toán 6A1", "", "Toán 7A1", "6A2", ""], [2, "Trần Thu Hà", "", "", "", "", "", ""]],
        [["Thứ", "Tiết", "Nguyễn Thị Lan", "Trần Thu Hà"], ["Thứ 2", 1, "Toán 6A1", ""], ["", 2, "Toán 6A1", ""], ["Thứ 3", 2, "Toán 7A1", ""], ["Thứ 4", 1, "6A2", ""]],
    ],
)  # fmt: skip
def test_teachers_own_timetables(rows: list[list[object]]) -> None:
    who = "Nguyễn Thị Lan"
    found = read(xlsx({"GV": rows}))
    assert told(found) == {f"6A1 2?1 Toán/{who}", f"6A1 2?2 Toán/{who}", f"7A1 3?2 Toán/{who}", f"6A2 4?1 /{who}"}


def test_both_halves_of_the_day_however_they_are_said() -> None:
    grid_ = [["Thứ", "Tiết", "6A1", "6A2"], ["Thứ 2", 1, "Toán", "Văn"]]
    am, pm = {"6A1 2s1 Toán/", "6A2 2s1 Văn/"}, {"6A1 2c1 Toán/", "6A2 2c1 Văn/"}
    assert told(read(xlsx({"Sáng": grid_, "Chiều": grid_}))) == am | pm
    assert told(read(xlsx({"S": [["BUỔI SÁNG"], *grid_, [""], ["BUỔI CHIỀU"], *grid_]}))) == am | pm
    column = [["Thứ", "Buổi", "Tiết", "6A1", "6A2"], ["2", "Sáng", 1, "Toán", "Văn"], ["", "Chiều", 1, "Toán", "Văn"]]
    assert told(read(xlsx({"S": column}))) == am | pm
    restart = [["Thứ", "Tiết", "6A1", "6A2"], ["Thứ 2", 1, "Toán", "Văn"], ["", 1, "Toán", "Văn"]]
    assert told(read(xlsx({"S": restart}))) == am | pm
    section = [["Tiết", "Thứ 2", "Thứ 3", "Thứ 4"], [1, "Toán", "", ""], ["Buổi chiều"], [1, "Toán", "", ""]]
    assert told(read(xlsx({"6A1": section}))) == {"6A1 2s1 Toán/", "6A1 2c1 Toán/"}
    on = [
        ["Thứ", "Tiết", "6A1", "6A2"],
        *([["Thứ 2", n, "Toán" if n in {1, 6} else "", "Văn" if n in {1, 6} else ""] for n in range(1, 9)]),
    ]
    assert told(read(xlsx({"S": on}))) == am | pm
    across = [
        ["", "", "SÁNG", "", "CHIỀU", ""],
        ["Thứ", "Tiết", "6A1", "6A2", "7A1", "8A2"],
        ["2", 1, "Toán", "Văn", "Anh", "Tin"],
    ]
    assert told(read(xlsx({"S": across}, {"S": [(0, 2, 0, 3), (0, 4, 0, 5)]}))) == am | {"7A1 2c1 Anh/", "8A2 2c1 Tin/"}
    beside = [
        ["Thứ", "Sáng", "", "", "Chiều"],
        ["", "Tiết", "6A1", "6A2", "Tiết", "7A1", "8A2"],
        ["2", 1, "Toán", "Văn", 1, "Anh", "Tin"],
    ]
    assert told(read(xlsx({"S": beside}))) == am | {"7A1 2c1 Anh/", "8A2 2c1 Tin/"}


def test_a_merged_cell_is_two_periods_or_several_classes_together() -> None:
    rows = [
        ["Thứ", "Tiết", "6A1", "6A2"],
        ["Thứ 2", 1, "GDTC - Hà", "GDTC - Hà"],
        ["Thứ 2", 2, "Toán - Lan", "Văn"],
        ["Thứ 2", 3, "Toán - Lan", "Anh"],
    ]
    found = read(xlsx({"S": rows}, {"S": [(1, 0, 3, 0), (1, 2, 1, 3), (2, 2, 3, 2)]}))
    assert {"6A1 2?2 Toán/Lan", "6A1 2?3 Toán/Lan", "6A1 2?1 GDTC/Hà", "6A2 2?1 GDTC/Hà"} <= told(found)
    joint = {one.joint for one in found if one.subject == "GDTC"}
    assert len(joint) == 1 and joint != {""} and not any(one.joint for one in found if one.subject == "Toán")


def test_a_class_of_no_known_name_keeps_its_column_so_that_it_can_be_named() -> None:
    rows = [["Thứ", "Tiết", "6A1", "Lớp chọn", "6A2"], ["Thứ 2", 1, "Toán", "Văn", "Anh"]]
    found = read(xlsx({"S": rows}))
    assert "Lớp chọn 2?1 Văn/" in told(found)
    assert [(one.sheet, one.row, one.cell, one.column, one.value) for one in found][1] == (
        "S",
        2,
        "D2",
        "Lớp chọn",
        "Văn",
    )


def test_what_is_no_grid_gives_nothing() -> None:
    for rows in (
        [["Họ và tên", "Ngày sinh"], ["Nguyễn Văn An", "05/09/2014"]],
        [["a"], ["b", 1, 2, 3]],
        [[1, 2, 3, 4, 5]] * 4,
    ):
        assert read(xlsx({"S": rows})) == []


def test_a_teacher_called_thu_is_no_heading() -> None:
    """Her name without accents reads as "Thứ": in the row of homeroom teachers, in a column of teachers."""
    known = knows("6A1", "6A2", teachers=("Trần Thị Phương Thu", "Cao Thị Vui"))
    rows = [["Thứ", "Tiết", "6A1", "6A2"], ["GVCN", "", "Thu", "Vui"], ["2", 1, "Toán\nThu", "Văn\nVui"]]
    assert told(read(xlsx({"TKB": rows}), known)) == {"6A1 2?1 Toán/Thu", "6A2 2?1 Văn/Vui"}
    rows = [
        ["Thứ", "Tiết", "6A1", "", "6A2", ""],
        ["", "", "Môn", "GV", "Môn", "GV"],
        ["2", 1, "Toán", "Thu", "Văn", "Vui"],
    ]
    assert told(read(xlsx({"TKB": rows}, {"TKB": [(0, 2, 0, 3), (0, 4, 0, 5)]}), known)) == {
        "6A1 2?1 Toán/Thu",
        "6A2 2?1 Văn/Vui",
    }
