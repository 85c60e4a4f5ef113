"""Who keeps and who reads what of whom: decisions over values, each refusal with its sentence."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.people.rules import YES, Verdict

# Who keeps the school's lists. Giving roles is people's own, narrower rule.
KEEPERS = (Role.HEAD, Role.DEPUTY, Role.CLERK, Role.IT_ADMIN)
READERS = (*KEEPERS, Role.INSPECTOR)


def may_keep(actor: Actor) -> Verdict:
    """Pupils' ways through the school, staff lists, guardians, teaching assignments."""
    return YES if actor.has(*KEEPERS) else Verdict(False, _("Việc này của ban giám hiệu, văn thư và người quản trị."))


def may_keep_contact(actor: Actor, person_id: int, *, own: bool) -> Verdict:
    """One's own (not a pupil's: the family says it), the own class's pupils' and families' (`own`), everybody's for keepers."""
    if actor.has(*KEEPERS) or own or (actor.person_id == person_id and not actor.has(Role.PUPIL)):
        return YES
    return Verdict(False, _("Liên hệ của em do giáo viên chủ nhiệm hoặc văn thư ghi."))


def may_read_sensitive(actor: Actor, *, own: bool) -> Verdict:
    """Health, disability, ethnicity, poverty: head, clerk, and the homeroom teacher of the pupil (`own`); no support session."""
    if actor.acting_account_id is None and (actor.has(Role.HEAD, Role.CLERK) or own):
        return YES
    return Verdict(False, _("Phần này chỉ hiệu trưởng, văn thư và giáo viên chủ nhiệm của em được xem."))


def may_write_sensitive(actor: Actor, *, own: bool) -> Verdict:
    """Whoever keeps the lists may bring it in from a file; that does not let them read it."""
    return YES if actor.has(*KEEPERS) or own else Verdict(False, _("Phần này do văn thư hoặc giáo viên chủ nhiệm ghi."))


def may_see_custody(actor: Actor, *, own: bool) -> Verdict:
    """Head and the child's homeroom teacher of today, themselves: nobody else, and never in a support session."""
    if actor.acting_account_id is None and (actor.has(Role.HEAD) or own):
        return YES
    return Verdict(False, _("Ghi chú này chỉ hiệu trưởng và giáo viên chủ nhiệm của em được xem."))


_PHONE = re.compile(r"\+?\d{8,14}")


def phone(text: str) -> str | None:
    """A telephone number as digits ("0912.345 678" → "0912345678"); None when it is none."""
    plain = re.sub(r"[\s.()\-]", "", text)
    return plain if not plain or _PHONE.fullmatch(plain) else None
