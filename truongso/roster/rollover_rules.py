"""The turn of the year as decisions over values: names, outcomes, what fits."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.people.rules import YES, Verdict
from truongso.roster.models import Outcome

PREPARERS = (Role.HEAD, Role.DEPUTY, Role.CLERK, Role.IT_ADMIN)
LAST_GRADES = frozenset({9, 12})  # of a level of schooling: whoever leaves them completes it
STAYS = frozenset({Outcome.PROMOTED, Outcome.REPEATED})
FULL_CLASS = 45  # TT 32/2020, Art. 16: pupils in a class of lower secondary school
BEFORE = timedelta(days=62)  # the earliest opening when no terms are entered


def may_prepare(actor: Actor) -> Verdict:
    return (
        YES
        if actor.has(*PREPARERS)
        else Verdict(False, gettext_lazy("Việc này của ban giám hiệu, văn thư và người quản trị."))
    )


def may_open(actor: Actor) -> Verdict:
    return YES if actor.has(Role.HEAD) else Verdict(False, gettext_lazy("Năm học mới do hiệu trưởng mở."))


def next_year(name: str) -> str:
    """2026-2027 → 2027-2028"""
    first = int(name[:4]) + 1
    return f"{first}-{first + 1}"


def next_name(name: str, grade: int) -> str:
    """6A1 → 7A1; a name that does not begin with its grade stays as it is."""
    found = re.match(rf"{grade}(?!\d)", name)
    return f"{grade + 1}{name[found.end() :]}" if found else name


def usual(grade: int) -> Outcome:
    return Outcome.COMPLETED if grade in LAST_GRADES else Outcome.PROMOTED


def outcomes(grade: int) -> tuple[Outcome, ...]:
    """What may become of a pupil of this grade, the usual first."""
    return (usual(grade), Outcome.REPEATED, Outcome.TRANSFER_OUT)


def grade_after(grade: int, outcome: str) -> int | None:
    """The grade of the class to come; None for whoever leaves."""
    return {Outcome.PROMOTED: grade + 1, Outcome.REPEATED: grade}.get(Outcome(outcome))


def fits(grade: int, outcome: str, to_grade: int | None) -> Verdict:
    """May a pupil of this grade have this outcome and this class? No class yet is fine until the year is opened."""
    if outcome not in outcomes(grade):
        return Verdict(False, _("Kết quả này không dành cho khối %(grade)s.") % {"grade": grade})
    wanted = grade_after(grade, outcome)
    if to_grade is not None and wanted is None:
        return Verdict(False, _("Em không học tiếp ở trường thì không chọn lớp."))
    if to_grade is not None and to_grade != wanted:
        return Verdict(False, _("Xin chọn một lớp khối %(grade)s.") % {"grade": wanted})
    return YES


def earliest(last_teaching_day: date | None, first_day: date) -> date:
    """From when the new year may be opened: after the last teaching day of the old one."""
    return last_teaching_day + timedelta(days=1) if last_teaching_day else first_day - BEFORE
