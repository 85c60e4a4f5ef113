"""Taking, correcting and merging rolls."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from truongso.timetable.roll_rules import HERE, Mark, merge, tidy, unpack

states = st.sampled_from(["present", "late", "excused", "absent", "trouble"])
marks = st.builds(tidy, states, st.none() | st.integers(1, 40), st.text("abc ", max_size=5))
rolls = st.dictionaries(st.integers(1, 4), marks, min_size=4, max_size=4)


@given(rolls, rolls, rolls, st.booleans())
def test_two_rolls_become_one_and_nothing_said_is_lost(
    seen: dict[int, Mark], mine: dict[int, Mark], theirs: dict[int, Mark], first: bool
) -> None:
    began = None if first else seen
    merged = merge(began, mine, theirs)
    for pupil, said in mine.items():
        other = theirs[pupil]
        if pupil in merged.asked:
            assert said != other and (first or (said != seen[pupil] and other != seen[pupil]))
        elif first or said != seen[pupil]:
            assert merged.marks[pupil] == said, "what I said stands, or I am asked"
        else:
            assert merged.marks[pupil] == other, "what only the other changed stands"


@given(marks)
def test_a_mark_survives_the_form(mark: Mark) -> None:
    assert unpack(mark.pack()) == mark


def test_a_present_pupil_has_nothing_more_to_say() -> None:
    assert tidy("present", 5, "x") == HERE and tidy("absent", 5).minutes is None and unpack("gone||") is None
