"""Pure sums of the survey and of bookings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truongso.conditions import rules
from truongso.conditions.rules import Coverage

BASE = datetime(2026, 11, 24, 6, tzinfo=UTC)
ALL = {"device": "laptop", "sharing": "0", "connection": "wifi", "quiet": "yes", "camera": "yes", "helper": "parent"}


def at(hours: float) -> datetime:
    return BASE + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("device", "sharing", "state"),
    [
        ("own_phone", "", "own"), ("shared_phone", "0", "shared"), ("laptop", "0", "own"), ("laptop", "2", "shared"),
        ("tablet", "3", "shared"), ("none", "", "none"), ("", "", "silent"), ("pc", "", "own"),
    ],
)  # fmt: skip
def test_what_an_answer_says_of_the_device(device: str, sharing: str, state: str) -> None:
    assert rules.device_state(device, sharing) == state


@pytest.mark.parametrize("missing", rules.QUESTIONS)
def test_every_question_that_applies_is_needed(missing: str) -> None:
    assert rules.complete(ALL)
    assert not rules.complete(ALL | {missing: ""})


def test_what_does_not_apply_is_neither_asked_nor_kept() -> None:
    none = {"device": "none", "connection": "none", "quiet": "no", "helper": "nobody"}
    assert rules.complete(none)
    assert rules.tidy(ALL | {"device": "none"})["camera"] == "" == rules.tidy(ALL | {"device": "own_phone"})["sharing"]


@given(st.lists(st.none() | st.tuples(st.sampled_from(["own_phone", "laptop", "none", ""]), st.sampled_from(["", "0", "2"]),
                                      st.sampled_from(["wifi", "none", "data_limit"]))))  # fmt: skip
def test_the_parts_of_a_class_make_the_whole(answers: list[tuple[str, str, str] | None]) -> None:
    found = rules.coverage(answers)
    assert found.own + found.shared + found.none + found.silent == found.pupils == len(answers)
    half = len(answers) // 2
    assert rules.coverage(answers[:half]) + rules.coverage(answers[half:]) == found
    assert found.no_line + found.limited_line <= found.answered


def test_percents_are_half_up_and_nothing_of_nothing_is_zero() -> None:
    assert [rules.percent(*p) for p in ((0, 0), (1, 8), (1, 200), (2, 3), (40, 40))] == [0, 13, 1, 67, 100]
    assert Coverage(10, 3, 2, 1).silent == 4


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(1, 4)), max_size=6), st.integers(1, 4))
def test_a_free_time_is_long_enough_and_touches_no_booking(busy: list[tuple[int, int]], hours: int) -> None:
    taken = [(at(start), at(start + length)) for start, length in busy]
    free = rules.free_spans(taken, at(0), at(15), timedelta(hours=hours))
    for start, end in free:
        assert end - start >= timedelta(hours=hours) and at(0) <= start and end <= at(15)
        assert all(end <= b or start >= e for b, e in taken)
    if not taken:
        assert free == [(at(0), at(15))]


@pytest.mark.parametrize(
    ("start", "end", "fine"), [(1, 2, True), (2, 1, False), (1, 1, False), (-3, -2, False), (1, 14, False), (3000, 3001, False)]
)  # fmt: skip
def test_a_booking_is_a_short_time_to_come(start: float, end: float, fine: bool) -> None:
    assert (not rules.check_booking(at(start), at(end), BASE)) is fine
