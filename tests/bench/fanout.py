"""From NOTIFY to the last of 500 open pages, through the front and the gateway.

The pages are bare sockets that only note when something came: a client library for each cost this machine more than the
school's whole side, and a school's phones bring their own processors. The gateway's CPU is told beside it, since it does
not change with what else runs here.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from tests.process.instance import Browser, Instance
from truongso.lib.datadir import DataDir

PAGES, ROUNDS = 500, 12
PING = 0x89


class Page(asyncio.Protocol):
    """One open page: shakes hands, then says when the next message came."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        loop = asyncio.get_running_loop()
        self.open: asyncio.Future[None] = loop.create_future()
        self.heard: asyncio.Future[float] = loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if not self.open.done():
            assert data.startswith(b"HTTP/1.1 101"), data
            self.open.set_result(None)
        elif data[0] != PING and not self.heard.done():
            self.heard.set_result(time.perf_counter())


def report(school: Instance, say: Callable[[str, str], None]) -> None:
    browser = Browser(school.url).sign_in("chau.tb.8a2")
    token = browser.get("/notices/")[2].decode().split('data-streams="')[1].split('"')[0]
    medians, lasts, cpu = asyncio.run(measure(school, token))
    say(
        f"fan-out to {PAGES} sockets",
        f"median page {statistics.median(medians):.0f} ms, last page {statistics.median(lasts):.0f} ms, "
        f"the gateway's CPU {cpu:.0f} ms (of {ROUNDS})",
    )


async def measure(school: Instance, token: str) -> tuple[list[float], list[float], float]:
    pages: list[Page] = []
    for _ in range(PAGES // 50):
        pages += await asyncio.gather(*(open_page(school, token) for _ in range(50)))
    sockets = DataDir(school.data).postgres_sockets
    database = await psycopg.AsyncConnection.connect(f"host={sockets} user=truongso dbname=truongso", autocommit=True)
    stream = await stream_of(database)
    gateway = json.loads((school.data / "run" / "state.json").read_text())["pids"]["gateway"]
    medians, lasts, used = [], [], cpu_of(gateway)
    for number in range(ROUNDS):
        await asyncio.sleep(0.3)
        for page in pages:
            page.heard = asyncio.get_running_loop().create_future()
        begin = time.perf_counter()
        await database.execute(
            "SELECT pg_notify('truongso', %s)", [json.dumps({"stream": stream, "event": "bench", "n": number})]
        )
        times = sorted((done - begin) * 1000 for done in await asyncio.gather(*(page.heard for page in pages)))
        medians.append(times[len(times) // 2])
        lasts.append(times[-1])
    used = (cpu_of(gateway) - used) / ROUNDS
    for page in pages:
        page.transport.abort()
    await database.close()
    return medians, lasts, used


async def open_page(school: Instance, token: str) -> Page:
    key = base64.b64encode(os.urandom(16)).decode()
    request = (
        f"GET /gateway/ws?token={token} HTTP/1.1\r\nHost: localhost:{school.port}\r\nOrigin: {school.url}\r\n"
        f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    ).encode()
    _, page = await asyncio.get_running_loop().create_connection(lambda: Page(request), "localhost", school.port)
    await page.open
    return page


def cpu_of(pid: int) -> float:
    """Milliseconds of processor time that this process has had."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


async def stream_of(database: psycopg.AsyncConnection[tuple[object, ...]]) -> str:
    row = await (await database.execute("SELECT person_id FROM people_account WHERE login = 'chau.tb.8a2'")).fetchone()
    assert row
    return f"person:{row[0]}"
