"""`truongso import timetable`, as an administrator or another program runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.process.instance import ROOT, environment, reachable
from truongso.intake.tests.files import class_of, sector
from truongso.timetable.tests.bring_files import xlsx

GRID = [["Thứ", "Tiết", "6A1"], ["2", 1, "Chào cờ"], ["", 2, "Toán"], ["3", 1, "Văn"]]


def test_a_school_without_anything_and_then_with_classes(tmp_path: Path) -> None:
    """Dry, a draft, in force, again: one JSON document on stdout each time, nothing beside it, and the exit code."""
    folder = reachable(tmp_path)
    file, people = folder / "tkb.xlsx", folder / "lop6.xlsx"
    file.write_bytes(xlsx({"TKB": [["Áp dụng từ ngày 07/09/2026"], *GRID]}))
    people.write_bytes(sector(class_of(3)))

    def run(*words: str) -> tuple[int, Any]:
        done = subprocess.run(
            [sys.executable, "-m", "truongso", "import", *words, "--json"],
            cwd=ROOT, env=environment(folder / "data", 8198), capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        said = json.loads(done.stdout)
        if said["kind"] == "timetable":
            assert sum(said["counts"]["lessons"].values()) == len(said["lessons"])
        return done.returncode, said

    code, said = run("timetable", str(file))
    assert code == 1 and "năm học" in said["refused"] and said["kind"] == "timetable"
    assert run("people", str(people), "--commit")[0] == 0
    code, said = run("timetable", str(file))
    assert (code, said["committed"], said["counts"]["lessons"]["new"]) == (0, False, 3)
    code, said = run("timetable", str(file), "--commit", "--version", "Số 1")
    assert (code, said["committed"], said["published"], said["created"]) == (0, True, False, ["Số 1"])
    assert (said["version"]["first"], said["version"]["state"]) == ("2026-09-07", "draft")
    code, said = run("timetable", str(file), "--commit")
    assert (code, said["counts"]["lessons"]["same"], said["created"]) == (0, 3, [])
    code, said = run("timetable", str(file), "--commit", "--publish")
    assert (code, said["published"]) == (1, False) and "Giờ vào học" in said["refused"], "a new school has no bells"
    code, said = run("timetable", str(folder / "khong-co.xlsx"))
    assert code == 1 and "khong-co.xlsx" in said["refused"]
