"""The solver: whatever the school, nobody twice in one slot, and a sentence-worthy error where there is no answer."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truongso.timetable.colouring import Lesson, TooMany, colour
from truongso.timetable.demo.week import SLOTS, cost

pairs = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6), st.integers(0, 3)), max_size=60)


@settings(max_examples=60, deadline=None)
@given(pairs)
def test_nobody_is_twice_in_a_slot_and_every_lesson_is_placed(rows: list[tuple[int, int, int]]) -> None:
    lessons = [Lesson(unit, teacher, subject) for unit, teacher, subject in rows]
    counts = [sum(x.unit == k for x in lessons) for k in range(5)] + [
        sum(x.teacher == k for x in lessons) for k in range(7)
    ]
    if max(counts) > len(SLOTS):
        with pytest.raises(TooMany):
            colour(lessons, len(SLOTS), cost)
        return
    slots = colour(lessons, len(SLOTS), cost)
    assert all(0 <= slot < len(SLOTS) for slot in slots)
    for who in ("unit", "teacher"):
        taken = [(getattr(one, who), slot) for one, slot in zip(lessons, slots, strict=True)]
        assert len(set(taken)) == len(taken)
    assert slots == colour(lessons, len(SLOTS), cost)


def test_it_finds_an_answer_where_nobody_has_a_free_slot() -> None:
    """Five classes and five teachers, all full: only a perfect colouring will do."""
    lessons = [Lesson(u, t, t) for t in range(5) for u in range(5) for _ in range(2)]
    slots = colour(lessons, 10, lambda week: 0)
    assert len({(x.unit, s) for x, s in zip(lessons, slots, strict=True)}) == 50
    assert len({(x.teacher, s) for x, s in zip(lessons, slots, strict=True)}) == 50


def test_a_subject_comes_at_most_twice_a_day() -> None:
    lessons = [Lesson("8A2", subject, subject) for subject in range(7) for _ in range(4)]
    slots = colour(lessons, len(SLOTS), cost)
    days = Counter((one.subject, SLOTS[slot][0]) for one, slot in zip(lessons, slots, strict=True))
    assert max(days.values()) <= 2
