"""Who keeps and who reads what of whom: decisions over values, each refusal with its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

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


def grade_of(name: str, known: int | None) -> int | None:
    """The grade the school has entered, or what the name of the class says (8A2)."""
    if known:
        return known
    found = re.match(r"\d{1,2}(?!\d)", name)
    return int(found[0]) if found and 1 <= int(found[0]) <= 12 else None


@dataclass(frozen=True, slots=True)
class Ties:
    """What stands between the actor and a person today."""

    own_pupil: bool = False  # of the class whose homeroom teacher the actor is
    own_family: bool = False  # such a pupil, or who stands for one
    taught: bool = False  # a pupil of a class in which the actor teaches
    child: bool = False  # in the actor's care, with the right to represent or to be informed


@dataclass(frozen=True, slots=True)
class Sight:
    """Which parts of a person's page the actor sees; what is not seen looks missing."""

    open: bool = False
    contact: bool = False
    way: bool = False  # classes of the past, movements
    family: bool = False  # who stands for the pupil; whose guardian this is
    account: bool = False
    sensitive: bool = False
    custody: bool = False
    keep: bool = False


def sight(actor: Actor, person_id: int, ties: Ties) -> Sight:
    """Oneself and one's child whole, but not who else stands for the child; the own class whole; a taught class's pupil
    by name and class; everybody by those who keep the lists; an inspector without telephone numbers."""
    oneself, keeps, reads = person_id == actor.person_id, actor.has(*KEEPERS), actor.has(*READERS)
    near = oneself or ties.child or ties.own_family or reads
    return Sight(
        open=near or ties.taught,
        contact=oneself or ties.child or ties.own_family or keeps,
        way=oneself or ties.child or ties.own_pupil or reads,
        family=oneself or ties.own_family or reads,
        account=near,
        sensitive=bool(may_read_sensitive(actor, own=ties.own_pupil)),
        custody=bool(may_see_custody(actor, own=ties.own_pupil)),
        keep=keeps,
    )
