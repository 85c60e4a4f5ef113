"""The gateway: an ASGI application of ours for whatever stays open. Run by uvicorn behind the front.

/gateway/ws?token=…      WebSocket, JSON texts {"stream", "event", …ids}; close 4401 session ended, 4403 token
                         refused, 4408 too slow, 1012 restart: come again
/gateway/events?token=…  the same as server-sent events, for networks that break sockets
/gateway/healthz         200 when it hears the database, else 503
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "truongso.settings")
django.setup()

from django.core.signing import BadSignature  # noqa: E402

from truongso.realtime import read_token, session_stream  # noqa: E402
from truongso.realtime.conninfo import conninfo  # noqa: E402
from truongso.realtime.hub import REFUSED, RESTART, TOO_LONG, Hub, Listener  # noqa: E402
from truongso.realtime.listen import Listening  # noqa: E402
from truongso.realtime.sessions import session_lives  # noqa: E402

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
BEAT_SECONDS = 25  # below the idle limits of phones' networks and of proxies
MAX_MESSAGE = 4096  # what a page may send us; larger is a mistake or an attack


class Gateway:
    def __init__(self) -> None:
        self.hub = Hub()
        self.listening = Listening(self.hub, conninfo())
        self.pool = ThreadPoolExecutor(2, thread_name_prefix="db")
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "websocket" and scope["path"] == "/gateway/ws":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == "/gateway/events":
            await self._events(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == "/gateway/healthz":
            ok = self.listening.connected
            await _answer(
                send, 200 if ok else 503, f'{{"listening":{str(ok).lower()},"pages":{len(self.hub.listeners)}}}'
            )
        elif scope["type"] == "http":
            await _answer(send, 404, "{}")
        else:
            await receive()
            await send({"type": "websocket.close", "code": REFUSED})

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        self._task = asyncio.create_task(self.listening.run())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.hub.end_all(RESTART)
        await asyncio.sleep(0)
        self._task.cancel()
        self.pool.shutdown(wait=False, cancel_futures=True)
        await send({"type": "lifespan.shutdown.complete"})

    async def admit(self, scope: Scope) -> Listener | None:
        """The page behind this request, if its token is ours, fresh, and its login session is alive."""
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        try:
            streams, session_key = read_token(query.get("token", [""])[0])
        except (BadSignature, KeyError, ValueError):
            return None
        alive = await asyncio.get_running_loop().run_in_executor(self.pool, session_lives, session_key)
        return Listener(streams | {session_stream(session_key)}) if alive else None

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect
        listener = await self.admit(scope) if same_origin(scope) else None
        if listener is None:
            await send({"type": "websocket.accept"})  # so that the page learns the code, which a refusal would hide
            await send({"type": "websocket.close", "code": REFUSED})
            return
        await send({"type": "websocket.accept"})
        self.hub.add(listener)
        leaving = asyncio.create_task(_until_gone(receive, listener))
        writing = asyncio.create_task(_write(listener, lambda text: send({"type": "websocket.send", "text": text})))
        waited: set[asyncio.Future[Any]] = {leaving, writing, listener.closed}
        try:
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.hub.remove(listener)
            gone = leaving.done()
            for task in (leaving, writing):
                task.cancel()
            if not gone:
                code = listener.closed.result() if listener.closed.done() else 1011
                with contextlib.suppress(Exception):
                    await send({"type": "websocket.close", "code": code})

    async def _events(self, scope: Scope, receive: Receive, send: Send) -> None:
        listener = await self.admit(scope)
        if listener is None:
            await _answer(send, 403, "{}")
            return
        headers = [
            (b"content-type", b"text/event-stream"),
            (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})

        async def write(text: str) -> None:
            body = (f"data: {text}\n\n" if text else ": \n\n").encode()
            await send({"type": "http.response.body", "body": body, "more_body": True})

        self.hub.add(listener)
        await write("")
        leaving = asyncio.create_task(_until_gone(receive, listener))
        writing = asyncio.create_task(_write(listener, write))
        beating = asyncio.create_task(_beat(listener))
        waited: set[asyncio.Future[Any]] = {leaving, writing, listener.closed}
        try:
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.hub.remove(listener)
            for task in (leaving, writing, beating):
                task.cancel()
            with contextlib.suppress(Exception):
                await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _write(listener: Listener, write: Callable[[str], Awaitable[None]]) -> None:
    while True:
        await write(await listener.queue.get())


async def _beat(listener: Listener) -> None:
    while True:
        await asyncio.sleep(BEAT_SECONDS)
        with contextlib.suppress(asyncio.QueueFull):
            listener.queue.put_nowait("")


async def _until_gone(receive: Receive, listener: Listener) -> None:
    """Pages say nothing yet; the live lesson will plug its messages in here. Anything long is a reason to part."""
    while True:
        message = await receive()
        if message["type"] in {"websocket.disconnect", "http.disconnect"}:
            return
        if len(message.get("text") or message.get("bytes") or b"") > MAX_MESSAGE:
            listener.close(TOO_LONG)


def same_origin(scope: Scope) -> bool:
    """A browser names the page's origin; it must be the host that was asked for. Tools that send none are let in:
    without the victim's token they can do nothing."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    origin = headers.get(b"origin")
    return origin is None or urlsplit(origin).netloc == headers.get(b"host")


async def _answer(send: Send, status: int, body: str) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body.encode()})


app = Gateway()
