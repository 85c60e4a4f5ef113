"""The gateway with a real uvicorn, real sockets, a real NOTIFY."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.signing import BadSignature
from django.db import transaction
from django.test import Client
from django.utils import timezone
from websockets.asyncio.client import unix_connect
from websockets.exceptions import ConnectionClosed

from tests.cast import Cast, client_of, make_cast
from truongso import realtime
from truongso.lib.datadir import DataDir
from truongso.people.models import LoginSession
from truongso.realtime.conninfo import conninfo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def start(folder: Path) -> tuple[DataDir, subprocess.Popen[bytes]]:
    """A gateway of its own, with the fixed keys that the settings have in tests."""
    data = DataDir(folder)
    data.create()
    code = "import sys; sys.modules['pytest'] = sys; from truongso.realtime.commands import run_gateway; run_gateway()"
    env = os.environ | {"TRUONGSO_DATA": str(folder), "DATABASE_URL": conninfo()}
    process = subprocess.Popen([sys.executable, "-c", code], env=env)
    for _ in range(100):
        if data.socket("gateway").exists() and _healthy(data):
            break
        time.sleep(0.1)
    return data, process


@pytest.fixture(scope="module")
def gateway(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[DataDir, subprocess.Popen[bytes]]]:
    data, process = start(tmp_path_factory.mktemp("gw"))
    yield data, process
    process.terminate()
    process.wait(10)


def _healthy(data: DataDir) -> bool:
    from truongso.supervisor.probe import UnixConnection

    call = UnixConnection(str(data.socket("gateway")))
    try:
        call.request("GET", "/gateway/healthz")
        return call.getresponse().status == 200
    except OSError:
        return False
    finally:
        call.close()


def token_of(client: Client) -> str:
    page = client.get("/notices/").content.decode()
    return page.split('data-streams="')[1].split('"')[0]


def talk(data: DataDir, token: str, work, **options):
    async def run():
        uri = f"ws://localhost/gateway/ws?token={token}"
        async with unix_connect(str(data.socket("gateway")), uri, **options) as socket:
            return await work(socket)

    return asyncio.run(run())


async def closed_with(socket) -> int:
    try:
        while True:
            await asyncio.wait_for(socket.recv(), 5)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 0


def notify(stream: str, event: str) -> None:
    with psycopg.connect(conninfo(), autocommit=True) as other:
        other.execute("SELECT pg_notify('truongso', %s)", [json.dumps({"stream": stream, "event": event})])


def test_a_page_hears_what_concerns_it(cast: Cast, gateway) -> None:
    data, _ = gateway
    token = token_of(client_of(cast.pupil))

    async def work(socket):
        await asyncio.to_thread(notify, f"person:{cast.classmate.person_id}", "notices")
        await asyncio.to_thread(notify, f"person:{cast.pupil.person_id}", "notices")
        return json.loads(await asyncio.wait_for(socket.recv(), 5))

    assert talk(data, token, work) == {"stream": f"person:{cast.pupil.person_id}", "event": "notices"}


def test_who_has_no_token_of_ours_is_let_go(cast: Cast, gateway) -> None:
    data, _ = gateway
    good = token_of(client_of(cast.pupil))
    assert talk(data, "x" + good, closed_with) == 4403
    assert talk(data, good, closed_with, origin="https://xau.example") == 4403
    LoginSession.objects.update(expire_date=timezone.now() - timedelta(1))
    assert talk(data, good, closed_with) == 4403


def test_the_end_of_a_session_closes_its_pages(cast: Cast, gateway) -> None:
    data, _ = gateway
    laptop, phone = client_of(cast.pupil), client_of(cast.pupil)
    token = token_of(phone)

    async def work(socket):
        ended = await asyncio.to_thread(lambda: laptop.post("/account/sessions/end/"))
        assert ended.status_code == 302
        return await closed_with(socket)

    assert talk(data, token, work) == 4401


def test_a_slow_page_holds_nobody_up(cast: Cast, gateway) -> None:
    data, _ = gateway
    token, stream = token_of(client_of(cast.pupil)), f"person:{cast.pupil.person_id}"

    async def work():
        uri = f"ws://localhost/gateway/ws?token={token}"
        path = str(data.socket("gateway"))
        async with unix_connect(path, uri, max_queue=1) as slow, unix_connect(path, uri) as quick:
            assert slow is not quick

            def flood() -> None:
                with psycopg.connect(conninfo(), autocommit=True) as other:
                    for number in range(600):
                        other.execute(
                            "SELECT pg_notify('truongso', %s)",
                            [json.dumps({"stream": stream, "event": "x" * 900, "n": number})],
                        )

            flooding = asyncio.create_task(asyncio.to_thread(flood))
            seen = [json.loads(await asyncio.wait_for(quick.recv(), 10))["n"] for _ in range(600)]
            await flooding
            return seen

    assert asyncio.run(work()) == list(range(600))


def test_the_gateway_listens_again_after_the_database_dropped_it(cast: Cast, gateway) -> None:
    data, _ = gateway
    token = token_of(client_of(cast.pupil))

    async def work(socket):
        await asyncio.to_thread(drop_listeners)
        first = json.loads(await asyncio.wait_for(socket.recv(), 10))
        await asyncio.to_thread(notify, f"person:{cast.pupil.person_id}", "notices")
        return first["event"], json.loads(await asyncio.wait_for(socket.recv(), 5))["event"]

    assert talk(data, token, work) == ("resync", "notices")


def drop_listeners() -> None:
    with psycopg.connect(conninfo(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")


def test_a_restart_tells_pages_to_come_again(cast: Cast, tmp_path: Path) -> None:
    data, process = start(tmp_path)
    token = token_of(client_of(cast.pupil))

    async def work(socket):
        process.send_signal(signal.SIGTERM)
        return await closed_with(socket)

    assert talk(data, token, work) in {1012, 1001}


def test_what_a_page_sends_is_bounded(cast: Cast, gateway) -> None:
    data, _ = gateway

    async def work(socket):
        await socket.send("x" * 5000)
        return await closed_with(socket)

    assert talk(data, token_of(client_of(cast.pupil)), work) == 1009


def test_events_for_networks_that_break_sockets(cast: Cast, gateway) -> None:
    from truongso.supervisor.probe import UnixConnection

    data, _ = gateway
    call = UnixConnection(str(data.socket("gateway")))
    call.request("GET", f"/gateway/events?token={token_of(client_of(cast.pupil))}")
    answer = call.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert answer.readline() == b": \n"
    notify(f"person:{cast.pupil.person_id}", "notices")
    assert answer.readline() == b"\n"
    assert b'"event": "notices"' in answer.readline()
    call.close()
    refused = UnixConnection(str(data.socket("gateway")))
    refused.request("GET", "/gateway/events?token=x")
    assert refused.getresponse().status == 403


def test_nothing_is_said_before_the_commit(transactional_db: None) -> None:
    with psycopg.connect(conninfo(), autocommit=True) as ears:
        ears.execute("LISTEN truongso")
        with transaction.atomic():
            realtime.publish("person:1", "notices")
            assert list(ears.notifies(timeout=0.3)) == []
        assert [n.payload for n in ears.notifies(timeout=2, stop_after=1)] == [
            '{"stream":"person:1","event":"notices"}'
        ]
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            realtime.publish("person:2", "notices")
            _ = 1 / 0
        assert list(ears.notifies(timeout=0.3)) == []


def test_tokens_cannot_be_altered_and_bodies_are_not_sent(db: None) -> None:
    made = realtime.token(["person:1"], "key")
    assert realtime.read_token(made) == (frozenset({"person:1"}), "key")
    with pytest.raises(BadSignature):
        realtime.read_token(made[:-2] + "xx")
    with pytest.raises(ValueError, match="ids, not bodies"):
        realtime.publish("person:1", "x", body="y" * 8000)
