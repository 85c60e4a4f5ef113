"""Names by generation, family and place: each is nobody's, and no two persons of the school share one by accident."""

from __future__ import annotations

from collections.abc import Callable

from truongso.demo import name_lists as lists
from truongso.lib import vi
from truongso.lib.dice import Dice
from truongso.people.models import Gender

BOY, GIRL, SHORT_OF_NAMES = Gender.MALE, Gender.FEMALE, 400
Maker = Callable[[str], str]
_FAMOUS = frozenset(vi.fold(name) for name in lists.FAMOUS)


class Names:
    """Gives names and remembers them. `reserved` are the hand-written ones, which chance must not repeat."""

    def __init__(self, reserved: frozenset[str]) -> None:
        self._reserved = frozenset(vi.fold(name) for name in reserved)
        self._given: dict[str, int] = {}

    def family(self, dice: Dice) -> str:
        return dice.weighed(lists.FAMILY)

    def pupil(self, dice: Dice, gender: str, family: str = "") -> str:
        return self._fresh(dice, family, lambda f: _child(dice, gender, f))

    def adult(self, dice: Dice, gender: str, family: str = "") -> str:
        return self._fresh(dice, family, lambda f: _adult(dice, gender, f))

    def elder(self, dice: Dice, gender: str, family: str = "") -> str:
        return self._fresh(dice, family, lambda f: _elder(dice, gender, f))

    def _fresh(self, dice: Dice, family: str, rest: Maker) -> str:
        """A few persons share a name, as in every school; never a hand-written one, and never a famous one."""
        for throw in range(SHORT_OF_NAMES):
            surname = family or self.family(dice)
            name = f"{surname} {rest(surname)}"
            shared = 1 + throw // 30 + dice.chance(4)
            if self._given.get(name, 0) < shared and self._fit(name):
                self._given[name] = self._given.get(name, 0) + 1
                return name
        raise AssertionError("the lists of names are too short")

    def _fit(self, name: str) -> bool:
        folded = vi.fold(name)
        parts = folded.split()
        if len(set(parts)) < len(parts) or folded in _FAMOUS:
            return False
        return not any(folded == r or folded.startswith(r + " ") for r in self._reserved)


def _child(dice: Dice, gender: str, family: str) -> str:
    if family in lists.SOUTHERN:
        return dice.pick(lists.SOUTHERN_BOY if gender == BOY else lists.SOUTHERN_GIRL)
    if gender == BOY:
        middle, given = dice.pick(lists.BOY_MIDDLE), dice.pick(lists.BOY_GIVEN)
        return f"{dice.pick(('Đình', 'Hữu', 'Đức', 'Văn'))} {middle} {given}" if dice.chance(7) else f"{middle} {given}"
    middle, given = dice.pick(lists.GIRL_MIDDLE), dice.pick(lists.GIRL_GIVEN)
    if dice.chance(6):
        return f"Thị {given}"
    return f"Thị {middle} {given}" if dice.chance(18) else f"{middle} {given}"


def _adult(dice: Dice, gender: str, family: str) -> str:
    south = family in lists.SOUTHERN
    if gender == BOY:
        given = dice.pick(lists.SOUTHERN_MAN_GIVEN if south else lists.MAN_GIVEN)
        return f"Văn {given}" if dice.chance(42) else f"{dice.pick(lists.MAN_MIDDLE)} {given}"
    given = dice.pick(lists.SOUTHERN_WOMAN_GIVEN if south else lists.WOMAN_GIVEN)
    return f"Thị {given}" if dice.chance(52) else f"{dice.pick(lists.WOMAN_MIDDLE)} {given}"


def _elder(dice: Dice, gender: str, family: str) -> str:
    if gender == BOY:
        middle = "Văn" if dice.chance(60) else dice.pick(lists.OLD_MAN_MIDDLE)
        return f"{middle} {dice.pick(lists.OLD_MAN_GIVEN)}"
    return f"Thị {dice.pick(lists.OLD_WOMAN_GIVEN)}"
