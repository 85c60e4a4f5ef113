"""Small lists as different hands make them: what each column turns out to be."""

from __future__ import annotations

from typing import Any

import pytest

from truongso.intake.tests.files import xlsx

AN = ("Nguyễn Văn An", "05/09/2015")
LAYOUTS: dict[str, tuple[list[list[Any]], dict[str, Any]]] = {
    "short words": ([["STT", "HỌ TÊN HS", "NTNS", "LỚP", "HỌ TÊN CHA, MẸ", "SỐ ĐT"], [1, *AN, "6A1", "Nguyễn Ba", "0912345678"]], {"birth_date": "2015-09-05", "phone": "0912345678"}),
    "day of birth of boys and girls": ([["TT", "Họ và tên", "Ngày sinh", "", "Lớp"], ["", "", "Nam", "Nữ", ""], [1, "Lê Thị B", "", "06/09/2015", "6A1"]], {"gender": "f", "birth_date": "2015-09-06"}),
    "English": ([["No", "Full name", "Date of birth", "Gender", "Class"], [1, "Nguyễn Văn An", "2015-09-05", "Male", "6A1"]], {"gender": "m", "birth_date": "2015-09-05"}),
    "grade and class apart": ([["STT", "Họ và tên", "Ngày sinh", "Khối", "Lớp"], [1, *AN, 6, "A1"]], {"class_name": "6A1"}),
    "names under a title": ([["DANH SÁCH LỚP 6A1"], ["STT", "Họ và tên"], [1, "Nguyễn Văn An"]], {"class_name": "6A1"}),
    "serial day and code as numbers": ([["STT", "Mã định danh", "Họ và tên", "Ngày sinh", "Lớp"], [1, 3600000001.0, "Nguyễn Văn An", 42252.0, "6/1"]], {"sector_code": "3600000001", "birth_date": "2015-09-05", "class_name": "6/1"}),
    "staff with a year of birth": ([["DANH SÁCH CÁN BỘ"], ["STT", "Họ và tên", "Năm sinh", "Nữ", "Chức vụ", "Kiêm nhiệm"], [1, "Lê Thị Hoa", "1985", "x", "GV", "CN 6A1"]], {"birth_year": 1985, "gender": "f", "position": "GV"}),
    "staff with lessons": ([["STT", "Họ và tên giáo viên", "Ngày sinh", "Phân công chuyên môn", "Kiêm nhiệm"], [1, "Lê Thị Hoa", "05/09/1985", "Toán 6A1", "TTCM"]], {"birth_date": "1985-09-05"}),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_list(checked: Any, name: str) -> None:
    rows, expected = LAYOUTS[name]
    _run, plan = checked(xlsx(rows))
    first = next(d for d in plan.drafts if d.kind in {"pupils", "staff"})
    assert first.status == "new", first.problems
    assert {k: first.values.get(k) for k in expected} == expected


@pytest.mark.parametrize(
    "rows",
    [
        [["Lớp", "Toán", "Tin học"], ["6A1", "Lê Thị Hoa", "Trần Hùng"]],
        [["STT", "Họ và tên", "Toán", "Tin học"], [1, "Lê Thị Hoa", "6A1", ""], [2, "Trần Hùng", "", "6A1"]],
        [["Môn", "6A1", "6A2"], ["Toán", "Lê Thị Hoa", ""], ["Tin học", "Trần Hùng", ""]],
        [["STT", "Giáo viên", "Môn", "Lớp"], [1, "Lê Thị Hoa", "Toán", "6A1"], [2, "Cô Trần Hùng", "Tin học", "6A1"]],
        [["STT", "Giáo viên", "Phân công giảng dạy"], [1, "Lê Thị Hoa", "Toán 6A1"], [2, "Trần Hùng", "Tin học 6A1"]],
    ],
)
def test_who_teaches_what_in_any_layout(brought: Any, checked: Any, rows: list[list[Any]]) -> None:
    people = [
        ["STT", "Họ và tên", "Ngày sinh", "Chức vụ"],
        [1, "Lê Thị Hoa", "05/09/1985", "Giáo viên"],
        [2, "Trần Hùng", "05/09/1975", "Giáo viên"],
    ]
    brought(xlsx({"CBGV": people}))
    _run, plan = brought(xlsx({"Phân công": rows}))
    said = {
        (d.values["full_name"].removeprefix("Cô "), d.values["subject_code"], d.values["class_name"], d.status)
        for d in plan.of("teaching")
    }
    assert said == {("Lê Thị Hoa", "toan", "6A1", "new"), ("Trần Hùng", "tin-hoc", "6A1", "new")}, [
        (d.values, d.problems) for d in plan.of("teaching")
    ]
    _run, again = checked(xlsx({"Phân công": rows}))
    assert {d.status for d in again.of("teaching")} == {"same"}


def test_a_list_of_classes_makes_them_even_without_the_teacher(brought: Any) -> None:
    _run, plan = brought(
        xlsx([["STT", "Mã lớp", "Tên lớp", "Khối", "GVCN"], [1, "L001", "6A1", "Khối 6", "Lê Thị Hoa"]])
    )
    assert plan.counts()["classes"]["new"] == 1 and plan.counts()["teaching"]["wrong"] == 1


@pytest.mark.parametrize("header", ["Họ tên cha - SĐT", "Cha (SĐT)", "Điện thoại bố"])
@pytest.mark.parametrize(
    "cell", ["Phạm Văn Dũng - 0912 345 678", "Phạm Văn Dũng (0912.345.678)", "Phạm Văn Dũng 0912345678"]
)
def test_a_name_and_a_number_in_one_cell(checked: Any, header: str, cell: str) -> None:
    rows = [["STT", "Họ và tên", "Ngày sinh", "Lớp", header], [1, *AN, "6A1", cell]]
    _run, plan = checked(xlsx(rows))
    father = next(d for d in plan.drafts if d.kind == "guardians")
    assert father.status == "new", father.problems
    assert (father.values["full_name"], father.values["phone"]) == ("Phạm Văn Dũng", "0912345678")


def test_what_is_not_understood_is_shown_where_it_stands(checked: Any) -> None:
    rows = [
        ["STT", "Họ và tên", "Chức vụ", "Tổ", "Phân công giảng dạy"],
        [1, "Lê Thị Hoa", "GV", "Tổ Toán", "Toán 6A1; GDCD khối 6"],
    ]
    _run, plan = checked(xlsx(rows))
    wrong = next(d for d in plan.drafts if d.problems)
    assert "nói cả khối" in wrong.problems[0].reason
    spot = wrong.problems[0].spot
    assert spot is not None and (spot.letter, spot.text) == ("E", "Toán 6A1; GDCD khối 6")
    assert "tổ Toán" in plan.created
