"""What waits for the school's leaders about periods: debts that grow old, lessons of today that nobody will teach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso.people.actor import Actor
from truongso.people.models import RoleAssignment
from truongso.people.roles import STAFF
from truongso.timetable import rules
from truongso.timetable.models import Period, PeriodState
from truongso.timetable.queries.ledger import owed_since
from truongso.ui.jinja import url

OLD = timedelta(days=14)


def lines(actor: Actor) -> Iterator[tuple[int, str, str, str]]:
    """Two queries for leaders, none for others."""
    if not actor.has(*rules.LEADERS):
        return
    working = RoleAssignment.objects.on(actor.on).filter(
        person=OuterRef("person_id"), role__in=[r.value for r in STAFF]
    )
    alone = Period.objects.filter(~Exists(working), day=actor.on, state=PeriodState.PLANNED).order_by("span")
    if found := list(alone.values_list("pk", flat=True)):
        text = ngettext("tiết hôm nay chưa có giáo viên", "tiết hôm nay chưa có giáo viên", len(found))
        yield len(found), text, "", url("period_change_way", found[0], "substitute")
    if old := owed_since(actor.on - OLD).filter(day__gt=actor.on - timedelta(days=300)).count():
        yield old, ngettext("tiết nợ quá hai tuần", "tiết nợ quá hai tuần", old), _("chưa có lịch bù"), url("owed")
