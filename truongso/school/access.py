"""Who may change which part of the structure. The rows themselves are everybody's to whom the pages are open."""

from __future__ import annotations

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.people.rules import YES, Verdict

Part = Literal["profile", "year", "calendar", "bells", "subjects", "groups", "classes"]
RULERS = frozenset({Role.HEAD, Role.IT_ADMIN})
KEEPERS = RULERS | {Role.DEPUTY, Role.CLERK}
READERS = KEEPERS | {Role.INSPECTOR}
# The deputy runs teaching, so bells and the programme's periods too; the clerk keeps lists and days.
_EDITORS: dict[Part, frozenset[Role]] = {
    "profile": RULERS,
    "year": RULERS,
    "calendar": KEEPERS,
    "bells": RULERS | {Role.DEPUTY},
    "subjects": RULERS | {Role.DEPUTY},
    "groups": KEEPERS,
    "classes": KEEPERS,
}


def may_change(actor: Actor, part: Part) -> Verdict:
    if actor.has(*_EDITORS[part]):
        return YES
    return Verdict(False, _("Phần này do hiệu trưởng, người được giao việc hoặc người quản trị sửa."))


def insist(by: Actor | None, part: Part) -> None:
    """Raises PermissionDenied; None is the system itself (command line, demo)."""
    if by is not None:
        verdict = may_change(by, part)
        if not verdict:
            raise PermissionDenied(str(verdict.why))
