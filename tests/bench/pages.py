"""Requests a second of Hôm nay, the full demo year behind it, signed in; with wrk where it is there, since Python costs a core."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable

from tests.bench.load import hammer
from tests.process.instance import Browser, Instance


def report(school: Instance, say: Callable[[str, str], None]) -> None:
    logins = ("an.nk.8a2", "hoa.pt", "huong.dt", "lan.nt")
    pupil, deputy, teacher, guardian = (Browser(school.url).sign_in(login) for login in logins)
    hammer(school.port, "/", pupil.cookie(), connections=8, seconds=2)
    asked = (
        (pupil, "/", "Hôm nay, pupil"), (teacher, "/", "Hôm nay, homeroom teacher"), (guardian, "/", "Hôm nay, three children"),
        (deputy, "/", "Hôm nay, deputy"), (pupil, "/notices/", "notices"), (pupil, "/healthz", "healthz"),
        (deputy, "/people/", "directory"), (deputy, "/people/?q=lan+ng", "directory search"), (deputy, "/classes/", "classes"),
    )  # fmt: skip
    for browser, path, name in asked:
        if shutil.which("wrk"):
            say(f"{name}, 16 connections (wrk)", wrk(school, path, browser.cookie()))
        else:
            say(
                f"{name}, 16 connections", hammer(school.port, path, browser.cookie(), connections=16, seconds=8).line()
            )


def wrk(school: Instance, path: str, cookie: str) -> str:
    command = [
        "wrk",
        "-t1",
        "-c16",
        "-d8s",
        "--latency",
        "-H",
        f"Cookie: {cookie}",
        f"http://localhost:{school.port}{path}",
    ]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = {name: re.search(rf"{name}\s+([\d.]+\w*)", text) for name in ("Requests/sec:", "50%", "99%")}
    rate, median, last = (m[1] if m else "?" for m in found.values())
    wrong = "" if "Non-2xx" not in text else ", with errors"
    return f"{float(rate):.0f} req/s, median {median}, p99 {last}{wrong}"
