"""Chance that is the same on every machine: SplitMix64 from a word. Python's own choices may change with its version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TypeVar

_T = TypeVar("_T")
_MASK = 2**64 - 1


class Dice:
    """Throws that depend on the seed alone: `Dice("pupils 8A2")` gives the same row for ever."""

    def __init__(self, seed: str) -> None:
        self._state = int.from_bytes(sha256(seed.encode()).digest()[:8], "big")

    def below(self, count: int) -> int:
        """0 to count - 1."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return (mixed ^ (mixed >> 31)) % count

    def between(self, low: int, high: int) -> int:
        """low to high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        return self.below(100) < percent

    def pick(self, options: Sequence[_T]) -> _T:
        return options[self.below(len(options))]

    def weighed(self, options: Mapping[_T, int]) -> _T:
        """One of the keys, each as likely as its weight."""
        throw = self.below(sum(options.values()))
        for option, weight in options.items():
            throw -= weight
            if throw < 0:
                return option
        raise AssertionError("weights are positive")

    def shuffled(self, options: Sequence[_T]) -> list[_T]:
        left, made = list(options), []
        while left:
            made.append(left.pop(self.below(len(left))))
        return made
