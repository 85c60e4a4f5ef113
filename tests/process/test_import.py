"""`truongso import people` and `export people`, as an administrator runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.process.instance import ROOT, environment, reachable
from truongso.intake.tests.files import class_of, sector, sector_row


def test_the_command_line_on_an_empty_school(tmp_path: Path) -> None:
    """As an administrator runs it: dry, really, again; JSON on stdout, exit codes."""
    folder = reachable(tmp_path)
    file, broken = folder / "lop6.xlsx", folder / "hong.xlsx"
    file.write_bytes(sector([sector_row(9, "Nguyễn Văn Sai", "31/02/2015"), *class_of(3)]))
    broken.write_bytes(b"%PDF-1.4")

    def run(*words: str) -> tuple[int, Any]:
        done = subprocess.run(
            [sys.executable, "-m", "truongso", *words],
            cwd=ROOT,
            env=environment(folder / "data", 8199),
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done.returncode, json.loads(done.stdout) if "--json" in words else done.stdout

    code, said = run("import", "people", str(file), "--json")
    assert (code, said["committed"], said["counts"]["pupils"]["new"]) == (0, False, 3)
    assert said["created"] == ["năm học 2026-2027", "lớp 6A1"] and said["provider"] == "sector"
    wrong = said["wrong"][0]
    assert (wrong["sheet"], wrong["row"], wrong["cell"], wrong["value"]) == ("Danh sách", 6, "D6", "31/02/2015")
    code, said = run("import", "people", str(file), "--commit", "--json")
    assert (code, said["committed"]) == (0, True)
    code, said = run("import", "people", str(file), "--commit", "--json")
    assert (code, said["counts"]["pupils"]["same"], said["counts"]["pupils"]["new"]) == (0, 3, 0)
    code, said = run("import", "people", str(broken), "--json")
    assert code == 1 and "PDF" in said["refused"] and said["counts"]["pupils"]["new"] == 0
    out = folder / "ra.xlsx"
    code, text = run("export", "people", str(out), "--layout", "sector", "--class", "6A1")
    assert code == 0 and "3" in text
    code, said = run("import", "people", str(out), "--json")
    assert code == 0 and said["counts"]["pupils"] == {"new": 0, "changed": 0, "same": 3, "wrong": 0, "asked": 0}
