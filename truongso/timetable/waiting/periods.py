"""What waits for the school's leaders about periods: debts that grow old, lessons of today that nobody will teach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso.people.actor import Actor
from truongso.people.roles import STAFF
from truongso.timetable import rules
from truongso.timetable.queries.ask import ask
from truongso.ui.jinja import url

OLD = timedelta(days=14)

# Today's periods whose teacher no longer works here, or that have none; the first of them.
_ALONE = """
    SELECT p.id, count(*) OVER () FROM timetable_period p
     WHERE p.day = %(day)s AND p.state = 'planned' AND NOT EXISTS (
           SELECT 1 FROM people_roleassignment r
            WHERE r.person_id = p.person_id AND r.role = ANY(%(staff)s) AND r.during @> %(day)s::date)
     ORDER BY p.span, p.unit_id LIMIT 1
"""
# As the ledger counts what is owed.
_OLD = """
    SELECT count(*) FROM timetable_period p
     WHERE p.state = 'cancelled' AND p.origin <> 'added' AND p.day > %(first)s AND p.day < %(before)s
       AND NOT EXISTS (SELECT 1 FROM timetable_period m WHERE m.makes_up_id = p.id)
"""


def lines(actor: Actor) -> Iterator[tuple[int, str, str, str]]:
    """Two queries for leaders, none for others."""
    if not actor.has(*rules.LEADERS):
        return
    for pk, count in ask(_ALONE, day=actor.on, staff=[role.value for role in STAFF]):  # one, or none
        text = ngettext("tiết hôm nay chưa có giáo viên", "tiết hôm nay chưa có giáo viên", count)
        yield count, text, "", url("period_change_way", pk, "substitute")
    [(old,)] = ask(_OLD, first=actor.on - timedelta(days=300), before=actor.on - OLD)
    if old:
        yield old, ngettext("tiết nợ quá hai tuần", "tiết nợ quá hai tuần", old), _("chưa có lịch bù"), url("owed")
