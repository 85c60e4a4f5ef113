"""How absences are counted: the law's way, over values. Where the law is, and what the school decides: AbsencePolicy.

A session (buổi) is the class's main half-day of one day; the second session of a two-session day never counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from truongso.timetable.models import Mode, Presence

State = Literal["present", "late", "excused", "absent", "tech", "part"]
COUNTED = ("excused", "absent")
IN_A_ROW = 2


@dataclass(frozen=True, slots=True)
class Policy:
    limit: int
    warn_first: int
    warn_second: int
    online_replace: bool
    online_support: bool
    self_study: bool
    lock_days: int
    article: str

    @property
    def modes(self) -> list[str]:
        """The forms of teaching whose periods count."""
        online = ((Mode.ONLINE_REPLACE, self.online_replace), (Mode.ONLINE_SUPPORT, self.online_support),
                  (Mode.SELF_STUDY, self.self_study))  # fmt: skip
        return [Mode.IN_PERSON.value, *(mode.value for mode, counts in online if counts)]

    def tone(self, total: int) -> str:
        """How near: "" "warn" "danger"; past the limit is danger too."""
        return "danger" if total >= self.warn_second else "warn" if total >= self.warn_first else ""

    def over(self, total: int) -> bool:
        """45 is allowed, 46 is not."""
        return total > self.limit


@dataclass(frozen=True, slots=True)
class Session:
    """What the rolls say of one pupil in one main session. `rolls`: how many periods have one that counts."""

    day: date
    whole: str | None = None  # the state in the session's own roll; None: there is no such roll
    rolls: int = 0
    absent: int = 0
    excused: int = 0
    late: int = 0
    trouble: int = 0


def state(seen: Session) -> State:
    """The roll of the session decides; without one, who was away in every period that has a roll was away.

    Technical trouble is not absence, and one period attended is a session attended. With permission only when every
    period was.
    """
    if seen.whole in (Presence.EXCUSED, Presence.ABSENT):
        return "excused" if seen.whole == Presence.EXCUSED else "absent"
    away = seen.absent + seen.excused
    if seen.whole is None and seen.rolls and away >= seen.rolls:
        return "absent" if seen.absent else "excused"
    if away:
        return "part"
    if seen.whole == Presence.TROUBLE or seen.trouble:
        return "tech"
    return "late" if seen.whole == Presence.LATE or seen.late else "present"


@dataclass(frozen=True, slots=True)
class Total:
    excused: int = 0
    absent: int = 0

    @property
    def sessions(self) -> int:
        """With or without permission, continuous or not."""
        return self.excused + self.absent


def total(sessions: Iterable[Session]) -> Total:
    found = [state(s) for s in sessions]
    return Total(found.count("excused"), found.count("absent"))


def away_in_a_row(held: Sequence[date], away: Iterable[date], times: int = IN_A_ROW) -> bool:
    """Away in the last sessions of which the class has a roll, so many in a row. `held`: oldest first."""
    last = held[-times:]
    return len(last) == times and set(last) <= set(away)
