"""What waits of links: those of the coming day that do not open, and self-study that has nothing to watch yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import ngettext

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.timetable import words
from truongso.timetable.models import Mode, Period
from truongso.timetable.queries.ask import ask
from truongso.timetable.queries.links import ways_of
from truongso.ui.jinja import url

BROKEN_AHEAD = timedelta(hours=24)
STUDY_AHEAD = timedelta(days=3)

# The own periods to come, of self-study or of the next day with a broken link near: which of them truly want work,
# `ways_of` says.
_DOUBTFUL = """
    SELECT p.id FROM timetable_period p
     WHERE p.day BETWEEN %(day)s AND %(day)s::date + 4 AND p.state = 'planned'
       AND lower(p.span) > %(now)s AND lower(p.span) <= %(until)s
       AND (p.person_id = %(person)s OR p.person_id IS NULL AND EXISTS (
            SELECT 1 FROM roster_teachingassignment t WHERE t.unit_id = p.unit_id AND t.subject_id = p.subject_id
               AND t.person_id = %(person)s AND t.during @> %(day)s::date))
       AND (p.mode = 'self' OR lower(p.span) <= %(soon)s AND (
            EXISTS (SELECT 1 FROM timetable_periodlink l WHERE l.period_id = p.id AND l.broken <> '')
            OR EXISTS (SELECT 1 FROM timetable_standinglink s WHERE s.unit_id = p.unit_id AND s.broken <> '')))
"""


def lines(actor: Actor) -> Iterator[tuple[int, str, str, str]]:
    """Only for teachers: one query, and where something may be wrong three more, however many periods."""
    if not actor.has(Role.TEACHER):
        return
    now = timezone.now()
    doubtful = ask(
        _DOUBTFUL, person=actor.person_id, day=actor.on, now=now, soon=now + BROKEN_AHEAD, until=now + STUDY_AHEAD
    )
    if not doubtful:
        return
    rows = Period.objects.filter(pk__in=[pk for (pk,) in doubtful]).select_related("unit", "subject", "part")
    periods = list(rows.order_by("span"))
    offered = ways_of(periods)
    soon = [p for p in periods if p.span.lower <= now + BROKEN_AHEAD]
    broken = [(p, sum(1 for w in offered[p.pk] if w.row and w.row.broken)) for p in soon]
    if broken := [(p, n) for p, n in broken if n]:
        count = sum(n for _period, n in broken)
        text = ngettext("đường dẫn không mở được", "đường dẫn không mở được", count)
        yield count, text, words.title(broken[0][0]), url("period", broken[0][0].pk)
    if empty := [p for p in periods if p.mode == Mode.SELF_STUDY and not offered[p.pk]]:
        text = ngettext("tiết tự học chưa có bài xem", "tiết tự học chưa có bài xem", len(empty))
        yield len(empty), text, words.title(empty[0]), url("period", empty[0].pk)
