"""The doors to notices: one's own copies; what one has sent; who may send to whom."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from truongso.notify.audience import Audience
from truongso.notify.models import Notice, Receipt
from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.people.rules import YES, Verdict

TO_ALL = (Role.HEAD, Role.DEPUTY, Role.IT_ADMIN, Role.CLERK)


def receipt_for(actor: Actor, pk: int) -> Receipt:
    found = Receipt.objects.select_related("notice__sender").filter(pk=pk, person_id=actor.person_id).first()
    if found is None:
        raise Http404
    return found


def notice_for(actor: Actor, pk: int) -> Notice:
    """A notice as its sender sees it; the head sees everybody's."""
    found = Notice.objects.select_related("sender").filter(pk=pk).exclude(sender=None).first()
    if found is None or not (found.sender_id == actor.person_id or actor.has(Role.HEAD)):
        raise Http404
    return found


def may_send(actor: Actor, to: Audience) -> Verdict:
    """Those who speak for the school, to everybody; the homeroom teacher, to the own class and its families."""
    if actor.has(*TO_ALL):
        return YES
    own = actor.units(Role.HOMEROOM)
    if own and not to.roles and not to.persons and to.pupils_of <= own and to.guardians_of <= own:
        return YES
    return Verdict(False, _("Giáo viên chủ nhiệm gửi cho học sinh và gia đình của lớp mình."))
