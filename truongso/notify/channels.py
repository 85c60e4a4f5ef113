"""Ways out of the house, besides the notices on our own pages. Web push and Zalo register here later.

A channel gets a notice and the people it is for, and queues what it must; it never sends inside a request.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from truongso.notify.models import Notice

Channel = Callable[[Notice, Sequence[int]], None]
_CHANNELS: dict[str, Channel] = {}


def register(name: str, channel: Channel) -> None:
    _CHANNELS[name] = channel


def deliver(notice: Notice, persons: Sequence[int]) -> None:
    for channel in _CHANNELS.values():
        channel(notice, persons)
