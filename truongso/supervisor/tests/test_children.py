"""A part that dies comes back; one that dies again and again waits longer each time."""

from __future__ import annotations

import sys
import time

from truongso.supervisor.children import FIRST_PAUSE, Child
from truongso.supervisor.parts import Part


def died(child: Child) -> float:
    """Let it die once; returns how long it must wait."""
    child.start()
    assert child.process is not None
    child.process.wait()
    now = time.monotonic()
    assert child.watch(now)
    return child.again_at - now


def test_pauses_grow_and_end() -> None:
    child = Child(Part("x", [sys.executable, "-S", "-c", ""]))
    pauses = [round(died(child), 2) for _ in range(9)]
    assert pauses[:4] == [FIRST_PAUSE, 0.4, 0.8, 1.6] and pauses[-1] == 15
    assert not child.watch(time.monotonic()), "its pause is not over"


def test_a_part_is_not_blamed_for_the_database() -> None:
    child = Child(Part("x", [sys.executable, "-S", "-c", ""]))
    for _ in range(4):
        died(child)
    child.start()
    assert child.process is not None
    child.process.wait()
    now = time.monotonic()
    child.watch(now, excused=True)
    assert round(child.again_at - now, 2) == FIRST_PAUSE
    assert (child.watch(child.again_at) and child.alive) or child.process is not None
    child.wait_stopped(now + 5)
