"""What follows when the calendar or the bells change. Parts above (the timetable) register when they start, and the verbs
here call them in the same transaction: one direction of imports, and nothing happens behind anybody's back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from truongso.people.actor import Actor

Days = Collection[date]


@dataclass(frozen=True, slots=True)
class Follower:
    days: Callable[[Actor | None, Days], None]  # these days are taught, or not taught, otherwise than before
    bells: Callable[[Actor | None], None]
    # Sentences for the page: what making these days free would touch, and what still stands on days without teaching.
    touched: Callable[[Days], list[str]]
    standing: Callable[[Days], list[str]]


_followers: list[Follower] = []


def register(follower: Follower) -> None:
    _followers.append(follower)


def days_changed(by: Actor | None, days: Days) -> None:
    for follower in _followers if days else ():
        follower.days(by, days)


def bells_changed(by: Actor | None) -> None:
    for follower in _followers:
        follower.bells(by)


def touched(days: Days) -> list[str]:
    return [text for follower in _followers for text in follower.touched(days)]


def standing(days: Days) -> list[str]:
    return [text for follower in _followers for text in follower.standing(days)]


def between(first: date, last: date) -> set[date]:
    """Every day from first to last, both included."""
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


def of(during: object) -> set[date]:
    """The days of a range as the database keeps it, its end left out."""
    return between(during.lower, during.upper - timedelta(days=1))  # type: ignore[attr-defined]
