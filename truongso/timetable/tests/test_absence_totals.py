"""Absences are counted the law's way: the rule by table and by property, the totals from real rolls."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truongso.timetable import absence_rules as rules
from truongso.timetable.absence_rules import Session
from truongso.timetable.queries import absences

DAY = date(2030, 9, 2)


@pytest.mark.parametrize(
    ("seen", "state"),
    [
        (Session(DAY, "present"), "present"),
        (Session(DAY, "absent"), "absent"),
        (Session(DAY, "excused"), "excused"),
        (Session(DAY, "late"), "late"),
        (Session(DAY, "trouble"), "tech"),
        (Session(DAY, "absent", rolls=3), "absent"),  # the session's roll decides, also against the periods'
        (Session(DAY, "present", rolls=2, absent=2), "part"),
        (Session(DAY, None, rolls=3, absent=3), "absent"),
        (Session(DAY, None, rolls=3, excused=3), "excused"),
        (Session(DAY, None, rolls=3, absent=1, excused=2), "absent"),
        (Session(DAY, None, rolls=3, absent=2), "part"),
        (Session(DAY, None, rolls=3, absent=2, trouble=1), "part"),  # tried to come: no absent session
        (Session(DAY, None, rolls=1, trouble=1), "tech"),
        (Session(DAY, None, rolls=2, late=1), "late"),
        (Session(DAY, None), "present"),  # no roll, no absence
    ],
)
def test_what_a_session_was(seen: Session, state: str) -> None:
    assert rules.state(seen) == state


counts = st.integers(0, 5)


@given(counts, counts, counts, counts)
def test_without_its_own_roll_a_session_is_missed_only_when_every_period_was(
    present: int, absent: int, excused: int, trouble: int
) -> None:
    seen = Session(DAY, None, present + absent + excused + trouble, absent, excused, 0, trouble)
    missed = rules.state(seen) in rules.COUNTED
    assert missed == (absent + excused > 0 and present + trouble == 0)


@given(st.lists(st.sampled_from(["present", "late", "excused", "absent", "trouble"]), max_size=200))
def test_permission_does_not_matter_for_the_limit(states: list[str]) -> None:
    total = rules.total(Session(DAY + timedelta(days=n), state) for n, state in enumerate(states))
    assert total.sessions == states.count("excused") + states.count("absent")
    assert absences.shipped().over(total.sessions) == (total.sessions > 45), "45 is allowed, 46 is not"


def test_two_in_a_row() -> None:
    held = [DAY, DAY + timedelta(days=1), DAY + timedelta(days=4)]
    assert rules.away_in_a_row(held, held[1:]) and not rules.away_in_a_row(held, held[:2])
    assert not rules.away_in_a_row(held[:1], held), "one session is not two"
