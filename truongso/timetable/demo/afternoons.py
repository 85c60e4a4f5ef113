"""The few periods of a week that are held online, in the afternoon, in support of school."""

from __future__ import annotations

from truongso.lib.dice import Dice
from truongso.roster.models import TeachingAssignment


class Afternoons:
    """The periods of the week that are held online, in the afternoon: one a day of a class or teacher, spread over days."""

    def __init__(self) -> None:
        self.placed: list[tuple[TeachingAssignment, tuple[int, int]]] = []
        self.taken: set[tuple[str, int, tuple[int, int]]] = set()

    def place(self, one: TeachingAssignment) -> None:
        """Into the first pair of day and number that is free for both; there are more of them than a teacher has classes."""
        turn = Dice(f"afternoon {one.unit.name} {one.subject.code}").below(5)
        days = {slot[0] for other, slot in self.placed if other.unit_id == one.unit_id}
        slots = [((turn + n) % 5 + 1, number) for number in (1, 2) for n in range(5)]
        for slot in sorted(slots, key=lambda slot: slot[0] in days):
            if ("person", one.person_id, slot) not in self.taken and ("unit", one.unit_id, slot) not in self.taken:
                self.taken |= {("person", one.person_id, slot), ("unit", one.unit_id, slot)}
                self.placed.append((one, slot))
                return
        raise AssertionError(f"no afternoon left for {one.unit.name}")
