"""A planner's move in the grid of a school of 45 classes, over HTTP: what a hand waits for after letting a lesson go."""

from __future__ import annotations

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.process.instance import ROOT, Browser, Instance, environment

CLASSES = 45
MOVES = 60


def report(say: Callable[[str, str], None]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="tsbench-"))
    folder.chmod(0o711)
    school = Instance(folder / "data", demo=False)
    try:
        school.start()
        command = [sys.executable, "-m", "truongso", "demo", "--classes", str(CLASSES)]
        subprocess.run(command, cwd=ROOT, env=environment(school.data, school.port), check=True, capture_output=True)
        _moves(school, say)
    finally:
        school.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _moves(school: Instance, say: Callable[[str, str], None]) -> None:
    planner = Browser(school.url).sign_in("hoa.pt")
    versions = re.findall(rb'<option value="(\d+)"', planner.get("/timetables/new/")[2])
    planner.post("/timetables/new/", {"name": "bench", "first": "30/11/2026", "copy_from": versions[0].decode()})
    pk = max(int(n) for n in re.findall(rb"/timetables/(\d+)/", planner.get("/timetables/")[2]))
    grid = f"/timetables/{pk}/"
    of = re.findall(rb'<option value="(\d+)"', planner.get(grid)[2])[CLASSES // 2].decode()
    act, page = f"{grid}act/?view=class&of={of}", f"{grid}?view=class&of={of}"
    moved, marked = [], []
    text = planner.get(page)[2].decode()
    for turn in range(MOVES):
        entries = re.findall(r'data-entry="(\d+)"', text)
        entry = entries[turn % len(entries)]
        began = time.perf_counter()
        found = json.loads(planner.get(f"{grid}marks/?entry={entry}")[2])["marks"]
        marked.append(time.perf_counter() - began)
        to, there = next((code, m[2]) for code, m in reversed(found.items()) if m[0] in {"free", "swap"})
        fields = {"do": "move", "entry": entry, "to": to, "there": str(there)}
        seconds, status, answer = _timed(planner, act, fields, page)
        assert status == 200, answer[:300]
        moved.append(seconds)
        text = answer.decode()
    for name, times in (("a move", moved), ("what every slot is", marked)):
        last = sorted(times)[int(len(times) * 0.99)]
        text = f"median {statistics.median(times) * 1000:.0f} ms, p99 {last * 1000:.0f} ms of {len(times)}"
        say(f"grid, {CLASSES} classes: {name}", text)


def _timed(planner: Browser, path: str, fields: dict[str, str], page: str) -> tuple[float, int, bytes]:
    """As htmx sends it: the answer is the grid itself."""
    token = next(c.value for c in planner.jar if c.name.endswith("csrftoken"))
    body = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token or ""}).encode()
    headers = {"Referer": planner.base + page, "HX-Request": "true"}
    request = urllib.request.Request(planner.base + path, body, headers=headers)
    began = time.perf_counter()
    with planner.opener.open(request, timeout=20) as answer:
        content = answer.read()
        return time.perf_counter() - began, answer.status, content
