"""How long until the first page: an empty machine with the demo school to make, and every time after."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from tests.process.instance import Instance


def report(school: Instance, say: Callable[[str, str], None]) -> None:
    begin = time.monotonic()
    school.start()
    say("first start with demo data", f"{time.monotonic() - begin:.1f} s")
    starts = []
    for _ in range(3):
        school.stop()
        begin = time.monotonic()
        school.start()
        starts.append(time.monotonic() - begin)
    say("second start, median of 3", f"{statistics.median(starts):.1f} s")
