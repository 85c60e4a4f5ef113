"""Lists as other hands write them: each was read wrongly once."""

from __future__ import annotations

from typing import Any

import pytest

from truongso.intake.tests.conftest import Checked
from truongso.intake.tests.files import xlsx
from truongso.lib.sheets import Unreadable, read_guarded

PUPILS = [["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Lớp"], [1, "Nguyễn Văn An", "05/09/2015", "Nam", "6A1"]]
STAFF = ["TT", "Họ và tên", "Ngày sinh", "Chức vụ", "Tổ", "Trình độ"]


def only(plan: Any, kind: str = "pupils") -> dict[str, Any]:
    (draft,) = plan.of(kind)
    assert draft.status == "new", [p.reason for p in draft.problems]
    values: dict[str, Any] = draft.values
    return values


def test_the_names_below_a_signature_are_no_pupils(checked: Checked) -> None:
    end = [
        [],
        ["", "Tổng cộng: 1 học sinh"],
        ["", "Người lập", "", "HIỆU TRƯỞNG"],
        ["", "Nguyễn Thị Hồng", "", "Trần Văn Minh"],
    ]
    assert only(checked(xlsx([*PUPILS, *end]))[1])["full_name"] == "Nguyễn Văn An"


def test_a_row_without_a_number_after_a_sum_is_still_a_pupil(checked: Checked) -> None:
    more = [["", "Tổng cộng: 1 học sinh"], ["", "Lê Thị Bình", "06/09/2015", "Nữ", "6A1"]]
    assert len(checked(xlsx([*PUPILS, *more]))[1].of("pupils")) == 2


def test_day_month_and_year_stand_in_columns_of_their_own_beside_the_mark_for_girls(checked: Checked) -> None:
    head = ["STT", "Họ và", "Tên", "Ngày", "Tháng", "Năm", "Nữ", "Lớp\n2026-2027"]
    found = only(checked(xlsx([head, [1, "Nguyễn Thị", "An", 5, 9, 2015, "x", "6/1"]]))[1])
    assert (found["full_name"], found["birth_date"], found["gender"]) == ("Nguyễn Thị An", "2015-09-05", "f")


def test_the_given_name_of_a_pupil_joins_the_family_name(checked: Checked) -> None:
    head = ["Lớp", "Họ đệm", "Tên HS", "Ngày sinh", "Gtính"]
    found = only(checked(xlsx([head, ["6A1", "Nguyễn Thị", "An", "05/09/2015", "Nữ"]]))[1])
    assert (found["full_name"], found["gender"]) == ("Nguyễn Thị An", "f")


@pytest.mark.parametrize("header", ["Họ tên bố – SĐT", "Cha/Mẹ (SĐT)", "Họ và tên, số điện thoại bố"])
def test_a_parent_and_the_number_share_a_cell(checked: Checked, header: str) -> None:
    plan = checked(xlsx([[*PUPILS[0], header], [*PUPILS[1], "Nguyễn Văn Ba (0912.345.678)"]]))[1]
    found = only(plan, "guardians")
    assert (found["full_name"], found["phone"]) == ("Nguyễn Văn Ba", "0912345678")


@pytest.mark.parametrize(
    "said", ["0912345678 (bố)", "ĐT: 0912 345 678", "(Bố) 0912345678, (Mẹ) 0987654321", "0912345678 0987654321"]
)
def test_words_beside_a_number_are_no_part_of_it(checked: Checked, said: str) -> None:
    plan = checked(xlsx([[*PUPILS[0], "SĐT PHHS"], [*PUPILS[1], said]]))[1]
    assert only(plan)["phone"] == "0912345678" and not plan.of("guardians")


def staff(*groups: str) -> list[list[Any]]:
    names = ("Nguyễn Thị Hồng", "Trần Văn Lực")
    return [STAFF, *([n + 1, names[n], f"12/05/198{n}", "Giáo viên", g, "Đại học"] for n, g in enumerate(groups))]


def test_a_group_is_called_by_its_name_however_often_it_says_group(brought: Checked) -> None:
    plan = brought(xlsx(staff("Tổ Tổ Khoa học tự nhiên", "Tổ khoa học tự nhiên")))[1]
    assert [c for c in plan.created if c.startswith("tổ")] == ["tổ Khoa học tự nhiên"]


def test_a_matrix_of_classes_brings_homerooms_and_twice_is_the_same(brought: Checked, checked: Checked) -> None:
    lessons = [["Lớp", "Toán", "N.Văn", "KHTN (Lý)", "GVCN"], ["6A1", "Nguyễn Thị Hồng", "T. Lực", "T.Lực", "Cô Hồng"]]
    file = xlsx({"GV": staff("KHTN", "KHXH"), "PCCM": lessons})
    assert brought(file)[1].counts()["teaching"] == {"new": 4, "changed": 0, "same": 0, "wrong": 0, "asked": 0}
    again = checked(file)[1]
    assert again.counts()["teaching"]["same"] == 4 and not again.created


def test_a_dash_between_two_subjects_parts_them(checked: Checked) -> None:
    rows = staff("KHTN")
    plan = checked(xlsx([[*rows[0], "Phân công giảng dạy"], [*rows[1], "Hoá: 8A, 8B - Sinh: 8C; LS - ĐL 6A"]]))[1]
    assert {(d.values["subject"], d.values["class_name"]) for d in plan.of("teaching")} == {
        ("Hoá", "8A"), ("Hoá", "8B"), ("Sinh", "8C"), ("LS - ĐL", "6A"),
    }  # fmt: skip


def test_a_line_of_millions_of_cells_is_refused_before_it_costs() -> None:
    with pytest.raises(Unreadable, match="large"):
        read_guarded(b"a," * 1_000_000)
