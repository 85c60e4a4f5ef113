"""Who may do what to whose account: decisions over values, each refusal with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from truongso.people.actor import Actor, Grant
from truongso.people.roles import NEEDS_SECOND_FACTOR, STAFF, Role

FREE_ATTEMPTS = 5
SUPPORT_MINUTES = 30
SLIP_DAYS = 14
IDLE_MINUTES = 30  # staff, whose pages show other people's data
IDLE_MINUTES_AT_HOME = 12 * 60  # pupils and guardians, on their own phones
LONGEST_DELEGATION = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no and why; the same verdict greys the button and answers 403."""

    ok: bool
    why: str | Promise = ""

    def __bool__(self) -> bool:
        return self.ok


YES = Verdict(True)


def wait_after(failures: int) -> timedelta:
    """How long an account rests after so many wrong passwords in a row: none for five, then 1, 2, 4 … 60 minutes."""
    if failures < FREE_ATTEMPTS:
        return timedelta(0)
    return timedelta(minutes=min(60, 2 ** (failures - FREE_ATTEMPTS)))


def idle_minutes(actor: Actor) -> int:
    return IDLE_MINUTES if actor.is_staff or actor.has(Role.INSPECTOR) else IDLE_MINUTES_AT_HOME


def needs_second_factor(actor: Actor) -> bool:
    return bool(actor.roles & NEEDS_SECOND_FACTOR)


def may_renew_sign_in(
    actor: Actor, target_person: int, grants: tuple[Grant, ...], children_classes: frozenset[int]
) -> Verdict:
    """May the actor give this person a new first password (and slip)?

    The IT admin for everybody; the homeroom teacher for pupils of the own class and for their guardians. Nobody for
    oneself: that is what changing the password is for.
    """
    if actor.person_id == target_person:
        return Verdict(False, _("Mật khẩu của chính mình thì đổi ở trang Tài khoản."))
    if actor.has(Role.IT_ADMIN):
        return YES
    own = actor.units(Role.HOMEROOM)
    if not own:
        return Verdict(False, _("Phiếu do giáo viên chủ nhiệm của lớp hoặc người quản trị cấp lại."))
    is_own_pupil = any(g.role is Role.PUPIL and g.unit_id in own for g in grants)
    if is_own_pupil or own & children_classes:
        if any(g.role in STAFF for g in grants):
            return Verdict(False, _("Người này cũng làm việc ở trường; xin nhờ người quản trị cấp lại."))
        return YES
    return Verdict(False, _("Giáo viên chủ nhiệm chỉ cấp lại cho học sinh và gia đình của lớp mình."))


def may_manage_people(actor: Actor) -> Verdict:
    return (
        YES if actor.has(Role.IT_ADMIN, Role.HEAD) else Verdict(False, _("Việc này của hiệu trưởng và người quản trị."))
    )


def may_assign(actor: Actor, role: Role) -> Verdict:
    """Roles of staff are given by the head; the IT admin keeps the lists, but makes neither head, deputy nor IT admin."""
    if actor.has(Role.HEAD):
        return YES
    if actor.has(Role.IT_ADMIN) and role not in {Role.HEAD, Role.DEPUTY, Role.IT_ADMIN}:
        return YES
    return Verdict(False, _("Vai trò này do hiệu trưởng giao."))


def may_delegate(actor: Actor, owner: int, delegated: bool, role: Role) -> Verdict:
    """One lends one's own right; what was lent is not lent on; being a pupil cannot be lent."""
    if actor.person_id != owner:
        return Verdict(False, _("Chỉ uỷ quyền được vai trò của chính mình."))
    if delegated:
        return Verdict(False, _("Vai trò được uỷ quyền thì không uỷ quyền tiếp được."))
    if role in {Role.PUPIL, Role.GUARDIAN, Role.INSPECTOR}:
        return Verdict(False, _("Vai trò này không uỷ quyền được."))
    return YES


def check_span(first: date, last: date, within: tuple[date | None, date | None]) -> Verdict:
    """A delegation: right order, not over a year, inside the assignment it is lent from (`within`, end exclusive)."""
    start, end = within
    if last < first:
        return Verdict(False, _("Ngày cuối đứng trước ngày đầu. Xin xem lại."))
    if last - first > LONGEST_DELEGATION:
        return Verdict(False, _("Uỷ quyền dài nhất là một năm."))
    if (start and first < start) or (end and last >= end):
        return Verdict(False, _("Vai trò này của thầy cô không kéo dài đến những ngày ấy."))
    return YES


def may_support(actor: Actor, target_person: int, target_roles: frozenset[Role]) -> Verdict:
    if not actor.has(Role.IT_ADMIN) or actor.acting_account_id is not None:
        return Verdict(False, _("Chỉ người quản trị được xem thay để hỗ trợ."))
    if actor.person_id == target_person:
        return Verdict(False, _("Không cần xem thay chính mình."))
    if target_roles & NEEDS_SECOND_FACTOR:
        return Verdict(False, _("Không xem thay hiệu trưởng hay người quản trị khác."))
    return YES
