"""Who listens to what, in this process. A message is encoded once; a listener too slow to keep up is let go."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable

QUEUE = 100  # messages that wait for one listener before it is let go


class Listener:
    """One open page. `closed` carries the WebSocket close code once it must go."""

    def __init__(self, streams: Iterable[str]) -> None:
        self.streams = frozenset(streams)
        self.queue: asyncio.Queue[str] = asyncio.Queue(QUEUE)
        self.closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def close(self, code: int) -> None:
        if not self.closed.done():
            self.closed.set_result(code)


class Hub:
    def __init__(self) -> None:
        self._by_stream: dict[str, set[Listener]] = defaultdict(set)
        self.listeners: set[Listener] = set()

    def add(self, listener: Listener) -> None:
        self.listeners.add(listener)
        for stream in listener.streams:
            self._by_stream[stream].add(listener)

    def remove(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        for stream in listener.streams:
            self._by_stream[stream].discard(listener)
            if not self._by_stream[stream]:
                del self._by_stream[stream]

    def tell(self, stream: str, text: str) -> int:
        """Put `text` before everybody on `stream`; returns how many."""
        heard = self._by_stream.get(stream, ())
        for listener in tuple(heard):
            try:
                listener.queue.put_nowait(text)
            except asyncio.QueueFull:
                listener.close(SLOW)
        return len(heard)

    def end(self, stream: str, code: int) -> None:
        """Close everybody on `stream` (a session that has ended)."""
        for listener in tuple(self._by_stream.get(stream, ())):
            listener.close(code)

    def end_all(self, code: int) -> None:
        for listener in tuple(self.listeners):
            listener.close(code)


SLOW = 4408
ENDED = 4401
REFUSED = 4403
RESTART = 1012
TOO_LONG = 1009
