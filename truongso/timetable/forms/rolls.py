"""What a roll's page sends back: one line a pupil, as taps or as a whole packed mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from truongso.lib import dates, vi
from truongso.school.models import Shift
from truongso.timetable.models import Presence
from truongso.timetable.roll_rules import HERE, LONGEST_LATE, Mark, tidy, unpack


@dataclass(slots=True)
class Sent:
    marks: dict[int, Mark] = field(default_factory=dict)
    seen: dict[int, Mark] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)  # by pupil
    version: int = 0
    reason: str = ""
    who: int = 0  # whose taps these are: a phone that was offline may come back with somebody else signed in


def read(post: Mapping[str, str], pupils: Iterable[int]) -> Sent:
    """Pupils of whom the form says nothing (who came to the class since) are left out."""
    sent = Sent(
        version=_number(post.get("version")), reason=vi.nfc(post.get("reason", ""))[:200], who=_number(post.get("who"))
    )
    for pk in pupils:
        if (was := unpack(post.get(f"was-{pk}", ""))) is not None:
            sent.seen[pk] = was
        if "all" in post:
            sent.marks[pk] = HERE
        elif (whole := unpack(post.get(f"mark-{pk}", ""))) is not None:
            sent.marks[pk] = whole
        elif post.get(f"state-{pk}") in Presence.values:
            _tapped(sent, post, pk)
    return sent


def _tapped(sent: Sent, post: Mapping[str, str], pk: int) -> None:
    state, minutes = post[f"state-{pk}"], post.get(f"minutes-{pk}", "").strip()
    note = vi.nfc(post.get(f"note-{pk}", ""))
    sent.marks[pk] = tidy(state, _number(minutes) or None, note)
    if state == Presence.LATE and minutes and not 0 < _number(minutes) <= LONGEST_LATE:
        sent.errors[pk] = _("Số phút chưa đúng. Xin ghi một con số, ví dụ 10.")


def _number(text: str | None) -> int:
    clean = (text or "").strip()
    return int(clean) if clean.isascii() and clean.isdecimal() and len(clean) <= 18 else 0


def session_of(asked: Mapping[str, str], main_shift: str) -> tuple[date, str]:
    """Day and half-day of a session's roll: today's main session when the address says nothing that we can read."""
    today = timezone.localdate()
    try:
        day = dates.parse(asked.get("day", ""), today=today)
    except dates.NotADate:
        day = today
    shift = asked.get("shift", "")
    return day, shift if shift in Shift.values else main_shift
