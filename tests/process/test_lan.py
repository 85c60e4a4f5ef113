"""On the school's network: https by the install's own authority, and cookies that leave only by it."""

from __future__ import annotations

import http.client
import ssl
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.process.instance import ROOT, environment, free_port, run
from truongso.lib import certificate

pytestmark = pytest.mark.process


def test_phones_reach_the_school_by_https(tmp_path: Path) -> None:
    data, port, plain_port = tmp_path / "d", free_port(), free_port()
    log = (tmp_path / "log").open("w")
    up = subprocess.Popen(
        [sys.executable, "-m", "truongso", "up"],
        cwd=ROOT,
        env=environment(data, port, TRUONGSO_TLS="lan", TRUONGSO_HTTP_PORT=str(plain_port)),
        stdout=log,
        stderr=log,
    )
    root = data / "caddy" / "storage" / "pki" / "authorities" / "local" / "root.crt"
    try:
        for _ in range(900):
            if "sẵn sàng" in (tmp_path / "log").read_text() or up.poll() is not None:
                break
            time.sleep(0.1)
        assert root.is_file(), (tmp_path / "log").read_text()
        assert up.poll() is None, (tmp_path / "log").read_text()
        trusted = ssl.create_default_context(cafile=str(root))
        call = http.client.HTTPSConnection("localhost", port, context=trusted, timeout=10)
        call.request("GET", "/sign-in/")
        answer = call.getresponse()
        assert answer.status == 200
        assert all("Secure" in cookie for cookie in answer.headers.get_all("Set-Cookie", []))
        certificate_is_offered_before_it_is_trusted(root, port, plain_port)
        said = run("doctor", data=data, port=port, TRUONGSO_TLS="lan").stdout
        assert f":{port}/certificate/" in said and certificate.fingerprint(root) in said
    finally:
        up.terminate()
        assert up.wait(40) == 0


def certificate_is_offered_before_it_is_trusted(root: Path, port: int, plain_port: int) -> None:
    """Over plain http: this page and its file, without a cookie in or out; everything else is sent on to https."""

    def ask(path: str, method: str = "GET") -> tuple[http.client.HTTPResponse, bytes]:
        call = http.client.HTTPConnection("localhost", plain_port, timeout=10)
        call.request(method, path, headers={"Cookie": "truongso=stolen"})
        answer = call.getresponse()
        return answer, answer.read()

    page, body = ask("/certificate/")
    assert page.status == 200 and certificate.fingerprint(root) in body.decode().replace("<wbr>", "")
    style = body.decode().split('rel="stylesheet" href="')[1].split('"')[0]
    assert ask(style)[0].status == 200
    file, body = ask("/certificate/truong-so.crt")
    assert (file.status, file.headers["Content-Type"]) == (200, "application/x-x509-ca-cert")
    assert body == certificate.der(root)
    assert not page.headers.get_all("Set-Cookie") and not file.headers.get_all("Set-Cookie")
    for path, method in (("/", "GET"), ("/sign-in/", "GET"), ("/sign-in/", "POST"), ("/certificate/", "POST")):
        answer, _ = ask(path, method)
        assert (answer.status, answer.headers["Location"]) == (307, f"https://localhost:{port}{path}"), (path, method)
