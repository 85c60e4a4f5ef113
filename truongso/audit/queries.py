"""Reading the log: newest first, page by page by id, so that a page costs the same in the tenth year."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from truongso.audit.models import Entry

PAGE = 50


def entries(
    *,
    verb: str = "",
    persons: list[int] | None = None,
    since: date | None = None,
    until: date | None = None,
    before: int | None = None,
) -> QuerySet[Entry]:
    """Rows that match; `persons` are those who acted or whom it concerned; dates are whole days, both included."""
    found = Entry.objects.order_by("-id")
    if verb:
        found = found.filter(verb=verb)
    if persons is not None:
        found = found.filter(Q(person_id__in=persons) | Q(for_person_id__in=persons))
    if since:
        found = found.filter(at__gte=_start(since))
    if until:
        found = found.filter(at__lt=_start(until + timedelta(days=1)))
    if before:
        found = found.filter(id__lt=before)
    return found


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
