"""`truongso import timetable`, as an administrator runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.process.instance import ROOT, environment, reachable
from truongso.timetable.tests.bring_files import xlsx


def test_on_a_school_without_classes_it_says_what_is_missing(tmp_path: Path) -> None:
    folder = reachable(tmp_path)
    file = folder / "tkb.xlsx"
    file.write_bytes(xlsx({"TKB": [["Thứ", "Tiết", "6A1", "6A2"], ["2", 1, "Toán", "Văn"]]}))
    done = subprocess.run(
        [sys.executable, "-m", "truongso", "import", "timetable", str(file), "--json"],
        cwd=ROOT, env=environment(folder / "data", 8198), capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    said = json.loads(done.stdout)
    assert done.returncode == 1 and "năm học" in said["refused"] and said["kind"] == "timetable"
