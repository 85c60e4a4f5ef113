"""Wrong passwords from one address: a machine that guesses is stopped, a school behind one address is not.

Accounts rest by themselves after wrong passwords; this is only for whoever tries many accounts. Only failures are
written down. allauth's own throttle locks one row for every attempt of an address: at eight in the morning that refused
pupils with the right password. Two failures in the same instant may count once, which a limit of this size can bear.
"""

from __future__ import annotations

import time

from django.core.cache import cache

MOST_FAILURES = 300  # a minute
_KEPT = 120


def _key(address: str) -> str:
    return f"wrong-passwords:{address}:{int(time.time() // 60)}"


def is_guessing(address: str) -> bool:
    return int(cache.get(_key(address), 0)) >= MOST_FAILURES


def note_failure(address: str) -> None:
    key = _key(address)
    if not cache.add(key, 1, _KEPT):
        cache.incr(key)
