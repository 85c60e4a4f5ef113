"""From NOTIFY to the last of 500 open pages, through the front and the gateway."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import Callable

import psycopg
from websockets.asyncio.client import ClientConnection, connect

from tests.process.instance import Browser, Instance
from truongso.lib.datadir import DataDir

PAGES, ROUNDS = 500, 12


def report(school: Instance, say: Callable[[str, str], None]) -> None:
    browser = Browser(school.url).sign_in("chau.tb.8a2")
    token = browser.get("/notices/")[2].decode().split('data-streams="')[1].split('"')[0]
    medians, lasts = asyncio.run(measure(school, token))
    say(
        f"fan-out to {PAGES} sockets",
        f"median page {statistics.median(medians):.0f} ms, last page {statistics.median(lasts):.0f} ms (medians of {ROUNDS})",
    )


async def measure(school: Instance, token: str) -> tuple[list[float], list[float]]:
    uri = f"ws://localhost:{school.port}/gateway/ws?token={token}"
    pages: list[ClientConnection] = []
    for start in range(0, PAGES, 50):
        pages += await asyncio.gather(
            *(connect(uri, origin=school.url, compression=None) for _ in range(start, start + 50))
        )  # type: ignore[arg-type]
    sockets = DataDir(school.data).postgres_sockets
    database = await psycopg.AsyncConnection.connect(f"host={sockets} user=truongso dbname=truongso", autocommit=True)
    stream = await stream_of(database)
    medians, lasts = [], []
    for number in range(ROUNDS):
        await asyncio.sleep(0.3)
        hearing = [asyncio.create_task(hear(page)) for page in pages]
        await asyncio.sleep(0.05)
        begin = time.perf_counter()
        await database.execute(
            "SELECT pg_notify('truongso', %s)", [json.dumps({"stream": stream, "event": "bench", "n": number})]
        )
        times = sorted((done - begin) * 1000 for done in await asyncio.gather(*hearing))
        medians.append(times[len(times) // 2])
        lasts.append(times[-1])
    await asyncio.gather(*(page.close() for page in pages))
    await database.close()
    return medians, lasts


async def stream_of(database: psycopg.AsyncConnection[tuple[object, ...]]) -> str:
    row = await (await database.execute("SELECT person_id FROM people_account WHERE login = 'chau.tb.8a2'")).fetchone()
    assert row
    return f"person:{row[0]}"


async def hear(page: ClientConnection) -> float:
    await page.recv()
    return time.perf_counter()
