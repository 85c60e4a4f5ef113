"""Memory of the running product: proportional set size, in MB, by part."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol


class Runs(Protocol):
    data: Path


def of_instance(instance: Runs) -> dict[str, float]:
    state = json.loads((instance.data / "run" / "state.json").read_text())
    pids: dict[str, int] = state["pids"]
    found = {name: round(sum(pss(p) for p in family(pid)), 1) for name, pid in pids.items()}
    found["supervisor"] = round(pss(state["supervisor"]), 1)
    return found


def report(instance: Runs, say: Callable[[str, str], None], when: str = "at rest") -> None:
    time.sleep(3)
    parts = of_instance(instance)
    listed = ", ".join(f"{name} {mb:.0f}" for name, mb in sorted(parts.items(), key=lambda p: -p[1]))
    say(f"memory {when} (PSS)", f"{sum(parts.values()):.0f} MB: {listed}")


def family(pid: int) -> list[int]:
    """A process and everything below it."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:
            continue
        parents.setdefault(int(text.rsplit(")", 1)[1].split()[1]), []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += parents.get(one, [])
    return found


def pss(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0
