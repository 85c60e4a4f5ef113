"""How large the school is: everything else follows from the number of classes."""

from __future__ import annotations

from argparse import ArgumentTypeError
from dataclasses import dataclass

from truongso.supervisor.say import say

USUAL, LEAST, MOST = 16, 8, 60
GRADES = (6, 7, 8, 9)
_PUPILS = (40, 41, 39, 40)


@dataclass(frozen=True, slots=True)
class Size:
    classes: int = USUAL

    def names(self) -> list[str]:
        """6A1 to 9A4: the lower grades take what does not divide by four."""
        each, rest = divmod(self.classes, len(GRADES))
        return [f"{g}A{n}" for i, g in enumerate(GRADES) for n in range(1, each + (i < rest) + 1)]

    def pupils(self, name: str) -> int:
        """39 to 41 in a class, 40 on average."""
        return _PUPILS[(int(name[2:]) - 1) % len(_PUPILS)]

    @property
    def staff(self) -> int:
        return max(self.classes * 5 // 2, self.classes * 2 + 8)

    @property
    def deputies(self) -> int:
        return 1 if self.classes < 28 else 2


def size_of(text: str) -> Size:
    """The size that was asked for on the command line; refused in a sentence when it makes no school."""
    if not (text.isascii() and text.isdigit()) or not LEAST <= int(text) <= MOST:
        raise ArgumentTypeError(
            say(
                f"“{text}” không được; trường mẫu có từ {LEAST} đến {MOST} lớp.",
                f"“{text}” does not do; the demo school has {LEAST} to {MOST} classes.",
            )
        )
    return Size(int(text))
