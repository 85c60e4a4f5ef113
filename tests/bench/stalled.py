"""Hôm nay while 50 uploads are stuck in the middle and 50 downloads are not read: the ratio to an idle school."""

from __future__ import annotations

import socket
import statistics
import time
from collections.abc import Callable

from tests.process.instance import Browser, Instance


def report(school: Instance, say: Callable[[str, str], None]) -> None:
    browser = Browser(school.url).sign_in("bao.lg.8a2")
    alone = probe(browser)
    lines = []
    for number in range(100):
        line = socket.create_connection(("localhost", school.port))
        head = f"Host: localhost:{school.port}\r\nCookie: {browser.cookie()}\r\n"
        if number % 2:
            line.sendall(f"GET /notices/ HTTP/1.1\r\n{head}\r\n".encode())
        else:
            line.sendall(
                f"POST /files/ HTTP/1.1\r\n{head}Content-Type: text/plain\r\nContent-Length: 900000\r\n\r\n".encode()
                + b"x" * 3000
            )
        lines.append(line)
    stuck = probe(browser)
    for line in lines:
        line.close()
    say(
        "Hôm nay beside 100 stalled clients",
        f"median {stuck * 1000:.0f} ms, {stuck / alone:.1f} times the idle {alone * 1000:.0f} ms",
    )


def probe(browser: Browser) -> float:
    times = []
    for _ in range(30):
        begin = time.monotonic()
        assert browser.get("/")[0] == 200
        times.append(time.monotonic() - begin)
    return statistics.median(times)
