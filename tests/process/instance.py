"""The whole product, running for real, for tests that need it so."""

from __future__ import annotations

import contextlib
import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "binh-minh-2026"


def reachable(folder: Path) -> Path:
    """pytest's own folders are 0700, which would shut out the private cluster's owner: let others pass."""
    for one in (folder, *folder.parents):
        if one == Path(tempfile.gettempdir()) or one == Path("/"):
            break
        one.chmod(0o711)
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, port: int, **more: str) -> dict[str, str]:
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith("TRUONGSO_") and k not in {"DATABASE_URL", "PYTEST_VERSION"}
    }
    return kept | {"TRUONGSO_DATA": str(data), "TRUONGSO_PORT": str(port), "TRUONGSO_LANG": "vi"} | more


def run(*words: str, data: Path, port: int = 8000, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "truongso", *words],
        cwd=ROOT,
        env=environment(data, port, **more),
        capture_output=True,
        text=True,
        timeout=90,
    )


@dataclass
class Instance:
    data: Path
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    demo: bool = True  # else the school is empty

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> Instance:
        log = (self.data.parent / f"{self.data.name}.log").open("a")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "truongso", "up", *(["--demo"] if self.demo else [])], cwd=ROOT, env=environment(self.data, self.port, **self.more),
            stdout=log, stderr=log, text=True, start_new_session=True,
        )  # fmt: skip
        for _ in range(600):  # this run's parts, not those of one that was killed a moment ago
            with contextlib.suppress(OSError, ValueError, KeyError):
                if json.loads((self.data / "run" / "state.json").read_text())["supervisor"] == self.process.pid:
                    break
            time.sleep(0.05)
        self.wait_healthy(180)  # a busy machine lays out a school year first
        return self

    def stop(self, sig: int = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(sig)
        return self.process.wait(40)

    def wait_healthy(self, seconds: float = 40) -> float:
        """Until /healthz says 200; returns how long it took."""
        begin = time.monotonic()
        while time.monotonic() - begin < seconds:
            assert self.process is None or self.process.poll() is None, self.log()
            if self.health()[0] == 200:
                return time.monotonic() - begin
            time.sleep(0.1)
        raise AssertionError(f"not healthy: {self.health()}\n{self.log()}")

    def health(self) -> tuple[int, dict[str, Any]]:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            body = error.read()
            return error.code, json.loads(body) if body.startswith(b"{") else {}
        except OSError:
            return 0, {}

    def pids(self) -> dict[str, int]:
        found: dict[str, int] = json.loads((self.data / "run" / "state.json").read_text())["pids"]
        return found

    def log(self) -> str:
        return (self.data.parent / f"{self.data.name}.log").read_text()[-3000:]


class Browser:
    """Cookies and forms, no more."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str, **headers: str) -> tuple[int, Any, bytes]:
        return self._open(urllib.request.Request(self.base + path, headers=headers))

    def post(self, path: str, fields: dict[str, str], *, page: str | None = None) -> tuple[int, Any, bytes]:
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(page or path)[2])
        token = found[1].decode() if found else ""
        body = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}).encode()
        return self._open(urllib.request.Request(self.base + path, body, headers={"Referer": self.base + path}))

    def _open(self, request: urllib.request.Request) -> tuple[int, Any, bytes]:
        try:
            with self.opener.open(request, timeout=20) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def sign_in(self, login: str) -> Browser:
        status, _, body = self.post("/sign-in/", {"login": login, "password": PASSWORD})
        assert status == 200 and b"/sign-in/" not in body[:4000], body[:500]
        return self

    def cookie(self) -> str:
        return "; ".join(f"{c.name}={c.value}" for c in self.jar)
