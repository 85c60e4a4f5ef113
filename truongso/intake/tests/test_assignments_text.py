"""Assignments as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truongso.intake.assignments_text import Homeroom, Teach, Unclear, parse

SUBJECTS = {
    "Toán",
    "HĐTN",
    "Tin",
    "Lý",
    "Công nghệ",
    "CN",
    "KHTN",
    "Ngữ văn",
    "Lịch sử",
    "GDCD",
    "Tiếng Anh",
    "Sử",
    "Văn",
}


def read(text: str, technology: bool | None = None) -> list[str]:
    said = []
    for piece in parse(text, teaches=lambda w: w in SUBJECTS, own_technology=technology):
        if isinstance(piece, Teach):
            said.append(f"{piece.subject} {piece.class_name}" + (f" ({piece.hint})" if piece.hint else ""))
        elif isinstance(piece, Homeroom):
            said.append(f"chủ nhiệm {piece.class_name}")
        else:
            said.append(f"? {piece.text}")
    return said


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Toán 6A, 6B; HĐTN 6A (CN)", ["Toán 6A", "Toán 6B", "HĐTN 6A", "chủ nhiệm 6A"]),
        ("Toán: 6A1,2,3; Tin 7A1-7A3", ["Toán 6A1", "Toán 6A2", "Toán 6A3", "Tin 7A1", "Tin 7A2", "Tin 7A3"]),
        ("Toán 6A1-3", ["Toán 6A1", "Toán 6A2", "Toán 6A3"]),
        ("Lý 8A (KHTN)", ["Lý 8A (KHTN)"]),
        ("Toán 6A + Tin 7B", ["Toán 6A", "Tin 7B"]),
        ("Toán 6A1, 6A2, Tin 7A1", ["Toán 6A1", "Toán 6A2", "Tin 7A1"]),
        ("Toán (6A, 6B), Tin (7A)", ["Toán 6A", "Toán 6B", "Tin 7A"]),
        ("Toán lớp 6A và 6B\nTin: lớp 7A", ["Toán 6A", "Toán 6B", "Tin 7A"]),
        ("Ngữ văn 6/1, 6/2; GVCN 6/1", ["Ngữ văn 6/1", "Ngữ văn 6/2", "chủ nhiệm 6/1"]),
        ("Toán 6A, B, C", ["Toán 6A", "Toán 6B", "Toán 6C"]),
        ("Toán 6A1 (4 tiết), Tin 6A1 (1 tiết)", ["Toán 6A1", "Tin 6A1"]),
        ("Chủ nhiệm 6A1; Toán 6A1", ["chủ nhiệm 6A1", "Toán 6A1"]),
        ("CN 6A, 6B", ["Công nghệ 6A", "Công nghệ 6B"]),
        ("CN 6A1", ["? CN 6A1"]),
        ("nghỉ thai sản", ["? nghỉ thai sản"]),
    ],
)
def test_what_people_type(text: str, pieces: list[str]) -> None:
    assert read(text) == pieces


def test_cn_by_what_else_is_known() -> None:
    assert read("Toán 6A1; CN 6A1", technology=False) == ["Toán 6A1", "chủ nhiệm 6A1"]
    assert read("GVCN 6A1; CN 7A1", technology=True) == ["chủ nhiệm 6A1", "Công nghệ 7A1"]
    assert isinstance(parse("CN 6A1", teaches=lambda w: True)[0], Unclear)


classes = st.lists(
    st.builds(lambda g, a, n: f"{g}{a}{n}", st.integers(6, 9), st.sampled_from("ABC"), st.integers(1, 9)),
    min_size=1,
    max_size=5,
    unique=True,
)


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(SUBJECTS - {"CN"})), classes), min_size=1, max_size=4, unique_by=lambda p: p[0]
    ),
    st.sampled_from(["; ", "\n", ";"]),
)
def test_whatever_is_listed_comes_back(parts: list[tuple[str, list[str]]], between: str) -> None:
    text = between.join(f"{subject} {', '.join(names)}" for subject, names in parts)
    assert read(text) == [f"{subject} {name}" for subject, names in parts for name in names]
