"""When consent holds, who is asked, and until when a request is to be answered: values in, verdicts out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from truongso.people.actor import Actor
from truongso.people.roles import Role

KEEPERS = (Role.HEAD, Role.DEPUTY, Role.CLERK, Role.IT_ADMIN)
PUPIL_AGREES_FROM = 7  # Law 91/2025, Art. 24
CHILD_UNTIL = 16  # a child is under sixteen (Luật Trẻ em); from then on one answers for oneself
CLEAR = "Luật 91/2025/QH15, Điều 9"  # clear, per purpose, silence is none
CHILDREN = "Luật 91/2025/QH15, Điều 24"
DUE_SOON = 3  # days before a deadline on which it begins to wait on Hôm nay


class State(StrEnum):
    YES = "yes"
    NO = "no"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Consent:
    """The verdict, why, and the article it rests on. `conflict`: one legal guardian agrees while another refuses."""

    state: State
    why: str | Promise
    article: str
    conflict: bool = False

    def __bool__(self) -> bool:
        return self.state is State.YES


def asks_pupil(discloses: bool, age: int | None) -> bool:
    """An unknown age counts as seven and older: rather one question too many."""
    if age is not None and age >= CHILD_UNTIL:
        return True
    return discloses and (age is None or age >= PUPIL_AGREES_FROM)


def asks_guardian(age: int | None) -> bool:
    return age is None or age < CHILD_UNTIL


def decide(discloses: bool, age: int | None, guardians: Sequence[bool], pupil: bool | None) -> Consent:
    """`guardians`: the last answer of each legal guardian who has answered this version; `pupil`: of the child."""
    if not asks_guardian(age):
        return _of_oneself(pupil)
    asks_both = asks_pupil(discloses, age)
    if not all(guardians):
        mixed = any(guardians)
        why = _("Một người đại diện đồng ý, một người từ chối: coi là không.") if mixed else _("Gia đình từ chối.")
        return Consent(State.NO, why, CHILDREN, mixed)
    if asks_both and pupil is False:
        return Consent(State.NO, _("Em từ chối; việc này cần cả em đồng ý."), CHILDREN)
    if not guardians:
        return Consent(State.MISSING, _("Gia đình chưa trả lời; im lặng không phải là đồng ý."), CLEAR)
    if asks_both and pupil is None:
        return Consent(State.MISSING, _("Em chưa trả lời; việc này cần cả em đồng ý."), CHILDREN)
    return Consent(State.YES, _("Đã đủ người đồng ý."), CHILDREN)


def _of_oneself(pupil: bool | None) -> Consent:
    if pupil is None:
        return Consent(State.MISSING, _("Em chưa trả lời; im lặng không phải là đồng ý."), CLEAR)
    return Consent(State.YES, _("Em đã đồng ý."), CLEAR) if pupil else Consent(State.NO, _("Em từ chối."), CLEAR)


def age_on(born: date | None, day: date) -> int | None:
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True)
class Terms:
    """The law's days for one kind of request."""

    acknowledge: int
    answer: int
    answer_third: int
    extension: int


IsFree = Callable[[date], bool]  # weekend or holiday


def add_working_days(day: date, count: int, is_free: IsFree) -> date:
    """The count-th working day after `day`."""
    while count > 0:
        day += timedelta(days=1)
        if not is_free(day):
            count -= 1
    return day


def due_by(received: date, days: int, is_free: IsFree) -> date:
    """Days of the calendar; a term that ends on a free day ends with the next working day (Civil Code, Art. 148.5)."""
    day = received + timedelta(days=days)
    while is_free(day):
        day += timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Due:
    acknowledge: date
    answer: date


def due(received: date, terms: Terms, *, third_party: bool, extended: bool, is_free: IsFree) -> Due:
    days = (terms.answer_third if third_party else terms.answer) + (terms.extension if extended else 0)
    return Due(add_working_days(received, terms.acknowledge, is_free), due_by(received, days, is_free))


def keeps(actor: Actor) -> bool:
    return actor.has(*KEEPERS)
