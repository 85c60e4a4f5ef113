#!/usr/bin/env python3
"""All tests, in two runs: the quick ones, which also show that rules and verbs are covered, then the real processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEAST_COVERED = 90  # per cent of the lines of rules and verbs, all together


def run(*words: str) -> int:
    return subprocess.run([sys.executable, "-m", *words], cwd=ROOT).returncode


def main() -> int:
    first = run("pytest", "-q", "tests/conventions/test_migrations.py")
    if first:
        return first
    # Two at a time: each worker has a database of its own in the same cluster. In the order of collection, which keeps
    # those that empty the tables (and with them what migrations filled in) for the end.
    quick = run(
        "pytest", "-q", "-n", "2", "--durations=8", "--cov", "--cov-report=term:skip-covered",
        f"--cov-fail-under={LEAST_COVERED}", "-m", "not process and not browser",
    )  # fmt: skip
    real = run("pytest", "-q", "--durations=8", "-m", "process or browser")
    return max(quick, real)


if __name__ == "__main__":
    sys.exit(main())
