"""Who edits a programme and who reads it: decisions over values."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.people.rules import YES, Verdict

LEADERS = (Role.HEAD, Role.DEPUTY)
READERS = (*LEADERS, Role.IT_ADMIN, Role.CLERK, Role.INSPECTOR)


@dataclass(frozen=True, slots=True)
class Sight:
    """What of the programmes an actor sees today. `grades`: of pupils and their families, and only what is in use."""

    all: bool = False
    subjects: frozenset[int] = frozenset()  # taught, or of the own group
    grades: frozenset[int] = frozenset()

    def sees(self, subject_id: int, grade: int, *, in_use: bool) -> bool:
        return self.all or subject_id in self.subjects or (in_use and grade in self.grades)


def may_edit(actor: Actor, headed: frozenset[int], subject_id: int) -> Verdict:
    """Head and deputy all programmes; the head of a group those of the group's subjects (`headed`)."""
    if actor.has(*LEADERS) or subject_id in headed:
        return YES
    return Verdict(False, _("Chương trình do tổ trưởng của môn và ban giám hiệu sửa."))
