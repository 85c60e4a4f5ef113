"""A valid week for a whole school: pure sums over values, the same answer every time.

Classes and teachers are the two sides of a bipartite graph, lessons its edges, slots of the week its colours. By König's
theorem a colouring exists as soon as nobody has more lessons than there are slots, and Kempe's chains find it: to free a
slot at a teacher, two slots change places along the chain of lessons that hang together in them. The same exchange then
makes the week better without ever making it invalid.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

End = tuple[str, Hashable]  # ("class", id) or ("teacher", id)
PASSES = 8


@dataclass(frozen=True, slots=True)
class Lesson:
    """One period a week. `teacher` None: an empty slot of the class, which no one need attend."""

    unit: Hashable
    teacher: Hashable | None
    subject: Hashable


class TooMany(ValueError):
    """A class or teacher has more lessons than the week has slots."""


Cost = Callable[[Sequence[Lesson | None]], int]  # of a class's week, in order of slots


def colour(lessons: Sequence[Lesson], slots: int, cost: Cost) -> list[int]:
    """The slot of each lesson: nobody twice in one, the cost of the classes' weeks small. Raises TooMany."""
    week = _Week(lessons, slots)
    for index in range(len(lessons)):
        week.place(index)
    week.improve(cost)
    return week.slot


class _Week:
    def __init__(self, lessons: Sequence[Lesson], slots: int) -> None:
        self.lessons, self.slots = lessons, slots
        self.slot = [-1] * len(lessons)
        self.ends: list[tuple[End, End]] = [
            (("class", one.unit), ("teacher", one.teacher) if one.teacher is not None else ("nobody", index))
            for index, one in enumerate(lessons)
        ]
        self.at: dict[End, list[int]] = {end: [-1] * slots for pair in self.ends for end in pair}

    def _free(self, end: End) -> list[int]:
        return [slot for slot, index in enumerate(self.at[end]) if index < 0]

    def place(self, index: int) -> None:
        unit, teacher = self.ends[index]
        here, there = self._free(unit), self._free(teacher)
        if not here or not there:
            raise TooMany(unit if not here else teacher)
        both = [slot for slot in here if slot in set(there)]
        slot = both[0] if both else here[0]
        if not both:  # free it at the teacher: the chain from there never comes back to this class
            self._exchange(self._chain(self.at[teacher][slot], slot, there[0]), slot, there[0])
        self._put(index, slot)

    def _put(self, index: int, slot: int) -> None:
        self.slot[index] = slot
        for end in self.ends[index]:
            self.at[end][slot] = index

    def _chain(self, start: int, a: int, b: int) -> list[int]:
        """The lessons in slots a and b that hang together with this one by class or teacher."""
        found, look = {start}, [start]
        while look:
            index = look.pop()
            other = b if self.slot[index] == a else a
            for end in self.ends[index]:
                neighbour = self.at[end][other]
                if neighbour >= 0 and neighbour not in found:
                    found.add(neighbour)
                    look.append(neighbour)
        return sorted(found)

    def _exchange(self, chain: list[int], a: int, b: int) -> None:
        for index in chain:
            for end in self.ends[index]:
                self.at[end][self.slot[index]] = -1
        for index in chain:
            self._put(index, b if self.slot[index] == a else a)

    def _cost(self, end: End, cost: Cost) -> int:
        return cost([self.lessons[index] if index >= 0 else None for index in self.at[end]])

    def improve(self, cost: Cost) -> None:
        """Exchange two slots along a chain wherever that makes the classes on it better, until nothing does."""
        costs = {end: self._cost(end, cost) for end in self.at if end[0] == "class"}
        for _ in range(PASSES):
            better = False
            for index in range(len(self.lessons)):
                if costs[self.ends[index][0]]:
                    better |= any(self._try(index, slot, cost, costs) for slot in range(self.slots))
            if not better:
                return

    def _try(self, index: int, b: int, cost: Cost, costs: dict[End, int]) -> bool:
        a = self.slot[index]
        if a == b:
            return False
        chain = self._chain(index, a, b)
        units = {self.ends[one][0] for one in chain}
        self._exchange(chain, a, b)
        now = {unit: self._cost(unit, cost) for unit in units}
        if sum(now.values()) < sum(costs[unit] for unit in units):
            costs.update(now)
            return True
        self._exchange(chain, a, b)
        return False
