"""Read a file that may be hostile: in a process of its own with a limit on memory and time."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from datetime import date, datetime, time, timedelta

from truongso.lib.sheets.model import Cell, Sheet, Unreadable
from truongso.lib.sheets.sniff import kind_of

MEMORY = 700 * 2**20
SECONDS = 40


def read_guarded(content: bytes) -> list[Sheet]:
    """As `read_workbook`; a file that costs too much is Unreadable("large")."""
    kind_of(content)  # what can be said without opening is said without a child
    try:
        done = subprocess.run(
            [sys.executable, "-m", "truongso.lib.sheets.guarded"], input=content, capture_output=True, timeout=SECONDS,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Unreadable("large") from None
    if done.returncode != 0:
        raise Unreadable("large")
    said = json.loads(done.stdout)
    if isinstance(said, dict):
        raise Unreadable(said["why"], said["what"])
    return [
        Sheet(name, [[_back(cell) for cell in row] for row in rows], tuple(tuple(m) for m in merged), hidden)
        for name, rows, merged, hidden in said
    ]


def _out(cell: Cell) -> object:
    if isinstance(cell, datetime):
        return {"t": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell


def _back(cell: object) -> Cell:
    if isinstance(cell, dict):
        return datetime.fromisoformat(cell["t"]) if "t" in cell else date.fromisoformat(cell["d"])
    return cell  # type: ignore[return-value]


def _child() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    from truongso.lib.sheets.read import read_workbook

    try:
        sheets = read_workbook(sys.stdin.buffer.read())
        answer = json.dumps(
            [[s.name, [[_out(c) for c in row] for row in s.rows], s.merged, s.hidden] for s in sheets]
        )  # fmt: skip
    except Unreadable as error:
        answer = json.dumps({"why": error.why, "what": error.what})
    sys.stdout.write(answer)


if __name__ == "__main__":
    _child()
