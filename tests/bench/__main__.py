"""`make bench`: the figures that the product stands for. Medians and ratios at a stated scale; never a verdict.

The load and the product share this machine's cores, so read ratios and breaking points before single digits.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import clone, fanout, memory, pages, sign_ins, stalled
from tests.process.instance import Instance


def say(name: str, text: str) -> None:
    print(f"{name:<34} {text}", flush=True)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="tsbench-"))
    folder.chmod(0o711)
    school = Instance(folder / "data")
    say("scale", f"{os.cpu_count()} cores, demo school of 24 pupils, 2 web processes of 4 threads")
    try:
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
        time.sleep(3)
        parts = memory.of_instance(school)
        listed = ", ".join(f"{name} {mb:.0f}" for name, mb in sorted(parts.items(), key=lambda p: -p[1]))
        say("memory at rest (PSS)", f"{sum(parts.values()):.0f} MB: {listed}")
        pages.report(school, say)
        stalled.report(school, say)
        sign_ins.report(school, say)
        fanout.report(school, say)
        parts = memory.of_instance(school)
        say("memory after the load (PSS)", f"{sum(parts.values()):.0f} MB")
    finally:
        school.stop()
        shutil.rmtree(folder, ignore_errors=True)
    clone.report(say)


if __name__ == "__main__":
    sys.exit(main())
