"""Names of classes and subjects, as people and files write them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from truongso.school import actions, queries
from truongso.school.data import load
from truongso.school.rules.classes import UnreadableNames, clean_name, expand, grade_of
from truongso.school.rules.subjects import key, spread


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("6A1-6A3, 7A1..7A2", ["6A1", "6A2", "6A3", "7A1", "7A2"]),
        ("6A1 – 6A3", ["6A1", "6A2", "6A3"]),
        ("6a1-3", ["6A1", "6A2", "6A3"]),
        ("6A-6C; 9/1", ["6A", "6B", "6C", "9/1"]),
        ("lớp 8A2\n8A2", ["8A2"]),
        ("6A1 đến 6A2", ["6A1", "6A2"]),
        ("", []),
    ],
)
def test_many_classes_are_written_quickly(text: str, names: list[str]) -> None:
    assert expand(text) == names


@pytest.mark.parametrize(("text", "why"), [("6A5-6A1", "order"), ("6A1-7A3", "shape"), ("6A1-6A99, 7A1-7A99", "many"), ("6A1-6A2-6A3", "shape")])  # fmt: skip
def test_a_slip_of_the_hand_is_told(text: str, why: str) -> None:
    with pytest.raises(UnreadableNames) as caught:
        expand(text)
    assert caught.value.why == why


@pytest.mark.parametrize(("name", "grade"), [("6A1", 6), ("10A2", 10), ("9/3", 9), ("A1", None), ("13B", None), ("lớp", None)])  # fmt: skip
def test_the_grade_is_read_from_the_name(name: str, grade: int | None) -> None:
    assert grade_of(name) == grade


def test_a_class_name_is_written_one_way() -> None:
    assert [clean_name(t) for t in ("lớp 6a1", "6 A 1", "Lớp Chồi")] == ["6A1", "6A1", "Chồi"]


@given(st.integers(1, 400))
def test_a_spread_never_promises_more_than_there_is(periods: int) -> None:
    one, two = spread(periods)
    assert 18 * one + 17 * two <= periods < 18 * one + 17 * two + 17


@pytest.mark.parametrize(("periods", "weekly"), [(35, (1, 1)), (52, (1, 2)), (53, (2, 1)), (70, (2, 2)), (105, (3, 3)), (140, (4, 4)), (0, (0, 0))])  # fmt: skip
def test_periods_spread_over_the_terms(periods: int, weekly: tuple[int, int]) -> None:
    assert spread(periods) == weekly


def test_no_two_names_of_the_programme_are_the_same() -> None:
    seen: dict[str, str] = {}
    for subject in load("subjects")["subjects"]:
        for line in (subject, *subject.get("parts", ())):
            for name in {key(n) for n in (line["name"], line["short"], *line["aliases"])}:
                assert seen.setdefault(name, line["name"]) == line["name"], name


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("TOÁN", "toan", None), ("toan", "toan", None), ("Ngoại ngữ", "tieng-anh", None), ("ls&đl", "ls-dl", None),
        ("Lịch sử và Địa lý", "ls-dl", None), ("Sử", "ls-dl", "Lịch sử"), ("Vật lý", "khtn", "Vật lí"),
        ("Hóa học", "khtn", "Hoá học"), ("KHTN (Sinh)", "khtn", "Sinh học"), ("HĐTN, HN", "hdtn", None), ("nhạc", "nghe-thuat", "Âm nhạc"),
        ("Thể dục", "gdtc", None), ("GDDP", "gddp", None), ("CN", "cong-nghe", None), ("  van ", "ngu-van", None),
    ],
)  # fmt: skip
def test_a_subject_is_found_by_any_of_its_names(db: None, text: str, code: str, part: str | None) -> None:
    actions.seed_subjects(by=None)
    found = queries.find_subject(text)
    assert found is not None and found.subject.code == code
    assert (found.part.name if found.part else None) == part


def test_what_is_no_subject_is_none(db: None) -> None:
    assert actions.seed_subjects(by=None) == 14 and actions.seed_subjects(by=None) == 0
    assert queries.find_subject("Ăn trưa") is None and queries.find_subject("") is None


def test_a_class_is_made_once_a_year(db: None) -> None:
    year = actions.make_year(by=None, name="2026-2027")
    made = actions.make_class(by=None, year=year, name="lớp 6a1", local_code="06001")
    assert (made.unit.name, made.unit.school_year, made.grade, made.local_code) == ("6A1", "2026-2027", 6, "06001")
    with pytest.raises(ValidationError, match="đã có lớp 6A1"):
        actions.make_class(by=None, year=year, name="6A1")
    with pytest.raises(ValidationError, match="Xin ghi khối"):
        actions.make_class(by=None, year=year, name="Chồi")
    assert len(actions.make_classes(by=None, year=year, names=expand("6A1-6A4"))) == 3
    assert [c.unit.name for c in queries.classes_of(year)] == ["6A1", "6A2", "6A3", "6A4"]
