"""What every verb on a period does: lock the row that was seen, change it, write down who and why, tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from truongso import audit, realtime
from truongso.people.actor import Actor
from truongso.school.models import BellPeriod, SchoolClass
from truongso.timetable.models import ChangeKind, Period, PeriodChange, PeriodState


class ChangedMeanwhile(ValidationError):
    """Somebody else changed the period after this page was opened; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            _("Tiết này vừa được người khác sửa. Xin xem lại rồi làm tiếp; điều thầy cô vừa chọn vẫn còn đây.")
        )


def locked(period: Period) -> Period:
    """The row, locked, if it is still the one that the caller saw."""
    rows = Period.objects.select_for_update(of=("self",), no_key=True).select_related("unit", "subject", "part")
    now = rows.filter(pk=period.pk).first()
    if now is None or now.version != period.version:
        raise ChangedMeanwhile
    return now


def span_of(unit_id: int, day: date, shift: str, number: int) -> DateTimeTZRange:
    """When a period of a class begins and ends, by the bells of its campus. Raises ValidationError when there are none."""
    campus = SchoolClass.objects.filter(unit_id=unit_id).values_list("campus_id", flat=True).first()
    bells = list(BellPeriod.objects.filter(schedule__shift=shift, number=number).select_related("schedule"))
    found = {b.schedule.campus_id: b for b in bells}
    bell = found.get(campus) or found.get(None)
    if bell is None:
        raise ValidationError({"number": _("Nhà trường chưa ghi giờ của tiết này. Xin chọn tiết khác.")})
    zone = ZoneInfo(settings.TIME_ZONE)
    return DateTimeTZRange(datetime.combine(day, bell.starts, zone), datetime.combine(day, bell.ends, zone))


def change(
    period: Period, by: Actor | None, kind: ChangeKind, reason: str, changes: Mapping[str, Any], **more: object
) -> PeriodChange:
    """Write these fields and the line of history; `more` goes into the line's `after`."""
    before = {name: plain(getattr(period, name)) for name in changes if name != "span"}
    for name, value in changes.items():
        setattr(period, name, value)
    period.kept = True
    period.version += 1
    period.save(update_fields=[*changes, "kept", "version"])
    return record(period, by, kind, reason, before, **more)


def record(
    period: Period, by: Actor | None, kind: ChangeKind, reason: str, before: Mapping[str, Any], **more: object
) -> PeriodChange:
    after = {name: plain(getattr(period, name)) for name in before} | more
    made = PeriodChange.objects.create(
        period=period,
        kind=kind,
        by_id=by.person_id if by else None,
        reason=reason[:200],
        before=dict(before),
        after=after,
    )
    audit.record(by, f"timetable.{kind.value}", obj=period, detail={"reason": reason})
    realtime.publish(f"class:{period.unit_id}", "periods")
    return made


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def needs_reason(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Xin ghi lí do, để sau này ai xem cũng hiểu.")})
    return reason.strip()


def insist_planned(period: Period) -> None:
    if period.state == PeriodState.CANCELLED:
        raise ValidationError(_("Tiết này đang nghỉ. Xin cho dạy lại, hoặc xếp dạy bù."))


def insist_not_taught(period: Period) -> None:
    """What has a roll or a register line was held: it can no longer be held at another time, or not at all."""
    if taught(Period.objects.filter(pk=period.pk)):
        raise ValidationError(
            _("Tiết này đã dạy (đã có điểm danh hoặc sổ đầu bài), nên không dời, đổi hay cho nghỉ được.")
        )


def taught(periods: QuerySet[Period]) -> int:
    """How many of these periods somebody has taken the roll of or signed for."""
    return periods.filter(Q(roll__isnull=False) | Q(register__isnull=False)).count()
