"""What a roll says of one pupil, how two rolls of one period become one, and who may still change it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from truongso.people.rules import YES, Verdict
from truongso.timetable.models import MarkSource, Presence

AWAY = (Presence.EXCUSED.value, Presence.ABSENT.value)
LETTERS = {
    Presence.PRESENT.value: "·", Presence.LATE.value: "M", Presence.EXCUSED.value: "P", Presence.ABSENT.value: "K",
    Presence.TROUBLE.value: "S",
}  # fmt: skip
TONES = {Presence.TROUBLE.value: "tech"}  # the strip's word; else the state itself
LONGEST_LATE = 240


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of one pupil."""

    state: str = Presence.PRESENT.value
    minutes: int | None = None
    note: str = ""

    @property
    def away(self) -> bool:
        return self.state in AWAY

    @property
    def more(self) -> str:
        """Minutes and note as history keeps them."""
        return f"{self.minutes or ''}|{self.note}" if self.minutes or self.note else ""

    def pack(self) -> str:
        """As a form carries it."""
        return f"{self.state}|{self.minutes or ''}|{self.note}"


HERE = Mark()


def tidy(state: str, minutes: int | None = None, note: str = "") -> Mark:
    """Only what fits the state: minutes with late, nothing with present."""
    if state == Presence.PRESENT:
        return HERE
    late = min(minutes, LONGEST_LATE) if minutes and state == Presence.LATE else None
    return Mark(state, late, note.strip()[:120])


def unpack(text: str) -> Mark | None:
    """The reverse of `Mark.pack`; None for what is none."""
    state, _bar, rest = text.partition("|")
    minutes, _bar, note = rest.partition("|")
    if state not in Presence.values:
        return None
    return tidy(state, int(minutes) if minutes.isdecimal() and len(minutes) < 5 else None, note)


@dataclass(frozen=True, slots=True)
class Merged:
    """`marks`: what to write; `asked`: pupils of whom two people said different things (theirs stands in `marks`)."""

    marks: dict[int, Mark]
    asked: tuple[int, ...]


def merge(seen: Mapping[int, Mark] | None, mine: Mapping[int, Mark], theirs: Mapping[int, Mark]) -> Merged:
    """Two people wrote the roll at once. `seen`: what I began from, None when no roll was there: then everything I
    say I say of my own. What only one of us changed is kept; where both say different things, we are asked."""
    marks = dict(theirs)
    asked = []
    for pupil, mark in mine.items():
        other = theirs.get(pupil, HERE)
        if mark == other:
            continue
        began = seen.get(pupil, HERE) if seen is not None else None
        if mark == began:
            continue
        if other == began:
            marks[pupil] = mark
        else:
            asked.append(pupil)
    return Merged(marks, tuple(asked))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is known before the teacher looks: always shown, never written by itself."""

    mark: Mark
    source: str
    excuse: int | None = None  # of an AbsenceNote


def propose(*, note: int | None, session: Mark | None, late: int | None, links_used: bool) -> Proposal | None:
    """The family's note goes first, then the roll of the session, then who came by the links of an online period:
    `late` in minutes, None for who did not come."""
    if note is not None:
        return Proposal(Mark(Presence.EXCUSED.value), MarkSource.NOTE.value, note)
    if session is not None and session.away:
        return Proposal(Mark(session.state), MarkSource.TEACHER.value)
    if not links_used:
        return None
    if late is None:
        return Proposal(Mark(Presence.ABSENT.value), MarkSource.LINK.value)
    return Proposal(Mark(Presence.LATE.value, late) if late else HERE, MarkSource.LINK.value)


def is_locked(day: date, today: date, *, signed: bool, lock_days: int) -> bool:
    """Closed for subject teachers: the week's register is signed, or the days have passed."""
    return signed or today > day + timedelta(days=lock_days)


def may_write(*, day: date, today: date, locked: bool, keeper: bool, cancelled: bool = False) -> Verdict:
    """On top of `rules.may_take_roll`. `keeper`: homeroom teacher or leader, who may after the lock, with a reason."""
    if cancelled:
        return Verdict(False, _("Tiết này đã cho nghỉ, không điểm danh."))
    if day > today:
        return Verdict(False, _("Chưa đến ngày học, chưa điểm danh được."))
    if locked and not keeper:
        return Verdict(
            False, _("Buổi ấy đã khoá sổ. Thầy cô nhờ giáo viên chủ nhiệm hoặc ban giám hiệu sửa giúp, kèm lí do.")
        )
    return YES
