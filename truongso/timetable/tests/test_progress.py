"""Progress by the programme: rules by table and by property."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truongso.timetable.register_rules import Event, Planned, next_step, progress, proposals, strand

ONE = (Planned(1, "a", 2, 1), Planned(2, "b", 1, 3), Planned(3, "c", 2, 4))


@pytest.mark.parametrize(
    ("taught", "planned", "done", "behind", "late"),
    [
        ({}, 0, 0, 0, []),
        ({1: 2}, 2, 2, 0, []),
        ({1: 3}, 3, 2, 1, [(2, 1)]),  # a third period of a lesson of two does not advance
        ({1: 1, 2: 1}, 3, 2, 1, [(1, 1)]),
        ({1: 2, 2: 1}, 1, 3, -2, []),
        ({1: 2}, 99, 2, 3, [(2, 1), (3, 2)]),  # no more can be due than the programme holds
        ({99: 5}, 2, 0, 2, [(1, 2)]),  # not of this programme
        ({3: 2}, 3, 2, 1, [(1, 2), (2, 1)]),
    ],
)
def test_progress(taught: dict[int, int], planned: int, done: int, behind: int, late: list[tuple[int, int]]) -> None:
    found = progress(ONE, taught, planned)
    assert (found.done, found.behind, [(x.lesson.id, x.missing) for x in found.late]) == (done, behind, late)


@pytest.mark.parametrize(
    ("taught", "last", "expected"),
    [
        ({}, None, (1, 1)),
        ({1: 1}, 1, (1, 2)),
        ({1: 2}, 1, (2, 1)),
        ({1: 5}, 1, (2, 1)),
        ({3: 1}, 3, (3, 2)),
        ({3: 2}, 3, (1, 1)),  # at the end: what was passed over
        ({1: 2, 2: 1, 3: 2}, 3, None),
        ({}, 99, (1, 1)),  # the last lesson was put away
    ],
)
def test_the_next_step(taught: dict[int, int], last: int | None, expected: tuple[int, int] | None) -> None:
    step = next_step(ONE, taught, last)
    assert (step and (step.lesson.id, step.nth)) == expected


def test_strands_of_a_shared_subject() -> None:
    rows = (
        Planned(1, "mở đầu", 1, 1), Planned(2, "h1", 2, 2, 7), Planned(3, "ôn", 1, 4), Planned(4, "l1", 2, 5, 8), Planned(5, "h2", 1, 7, 7),
    )  # fmt: skip
    assert [x.id for x in strand(rows, 7)] == [1, 2, 3, 5]
    assert [x.id for x in strand(rows, 8)] == [4]
    assert strand(rows, None) == strand(rows, 99) == rows
    events = [Event(1, 7), Event(2, 8), Event(3, 7), Event(4, 8), Event(5, 7)]
    assert {k: s.ordinal for k, s in proposals(rows, events).items()} == {1: 1, 2: 5, 3: 2, 4: 6, 5: 3}


lessons = st.lists(st.integers(1, 4), min_size=1, max_size=8).map(
    lambda sizes: tuple(Planned(i, str(i), n, 1 + sum(sizes[:i])) for i, n in enumerate(sizes))
)


@given(lessons, st.lists(st.integers(0, 9), max_size=40), st.integers(0, 50))
def test_what_is_done_never_passes_the_plan(rows: tuple[Planned, ...], notes: list[int], planned: int) -> None:
    found = progress(rows, Counter(notes), planned)
    assert 0 <= found.done <= found.total and found.done <= len(notes)
    assert sum(x.missing for x in found.late) >= found.behind, "what is behind is always named"
    more = progress(rows, Counter([*notes, 0]), planned)
    assert found.done <= more.done <= found.done + 1


@given(lessons, st.integers(0, 50))
def test_following_the_proposals_teaches_the_whole_programme_in_order(rows: tuple[Planned, ...], extra: int) -> None:
    total = sum(x.periods for x in rows)
    steps = proposals(rows, [Event(i, None) for i in range(total + extra)])
    assert [steps[i].ordinal for i in range(total)] == list(range(1, total + 1)) and len(steps) == total
    taught = Counter(step.lesson.id for step in steps.values())
    assert progress(rows, taught, total).behind == 0
