"""What waits of links: those of the coming day that do not open, and self-study that has nothing to watch yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.roster.models import TeachingAssignment
from truongso.timetable import words
from truongso.timetable.models import Mode, Period, PeriodState
from truongso.timetable.queries.links import ways_of
from truongso.ui.jinja import url

BROKEN_AHEAD = timedelta(hours=24)
STUDY_AHEAD = timedelta(days=3)


def lines(actor: Actor) -> Iterator[tuple[int, str, str, str]]:
    """Only for teachers: three queries, however many periods."""
    if not actor.has(Role.TEACHER):
        return
    now = timezone.now()
    periods = list(_own(actor).filter(span__startswith__gt=now, span__startswith__lte=now + STUDY_AHEAD))
    offered = ways_of(periods) if periods else {}
    soon = [p for p in periods if p.span.lower <= now + BROKEN_AHEAD]
    broken = [(p, sum(1 for w in offered[p.pk] if w.row and w.row.broken)) for p in soon]
    if broken := [(p, n) for p, n in broken if n]:
        count = sum(n for _period, n in broken)
        text = ngettext("đường dẫn không mở được", "đường dẫn không mở được", count)
        yield count, text, words.title(broken[0][0]), url("period", broken[0][0].pk)
    if empty := [p for p in periods if p.mode == Mode.SELF_STUDY and not offered[p.pk]]:
        text = ngettext("tiết tự học chưa có bài xem", "tiết tự học chưa có bài xem", len(empty))
        yield len(empty), text, words.title(empty[0]), url("period", empty[0].pk)


def _own(actor: Actor) -> QuerySet[Period]:
    assigned = TeachingAssignment.objects.on(actor.on).filter(
        unit=OuterRef("unit"), subject=OuterRef("subject"), person=actor.person_id
    )
    mine = Q(person=actor.person_id) | Q(Exists(assigned), person=None)
    return (
        Period.objects.filter(mine, state=PeriodState.PLANNED)
        .select_related("unit", "subject", "part")
        .order_by("span")
    )
