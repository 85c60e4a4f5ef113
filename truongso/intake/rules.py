"""Who brings lists in and takes them out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.people.rules import YES, Verdict

WRITERS = (Role.HEAD, Role.CLERK, Role.IT_ADMIN)
READERS = (*WRITERS, Role.DEPUTY)


def may_import(actor: Actor) -> Verdict:
    """Head, clerk and IT admin themselves; in a support session nobody writes people in another's name."""
    if actor.has(*WRITERS) and actor.acting_account_id is None:
        return YES
    return Verdict(False, _("Việc này của hiệu trưởng, văn thư và người quản trị."))
