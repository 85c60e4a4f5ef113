"""Taking back what one has just done to a period: the reverse verb, with its own line of history and its own notice."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from truongso import audit, realtime
from truongso.people.actor import Actor
from truongso.timetable import rules
from truongso.timetable.actions import periods, steps
from truongso.timetable.actions.telling import tell, tell_removed
from truongso.timetable.clashes import told
from truongso.timetable.models import ChangeKind, Period, PeriodChange, PeriodState

_REVERSE = {ChangeKind.CANCELLED.value: ChangeKind.RESTORED, ChangeKind.RESTORED.value: ChangeKind.CANCELLED}


@transaction.atomic
def undo_change(*, by: Actor, change: PeriodChange) -> Period | None:
    """The period as it was before this change, its latest; None when the change had made it, and it is gone again."""
    period = steps.locked(change.period)
    latest = PeriodChange.objects.filter(period=period).first()
    if latest is None or latest.pk != change.pk or not rules.undoable(change.after):
        raise ValidationError(
            _("Sau đó tiết này đã được sửa tiếp, nên không hoàn tác được nữa. Xin sửa ở trang tiết học.")
        )
    if change.kind in {ChangeKind.ADDED, ChangeKind.MADE_UP}:
        _remove(by, period)
        return None
    if "swapped_with" in change.after:
        other = Period.objects.get(pk=change.after["swapped_with"])
        _insist_unchanged(other, period)
        periods.swap_periods(by=by, one=period, other=other, reason=_("hoàn tác"))
        return period
    return _put_back(by, period, change)


def _insist_unchanged(other: Period, period: Period) -> None:
    latest = PeriodChange.objects.filter(period=other).first()
    if latest is None or latest.after.get("swapped_with") != period.pk:
        raise ValidationError(_("Tiết kia sau đó đã được sửa tiếp, nên không đổi lại được nữa."))


def _put_back(by: Actor, period: Period, change: PeriodChange) -> Period:
    kind = _REVERSE.get(change.kind, ChangeKind(change.kind))
    if kind != ChangeKind.SUBSTITUTED:
        steps.insist_not_taught(period)
    if kind == ChangeKind.RESTORED and Period.objects.filter(makes_up=period).exists():
        raise ValidationError(_("Tiết này đã có lịch dạy bù. Xin bỏ tiết bù trước."))
    fields: dict[str, Any] = dict(change.before)
    if "day" in fields:
        fields["day"] = date.fromisoformat(fields["day"])
        fields["span"] = steps.span_of(period.unit_id, fields["day"], fields["shift"], fields["number"])
    with told():
        made = steps.change(period, by, kind, _("hoàn tác"), fields, undone=change.pk)
    tell(by=by, period=period, kind=kind, before=made.before)
    return period


def _remove(by: Actor, period: Period) -> None:
    """A period that was added by mistake leaves no trace but in the log; one that was taught stays."""
    steps.insist_not_taught(period)
    if period.state == PeriodState.CANCELLED or period.links.exists():
        raise ValidationError(_("Tiết này đã có đường dẫn hoặc đã nghỉ, nên không bỏ được. Xin cho nghỉ tiết."))
    audit.record(by, "timetable.removed", obj=period, detail={"what": str(period.day)})
    tell_removed(by=by, period=period)
    realtime.publish(f"class:{period.unit_id}", "periods")
    period.delete()
