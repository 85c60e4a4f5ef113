"""From PostgreSQL's NOTIFY to the hub; connects again by itself, and then tells every page to read again."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import psycopg

from truongso.realtime import CHANNEL
from truongso.realtime.hub import ENDED, Hub

log = logging.getLogger(__name__)
RETRY_SECONDS = (0.2, 0.5, 1, 2, 5)


def hand_over(hub: Hub, payload: str) -> None:
    """One notification to whom it concerns."""
    message: dict[str, Any] = json.loads(payload)
    stream = str(message["stream"])
    if message["event"] == "session-ended":
        hub.end(stream, ENDED)
    else:
        hub.tell(stream, payload)


class Listening:
    """The task that listens. `connected` is what /healthz asks."""

    def __init__(self, hub: Hub, conninfo: str) -> None:
        self.hub = hub
        self.conninfo = conninfo
        self.connected = False

    async def run(self) -> None:
        failures, first = 0, True
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self.conninfo, autocommit=True, connect_timeout=5, keepalives=1, keepalives_idle=10
                ) as connection:
                    await connection.execute(f'LISTEN "{CHANNEL}"')
                    self.connected, failures = True, 0
                    if not first:
                        self._resync()
                    first = False
                    async for notice in connection.notifies():
                        hand_over(self.hub, notice.payload)
            except (psycopg.Error, OSError) as error:
                log.warning("listening stopped: %s", str(error).splitlines()[0] if str(error) else error)
            self.connected = False
            await asyncio.sleep(RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)])
            failures += 1

    def _resync(self) -> None:
        """What was said while nobody listened is lost: the pages read again."""
        for listener in tuple(self.hub.listeners):
            for stream in listener.streams:
                self.hub.tell(stream, json.dumps({"stream": stream, "event": "resync"}))
                break
