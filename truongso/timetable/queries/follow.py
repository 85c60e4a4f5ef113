"""What the calendar's pages say about periods: what a day off would touch, and what stands on it although it is one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso.lib import dates
from truongso.timetable.models import Period, PeriodState


def touched(days: Collection[date]) -> list[str]:
    """Before saving: how many periods would leave, how many would become owed, how many stay because they are past."""
    now = timezone.now()
    held = Q(roll__isnull=False) | Q(register__isnull=False) | Q(links__isnull=False) | Q(kept=True)
    found = Period.objects.filter(day__in=days, state=PeriodState.PLANNED).aggregate(
        coming=Count("pk", filter=Q(span__startswith__gt=now), distinct=True),
        hung=Count("pk", filter=Q(span__startswith__gt=now) & held, distinct=True),
        past=Count("pk", filter=Q(span__startswith__lte=now), distinct=True),
    )
    said = []
    if found["coming"] - found["hung"]:
        said.append(_("%(n)d tiết chưa dạy sẽ rời khỏi lịch.") % {"n": found["coming"] - found["hung"]})
    if found["hung"]:
        said.append(
            _("%(n)d tiết đã được dời, đổi hoặc có đường dẫn sẽ thành tiết nghỉ, ghi nợ để dạy bù.")
            % {"n": found["hung"]}
        )
    if found["past"]:
        said.append(_("%(n)d tiết đã dạy vẫn giữ nguyên.") % {"n": found["past"]})
    return said


def standing(days: Collection[date]) -> list[str]:
    """After saving: the days off on which lessons were already held."""
    rows = Period.objects.filter(day__in=days, state=PeriodState.PLANNED, span__startswith__lte=timezone.now())
    counts = rows.order_by("day").values_list("day").annotate(n=Count("pk"))
    return [
        _("Ngày %(day)s đã có %(n)d tiết đã dạy, vẫn giữ nguyên.") % {"day": dates.show(day), "n": n}
        for day, n in counts
    ]
