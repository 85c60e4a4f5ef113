"""How long the made-up school takes: the usual one, and one of 45 classes."""

from __future__ import annotations

import statistics
from collections.abc import Callable

from tests.bench.database import fresh


def report(say: Callable[[str, str], None]) -> None:
    for classes, runs in ((16, 3), (45, 2)):
        times = [fresh(classes) for _ in range(runs)]
        from truongso.people.models import Person

        people, median = Person.objects.count(), statistics.median(times)
        say(
            f"demo load, {classes} classes",
            f"{median:.1f} s for {people:,} persons, {median / people * 1e6:.0f} µs a person (median of {runs})",
        )
