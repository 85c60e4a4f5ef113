"""How long the made-up school takes: the usual one, and one of 45 classes."""

from __future__ import annotations

import statistics
from collections.abc import Callable

from tests.bench.database import school_of


def report(say: Callable[[str, str], None]) -> None:
    for classes, runs in ((16, 3), (45, 2)):
        times, people = [], 0
        for _ in range(runs):
            with school_of(classes) as taken:
                times.append(taken)
                people = count()
        median = statistics.median(times)
        say(
            f"demo load, {classes} classes",
            f"{median:.1f} s for {people:,} persons, {median / people * 1e6:.0f} µs a person (median of {runs})",
        )


def count() -> int:
    from truongso.people.models import Person

    return Person.objects.count()
