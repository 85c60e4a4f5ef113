"""On the school's network: https by the install's own authority, and cookies that leave only by it."""

from __future__ import annotations

import http.client
import ssl
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.process.instance import ROOT, environment, free_port

pytestmark = pytest.mark.process


def test_phones_reach_the_school_by_https(tmp_path: Path) -> None:
    data, port = tmp_path / "d", free_port()
    log = (tmp_path / "log").open("w")
    up = subprocess.Popen(
        [sys.executable, "-m", "truongso", "up"],
        cwd=ROOT,
        env=environment(data, port, TRUONGSO_TLS="lan"),
        stdout=log,
        stderr=log,
    )
    root = data / "caddy" / "storage" / "pki" / "authorities" / "local" / "root.crt"
    try:
        for _ in range(300):
            if "sẵn sàng" in (tmp_path / "log").read_text():
                break
            time.sleep(0.1)
        trusted = ssl.create_default_context(cafile=str(root))
        call = http.client.HTTPSConnection("localhost", port, context=trusted, timeout=10)
        call.request("GET", "/sign-in/")
        answer = call.getresponse()
        assert answer.status == 200
        assert all("Secure" in cookie for cookie in answer.headers.get_all("Set-Cookie", []))
    finally:
        up.terminate()
        assert up.wait(40) == 0
