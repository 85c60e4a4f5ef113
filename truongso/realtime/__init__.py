"""Live page updates. `publish` tells every open page that something changed; `token` lets a page listen.

Ids travel, never bodies: whoever hears of a change reads it again through the doors it is allowed through.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.core import signing
from django.db import connection

CHANNEL = "truongso"
MAX_BYTES = 7000  # PostgreSQL refuses 8,000
TOKEN_SECONDS = 24 * 3600
_SALT = "truongso.realtime"


def publish(stream: str, event: str, **ids: int | str) -> None:
    """Say `event` on `stream` ("person:12", "job:5") when the surrounding transaction commits; at once without one."""
    body = json.dumps({"stream": stream, "event": event, **ids}, separators=(",", ":"))
    if len(body) > MAX_BYTES:
        raise ValueError(f"{event}: send ids, not bodies")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, body])


def publish_many(streams: Iterable[str], event: str) -> None:
    """The same event on many streams, in one statement."""
    bodies = [json.dumps({"stream": s, "event": event}, separators=(",", ":")) for s in streams]
    if bodies:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, body) FROM unnest(%s::text[]) AS body", [CHANNEL, bodies])


def token(streams: Iterable[str], session_key: str) -> str:
    """What a page shows the gateway: these streams, for this login session, for a day."""
    return signing.dumps({"s": sorted(streams), "k": session_key}, salt=_SALT)


def read_token(text: str) -> tuple[frozenset[str], str]:
    """(streams, session key) of a token; raises signing.BadSignature when it is not ours or too old."""
    body = signing.loads(text, salt=_SALT, max_age=TOKEN_SECONDS)
    return frozenset(body["s"]), str(body["k"])


def session_stream(session_key: str) -> str:
    """The stream on which the end of a login session is announced; says nothing of the key."""
    return "session:" + signing.Signer(salt="truongso.realtime.session").signature(session_key)[:24]
