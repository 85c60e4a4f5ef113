"""Which subject a word of a file or timetable means; how a year's periods spread over its weeks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from truongso.lib import vi


def key(text: str) -> str:
    """What two spellings of a subject have in common: no marks, no case, no signs ("LS&ĐL" = "ls đl" = "Ls - Đl")."""
    return re.sub(r"[^a-z0-9]+", "", vi.fold(text))


@dataclass(frozen=True, slots=True)
class Named:
    """A subject, or a strand of one (part_id), with everything that it is called; the dearest name first."""

    subject_id: int
    part_id: int | None
    names: tuple[str, ...]


class SubjectIndex:
    """Names to subjects. Full names win over short names, those over aliases; a subject wins over a strand."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._found: dict[str, Named] = {}
        entries = sorted(named, key=lambda n: n.part_id is not None)
        for rank in range(max((len(n.names) for n in entries), default=0)):
            for entry in entries:
                if rank < len(entry.names) and (k := key(entry.names[rank])):
                    self._found.setdefault(k, entry)

    def find(self, text: str) -> Named | None:
        return self._found.get(key(text))


def spread(periods: int, weeks: tuple[int, int] = (18, 17)) -> tuple[int, int]:
    """Periods a week in term I and II that come to `periods`, as even as can be, more in term II before more in term I.

    52 → (1, 2); 35 → (1, 1). When no whole numbers do, the nearest from below.
    """
    most = periods // max(1, min(weeks)) + 1
    fits = [
        (one, two) for one in range(most + 1) for two in range(most + 1) if one * weeks[0] + two * weeks[1] <= periods
    ]
    return max(fits, key=lambda f: (f[0] * weeks[0] + f[1] * weeks[1], -abs(f[0] - f[1]), f[1])) if fits else (0, 0)


def totals(periods: Mapping[tuple[int, int], int], counted: Iterable[int], grades: Iterable[int]) -> dict[int, int]:
    """Periods by grade over the compulsory subjects (`counted`), from {(subject_id, grade): periods}."""
    ids = set(counted)
    return {g: sum(n for (subject, grade), n in periods.items() if grade == g and subject in ids) for g in grades}
