"""Who may do what with a timetable and a period: decisions over values, each refusal with its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.people.rules import YES, Verdict

READERS = (Role.HEAD, Role.DEPUTY, Role.CLERK, Role.IT_ADMIN, Role.INSPECTOR)
PLANNERS = (Role.HEAD, Role.DEPUTY, Role.IT_ADMIN)  # lay the grid; who publishes and decides is the school's leadership
LEADERS = (Role.HEAD, Role.DEPUTY)


@dataclass(frozen=True, slots=True)
class PeriodTies:
    """How an actor stands to a period today."""

    teaches_it: bool = False  # this very period, also as a substitute
    teaches_subject: bool = False  # this class-subject by a dated assignment
    teaches_class: bool = False  # anything in this class
    homeroom: bool = False
    in_class: bool = False  # a pupil of the class on that day
    family: bool = False  # an informed guardian of one


def may_see(actor: Actor, ties: PeriodTies) -> bool:
    return actor.has(*READERS) or any((
        ties.teaches_it, ties.teaches_subject, ties.teaches_class, ties.homeroom, ties.in_class, ties.family,
    ))  # fmt: skip


def may_plan(actor: Actor) -> Verdict:
    return YES if actor.has(*PLANNERS) else Verdict(False, _("Thời khoá biểu do ban giám hiệu xếp."))


def may_publish(actor: Actor) -> Verdict:
    return YES if actor.has(*LEADERS) else Verdict(False, _("Thời khoá biểu do ban giám hiệu cho áp dụng."))


def may_rearrange(actor: Actor) -> Verdict:
    """Move, swap, cancel, substitute, make up, add: the school's leadership, which answers for the timetable."""
    return YES if actor.has(*LEADERS) else Verdict(False, _("Dời, đổi, nghỉ, dạy thay do ban giám hiệu sắp xếp."))


def may_teach(actor: Actor, ties: PeriodTies) -> Verdict:
    """Links, roll and register of a period: who teaches it, else who teaches the class that subject, else the leaders."""
    if actor.acting_account_id is not None:
        return Verdict(False, _("Đang xem thay thì không ghi được."))
    if ties.teaches_it or ties.teaches_subject or actor.has(*LEADERS):
        return YES
    return Verdict(False, _("Việc này của giáo viên dạy tiết này."))


def may_take_roll(actor: Actor, ties: PeriodTies) -> Verdict:
    """Attendance may also be entered by the homeroom teacher, for any period and session of the own class."""
    return YES if ties.homeroom and actor.acting_account_id is None else may_teach(actor, ties)


def may_read_register(actor: Actor, ties: PeriodTies) -> bool:
    """Remarks and ratings are for those who teach and lead the class; the lesson and the homework also for its pupils."""
    return actor.has(*LEADERS, Role.INSPECTOR) or any((
        ties.teaches_it, ties.teaches_subject, ties.teaches_class, ties.homeroom,
    ))  # fmt: skip


def may_read_roll(actor: Actor, ties: PeriodTies) -> bool:
    """The whole list is for those who teach or lead the class and those who read all classes'; staff who are here as a
    child's family see their child, as every family does."""
    return actor.has(*READERS) or any((
        ties.teaches_it, ties.teaches_subject, ties.teaches_class, ties.homeroom,
    ))  # fmt: skip


def may_sign_week(actor: Actor, *, homeroom: bool) -> Verdict:
    """The homeroom teacher signs the own class's week."""
    if actor.acting_account_id is not None:
        return Verdict(False, _("Đang xem thay thì không ghi được."))
    return YES if homeroom else Verdict(False, _("Phần này của giáo viên chủ nhiệm."))


def may_lead_register(actor: Actor) -> Verdict:
    """Sign weeks for the school, open signed ones again, choose the scale."""
    if actor.acting_account_id is not None:
        return Verdict(False, _("Đang xem thay thì không ghi được."))
    return YES if actor.has(*LEADERS) else Verdict(False, _("Việc này của ban giám hiệu."))


def undoable(after: Mapping[str, object]) -> bool:
    """Was this change of a period one person's single deed? What a decision or the calendar did is undone there."""
    return not after.keys() & {"undone", "decision", "calendar"}
