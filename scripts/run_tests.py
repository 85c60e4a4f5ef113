#!/usr/bin/env python3
"""All tests, in two runs: the quick ones side by side, then those that start real processes one after another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = (
    ["-n", "2", "--dist", "loadfile", "-m", "not process and not browser"],
    ["-m", "process or browser"],
)


def main() -> int:
    check = subprocess.run([sys.executable, "-m", "pytest", "-q", "tests/conventions/test_migrations.py"], cwd=ROOT)
    if check.returncode:
        return check.returncode
    codes = [
        subprocess.run([sys.executable, "-m", "pytest", "-q", "--durations=8", *run], cwd=ROOT).returncode
        for run in RUNS
    ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
