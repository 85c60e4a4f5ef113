"""What follows from answers and times: sums and verdicts over values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.people.rules import YES, Verdict

KEEPERS = (Role.HEAD, Role.DEPUTY, Role.CLERK, Role.IT_ADMIN)
LONGEST_BOOKING = timedelta(hours=12)
AHEAD = timedelta(days=120)

Span = tuple[datetime, datetime]
QUESTIONS = ("device", "sharing", "connection", "quiet", "camera", "helper")
DeviceState = Literal["own", "shared", "none", "silent"]


def may_keep(actor: Actor) -> Verdict:
    return YES if actor.has(*KEEPERS) else Verdict(False, _("Sổ phòng và thiết bị do văn phòng nhà trường giữ."))


def may_cancel(actor: Actor, owner: int) -> Verdict:
    if actor.person_id == owner or actor.has(*KEEPERS):
        return YES
    return Verdict(False, _("Chỉ người đặt hoặc văn phòng huỷ được lượt đặt này."))


def check_booking(start: datetime, end: datetime, now: datetime) -> str | Promise:
    """What is wrong with a span of time; empty when nothing."""
    if end <= start:
        return _("Giờ kết thúc phải sau giờ bắt đầu. Xin xem lại.")
    if end - start > LONGEST_BOOKING:
        return _("Mỗi lượt đặt dài nhất là 12 giờ. Xin chia thành nhiều lượt.")
    if end <= now:
        return _("Giờ này đã qua. Xin chọn giờ khác.")
    if start > now + AHEAD:
        return _("Chỉ đặt trước được 120 ngày.")
    return ""


def free_spans(busy: Iterable[Span], first: datetime, last: datetime, length: timedelta) -> list[Span]:
    """The gaps between `first` and `last` that are long enough, in order."""
    found, at = [], first
    for start, end in sorted(busy):
        if start - at >= length:
            found.append((at, min(start, last)))
        at = max(at, end)
    if last - at >= length:
        found.append((at, last))
    return [(a, b) for a, b in found if b - a >= length]


def applies(question: str, device: str) -> bool:
    """One who has no device is not asked about its camera; one's own phone is not asked who shares it."""
    if question == "sharing":
        return device not in {"none", "own_phone"}
    if question == "camera":
        return device != "none"
    return True


def tidy(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that make sense together: what does not apply is left out."""
    device = answers.get("device", "")
    return {q: answers.get(q, "") if applies(q, device) else "" for q in QUESTIONS}


def complete(answers: Mapping[str, str]) -> bool:
    device = answers.get("device", "")
    return bool(device) and all(answers.get(q) for q in QUESTIONS if applies(q, device))


def device_state(device: str, sharing: str) -> DeviceState:
    if not device:
        return "silent"
    if device == "none":
        return "none"
    return "shared" if device == "shared_phone" or sharing in {"1", "2", "3"} else "own"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a class, a grade or the school stands."""

    pupils: int = 0
    own: int = 0
    shared: int = 0
    none: int = 0
    no_line: int = 0
    limited_line: int = 0

    @property
    def answered(self) -> int:
        return self.own + self.shared + self.none

    @property
    def silent(self) -> int:
        return self.pupils - self.answered

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.pupils + other.pupils, self.own + other.own, self.shared + other.shared, self.none + other.none,
            self.no_line + other.no_line, self.limited_line + other.limited_line,
        )  # fmt: skip


def coverage(answers: Sequence[tuple[str, str, str] | None]) -> Coverage:
    """One entry a pupil: (device, sharing, connection), or None where nobody has answered."""
    given = [a for a in answers if a is not None and a[0]]
    states = [device_state(device, sharing) for device, sharing, _line in given]
    return Coverage(
        len(answers), states.count("own"), states.count("shared"), states.count("none"),
        sum(line == "none" for *_x, line in given), sum(line == "data_limit" for *_x, line in given),
    )  # fmt: skip


def percent(part: int, whole: int) -> int:
    """Whole percents, half up; 0 of nothing is 0."""
    return (200 * part + whole) // (2 * whole) if whole else 0
