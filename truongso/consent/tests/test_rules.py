"""When consent holds, by table; deadlines by table and by property."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truongso.consent import rules
from truongso.consent.rules import State, Terms

ART_9, ART_24 = "Luật 91/2025/QH15, Điều 9", "Luật 91/2025/QH15, Điều 24"
Y, N = True, False


@pytest.mark.parametrize(
    ("discloses", "age", "guardians", "pupil", "state", "article", "conflict"),
    [
        # nothing is disclosed: the legal representative suffices
        (N, 12, [], None, State.MISSING, ART_9, N),
        (N, 12, [Y], None, State.YES, ART_24, N),
        (N, 12, [N], None, State.NO, ART_24, N),
        (N, 12, [], Y, State.MISSING, ART_9, N),  # the pupil alone cannot
        (N, 12, [Y], N, State.YES, ART_24, N),
        # two legal guardians: one refusal is a no
        (N, 12, [Y, N], None, State.NO, ART_24, Y),
        (N, 12, [Y, Y], None, State.YES, ART_24, N),
        (N, 12, [N, N], None, State.NO, ART_24, N),
        # private life is disclosed: from seven on both agree
        (Y, 12, [Y], None, State.MISSING, ART_24, N),
        (Y, 12, [Y], Y, State.YES, ART_24, N),
        (Y, 12, [Y], N, State.NO, ART_24, N),
        (Y, 12, [], N, State.NO, ART_24, N),
        (Y, 12, [], Y, State.MISSING, ART_9, N),
        (Y, 12, [Y, N], Y, State.NO, ART_24, Y),
        (Y, 6, [Y], None, State.YES, ART_24, N),
        (Y, 7, [Y], None, State.MISSING, ART_24, N),
        (Y, None, [Y], None, State.MISSING, ART_24, N),  # age unknown: ask once too often
        (N, None, [Y], None, State.YES, ART_24, N),
        # sixteen and older: no child any more
        (N, 16, [N], Y, State.YES, ART_9, N),
        (N, 16, [Y], None, State.MISSING, ART_9, N),
        (Y, 17, [Y], N, State.NO, ART_9, N),
    ],
)  # fmt: skip
def test_when_consent_holds(
    discloses: bool,
    age: int | None,
    guardians: list[bool],
    pupil: bool | None,
    state: State,
    article: str,
    conflict: bool,
) -> None:
    found = rules.decide(discloses, age, guardians, pupil)
    assert (found.state, found.article, found.conflict) == (state, article, conflict)
    assert bool(found) is (state is State.YES) and str(found.why)


@given(st.booleans(), st.none() | st.integers(5, 19), st.lists(st.booleans(), max_size=3), st.none() | st.booleans())
def test_silence_is_no_consent_and_a_refusal_never_helps(
    discloses: bool, age: int | None, guardians: list[bool], pupil: bool | None
) -> None:
    assert not rules.decide(discloses, age, [], None)
    if rules.asks_guardian(age):
        assert not rules.decide(discloses, age, [*guardians, False], pupil)
        assert not rules.decide(discloses, age, [], pupil)
    if rules.asks_pupil(discloses, age):
        assert not rules.decide(discloses, age, guardians, False)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [(date(2014, 5, 12), date(2026, 5, 11), 11), (date(2014, 5, 12), date(2026, 5, 12), 12), (None, date(2026, 5, 12), None),
     (date(2012, 2, 29), date(2026, 2, 28), 13), (date(2012, 2, 29), date(2026, 3, 1), 14)],
)  # fmt: skip
def test_ages(born: date | None, day: date, age: int | None) -> None:
    assert rules.age_on(born, day) == age


TET = {date(2027, 2, 4) + timedelta(days=n) for n in range(8)}  # Thursday 4 to Thursday 11 February 2027


def free(day: date) -> bool:
    return day.isoweekday() > 5 or day in TET


WITHDRAW, VIEW, DELETE = Terms(2, 15, 20, 15), Terms(2, 10, 15, 10), Terms(2, 20, 30, 20)


@pytest.mark.parametrize(
    ("received", "terms", "third", "extended", "acknowledge", "answer"),
    [
        (date(2026, 11, 24), VIEW, N, N, date(2026, 11, 26), date(2026, 12, 4)),
        (date(2026, 11, 24), WITHDRAW, N, N, date(2026, 11, 26), date(2026, 12, 9)),
        (date(2026, 11, 24), WITHDRAW, Y, N, date(2026, 11, 26), date(2026, 12, 14)),
        (date(2026, 11, 24), WITHDRAW, N, Y, date(2026, 11, 26), date(2026, 12, 24)),
        (date(2026, 11, 27), VIEW, N, N, date(2026, 12, 1), date(2026, 12, 7)),  # Friday: a weekend does not count
        (date(2026, 11, 25), VIEW, N, N, date(2026, 11, 27), date(2026, 12, 7)),  # ends on a Saturday 5/12 → the 7th
        (date(2026, 11, 24), DELETE, Y, N, date(2026, 11, 26), date(2026, 12, 24)),
        (date(2027, 2, 3), VIEW, N, N, date(2027, 2, 15), date(2027, 2, 15)),  # over Tết: the first working days after it
        (date(2027, 1, 28), VIEW, N, N, date(2027, 2, 1), date(2027, 2, 12)),  # day 10 is within Tết
    ],
)  # fmt: skip
def test_deadlines(received: date, terms: Terms, third: bool, extended: bool, acknowledge: date, answer: date) -> None:
    found = rules.due(received, terms, third_party=third, extended=extended, is_free=free)
    assert (found.acknowledge, found.answer) == (acknowledge, answer)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(1, 40), st.booleans(), st.booleans())
def test_a_deadline_is_a_working_day_and_never_too_early(
    received: date, days: int, third: bool, extended: bool
) -> None:
    found = rules.due(received, Terms(2, days, days + 5, 10), third_party=third, extended=extended, is_free=free)
    assert not free(found.acknowledge) and not free(found.answer)
    assert found.answer >= received + timedelta(days=days + 5 * third + 10 * extended)
    between = [received + timedelta(days=n) for n in range(1, (found.acknowledge - received).days + 1)]
    assert sum(not free(d) for d in between) == 2
