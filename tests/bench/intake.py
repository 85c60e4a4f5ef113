"""2,000 pupils with their parents from one file: reading, checking, writing, checking again, undoing."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

from tests.bench.database import prepared

PUPILS = 2000


def report(say: Callable[[str, str], None]) -> None:
    prepared()
    from django.db import transaction

    from truongso.intake.actions import runs
    from truongso.intake.actions.commit import commit
    from truongso.intake.actions.undo import undo
    from truongso.intake.tests.files import class_of, sector

    rows = [row for k in range(50) for row in class_of(40, klass=f"{6 + k % 4}A{k // 4 + 1}", start=40 * k)]
    for row in rows:
        row[3] = f"{row[3][:6]}{2021 - int(row[22][0])}"
    content = sector(rows)
    with transaction.atomic():
        begin = time.perf_counter()
        run = runs.start_run(by=None, name="bench.xlsx")
        plan = runs.check(run=run, content=content)
        assert plan is not None, run.refused
        checked = time.perf_counter()
        assert plan.counts()["pupils"]["new"] == PUPILS, plan.counts()
        commit(by=None, run=run)
        written = time.perf_counter()
        again = runs.start_run(by=None, name="again.xlsx")
        second = runs.check(run=again, content=content)
        assert second is not None and {d.status for d in second.drafts} == {"same"}
        same = time.perf_counter()
        undo(by=None, run=run)
        undone = time.perf_counter()
        transaction.set_rollback(True)
    people = sum(plan.counts()[k]["new"] for k in ("pupils", "guardians"))
    say(
        f"import of {PUPILS:,} pupils",
        f"{written - begin:.1f} s in all ({checked - begin:.1f} s read and checked, {written - checked:.1f} s written; {people:,} persons)",
    )
    say(
        "the same file again, undo",
        f"{same - written:.1f} s and {undone - same:.1f} s; peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB",
    )
