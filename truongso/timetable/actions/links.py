"""Links of a period: added, corrected, put in order, taken away and brought back, each with who."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit, realtime
from truongso.people.actor import Actor
from truongso.timetable.link_kinds import Recognised
from truongso.timetable.models import Period, PeriodLink, PeriodState, new_token

MOST = 20  # links of one period
_FRESH = {"checked_at": None, "broken": "", "told_at": None}  # a new address has not been looked at


def _fields(found: Recognised, title: str, watch_for: str) -> dict[str, Any]:
    return {
        "kind": found.kind, "url": found.url, "title": title or str(found.title)[:120], "watch_for": watch_for,
    }  # fmt: skip


def _changed(by: Actor, verb: str, link: PeriodLink, **detail: object) -> None:
    audit.record(by, f"timetable.{verb}", obj=link, detail={"period": link.period_id, **detail})
    realtime.publish(f"class:{link.period.unit_id}", "periods")


@transaction.atomic
def add_link(
    *, by: Actor, period: Period, found: Recognised, title: str = "", start: int | None = None,
    end: int | None = None, watch_for: str = "",
) -> PeriodLink:  # fmt: skip
    """Hang a link on a period. Raises ValidationError when it hangs there already."""
    Period.objects.select_for_update(no_key=True).get(pk=period.pk)
    there = PeriodLink.objects.filter(period=period, removed_at=None)
    if there.filter(url=found.url, start_second=start).exists():
        raise ValidationError({"address": _("Tiết này đã có đường dẫn ấy.")})
    if there.count() >= MOST:
        raise ValidationError({"address": _("Tiết này đã có nhiều đường dẫn. Xin bỏ bớt rồi thêm.")})
    last = there.aggregate(last=Max("order"))["last"] or 0
    made = PeriodLink.objects.create(
        period=period, token=new_token(), by_id=by.person_id, order=last + 1, start_second=start, end_second=end,
        **_fields(found, title, watch_for),
    )  # fmt: skip
    Period.objects.filter(pk=period.pk, kept=False).update(kept=True)
    _changed(by, "add_link", made, kind=made.kind)
    return made


def add_for_week(*, by: Actor, period: Period, found: Recognised, **given: Any) -> int:
    """The same link on this period and those of the class and subject that follow it in its week."""
    sunday = period.day + timedelta(days=6 - period.day.weekday())
    following = Period.objects.filter(
        unit=period.unit_id, subject=period.subject_id, state=PeriodState.PLANNED, day__lte=sunday,
        span__startswith__gt=period.span.lower,
    ).exclude(links__url=found.url, links__removed_at=None)  # fmt: skip
    with transaction.atomic():
        each = [period, *following]
        for one in each:
            add_link(by=by, period=one, found=found, **given)
    return len(each)


@transaction.atomic
def edit_link(
    *, by: Actor, link: PeriodLink, found: Recognised, title: str, start: int | None, end: int | None, watch_for: str
) -> PeriodLink:
    """Correct a link; its own address stays the same, so what was sent out goes on working."""
    now = PeriodLink.objects.select_for_update(no_key=True).select_related("period").get(pk=link.pk)
    changes = _fields(found, title, watch_for) | {"start_second": start, "end_second": end}
    if found.url != now.url:
        changes |= _FRESH
    for name, value in changes.items():
        setattr(now, name, value)
    now.save(update_fields=list(changes))
    _changed(by, "edit_link", now, kind=now.kind)
    return now


@transaction.atomic
def move_link(*, by: Actor, link: PeriodLink, up: bool) -> None:
    """One place up or down among the period's own; nothing happens at the end."""
    Period.objects.select_for_update(no_key=True).get(pk=link.period_id)
    own = [x for x in PeriodLink.objects.filter(period=link.period_id, removed_at=None) if x.live == link.live]
    place = next((n for n, x in enumerate(own) if x.pk == link.pk), None)
    other = None if place is None else place + (-1 if up else 1)
    if place is None or other is None or not 0 <= other < len(own):
        return
    own[place], own[other] = own[other], own[place]
    for order, one in enumerate(own, 1):
        one.order = order
    PeriodLink.objects.bulk_update(own, ["order"])
    _changed(by, "move_link", link)


@transaction.atomic
def remove_link(*, by: Actor, link: PeriodLink) -> None:
    """Take a link away. The row stays: who went by it is evidence."""
    if PeriodLink.objects.filter(pk=link.pk, removed_at=None).update(removed_at=timezone.now()):
        _changed(by, "remove_link", link)


@transaction.atomic
def restore_link(*, by: Actor, link: PeriodLink) -> None:
    if PeriodLink.objects.filter(pk=link.pk).exclude(removed_at=None).update(removed_at=None):
        _changed(by, "restore_link", link)
