#!/usr/bin/env python3
"""All tests, in two runs: the quick ones, which also show that rules and verbs are covered, then the real processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEAST_COVERED = 90  # per cent of the lines of rules and verbs, all together
COVERED = "truongso/*/rules.py,truongso/*/actions.py,truongso/*/actions/*.py"


def run(*words: str) -> int:
    return subprocess.run([sys.executable, "-m", *words], cwd=ROOT).returncode


def main() -> int:
    first = run("pytest", "-q", "tests/conventions/test_migrations.py")
    if first:
        return first
    quick = run(
        "coverage", "run", f"--include={COVERED}", "-m", "pytest", "-q", "--durations=8", "-m", "not process and not browser"
    )  # fmt: skip
    covered = run("coverage", "report", f"--fail-under={LEAST_COVERED}", "--skip-covered")
    real = run("pytest", "-q", "--durations=8", "-m", "process or browser")
    return max(quick, covered, real)


if __name__ == "__main__":
    sys.exit(main())
