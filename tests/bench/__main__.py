"""`make bench`: the figures that the product stands for. Medians and ratios at a stated scale; never a verdict.

`python -m tests.bench search pages` runs those alone. The load and the product share this machine's cores, so read ratios
and breaking points before single digits.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.process.instance import Instance

# In this process, on a database of their own; then on a running school; then all anew.
ALONE = ("demo_load", "search", "intake", "cpu", "periods")
RUNNING = ("starts", "memory", "pages", "stalled", "sign_ins", "fanout")
ANEW = ("grid", "clone")


def say(name: str, text: str) -> None:
    print(f"{name:<34} {text}", flush=True)


def main(wanted: Sequence[str]) -> int:
    known = [name for name in (*ALONE, *RUNNING, *ANEW) if _there(name)]
    if wrong := set(wanted) - set(known):
        print(f"no such bench: {', '.join(sorted(wrong))}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    chosen = [name for name in known if not wanted or name in wanted]
    say("scale", f"{os.cpu_count()} cores, demo school of 16 classes where no other is named, 2 web processes")
    for name in (n for n in chosen if n in ALONE):
        _module(name).report(say)
    if running := [n for n in chosen if n in RUNNING]:
        _on_a_school(running)
    for name in (n for n in chosen if n in ANEW):
        _module(name).report(say)
    return 0


def _on_a_school(names: Sequence[str]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="tsbench-"))
    folder.chmod(0o711)
    school = Instance(folder / "data")
    try:
        if "starts" not in names:
            school.start()
        for name in names:
            _module(name).report(school, say)
        if len(names) > 1 and "memory" in names:
            _module("memory").report(school, say, when="after the load")
    finally:
        school.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _there(name: str) -> bool:
    return (Path(__file__).parent / f"{name}.py").exists()


def _module(name: str):  # type: ignore[no-untyped-def]
    return importlib.import_module(f"tests.bench.{name}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
