"""What may happen to a period after it was made: each verb says who and why, and leaves a PeriodChange."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from truongso import audit, realtime
from truongso.conditions.models import Room
from truongso.people.actor import Actor
from truongso.people.models import Person, Unit
from truongso.school.models import BellPeriod, SchoolClass, Subject, SubjectPart
from truongso.timetable.actions.laying import modes
from truongso.timetable.clashes import told
from truongso.timetable.models import ChangeKind, Mode, Origin, Period, PeriodChange, PeriodState


class ChangedMeanwhile(ValidationError):
    """Somebody else changed the period after this page was opened; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            _("Tiết này vừa được người khác sửa. Xin xem lại rồi làm tiếp; điều thầy cô vừa chọn vẫn còn đây.")
        )


def _locked(period: Period) -> Period:
    """The row, locked, if it is still the one that the caller saw."""
    now = Period.objects.select_for_update(no_key=True).get(pk=period.pk)
    if now.version != period.version:
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


def _record(period: Period, by: Actor, kind: ChangeKind, reason: str, before: Mapping[str, Any]) -> None:
    after = {name: _plain(getattr(period, name)) for name in before}
    PeriodChange.objects.create(
        period=period, kind=kind, by_id=by.person_id, reason=reason, before=dict(before), after=after
    )
    audit.record(by, f"timetable.{kind.value}", obj=period, detail={"reason": reason})
    realtime.publish(f"class:{period.unit_id}", "periods")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _change(period: Period, by: Actor, kind: ChangeKind, reason: str, changes: Mapping[str, Any]) -> Period:
    before = {name: _plain(getattr(period, name)) for name in changes if name != "span"}
    for name, value in changes.items():
        setattr(period, name, value)
    period.kept = True
    period.version += 1
    period.save(update_fields=[*changes, "kept", "version"])
    _record(period, by, kind, reason, before)
    return period


def _needs_reason(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Xin ghi lí do, để sau này ai xem cũng hiểu.")})
    return reason.strip()


@transaction.atomic
def move_period(
    *, by: Actor, period: Period, day: date, shift: str, number: int, reason: str, room: Room | None = None
) -> Period:
    """Hold the period at another time. Raises ValidationError when class, teacher or room is taken then."""
    period = _locked(period)
    why = _needs_reason(reason)
    changes: dict[str, Any] = {"day": day, "shift": shift, "number": number}
    changes["span"] = span_of(period.unit_id, day, shift, number)
    if room is not None:
        changes["room_id"] = room.pk
    with told("number"):
        return _change(period, by, ChangeKind.MOVED, why, changes)


@transaction.atomic
def swap_periods(*, by: Actor, one: Period, other: Period, reason: str) -> None:
    """Two periods change places in time, each with its own teacher."""
    first, second = sorted((one, other), key=lambda p: p.pk)
    first, second = _locked(first), _locked(second)
    why = _needs_reason(reason)
    places = [(p.day, p.shift, p.number) for p in (first, second)]
    with told():
        for period, (day, shift, number) in ((first, places[1]), (second, places[0])):
            span = span_of(period.unit_id, day, shift, number)
            _change(period, by, ChangeKind.SWAPPED, why, {"day": day, "shift": shift, "number": number, "span": span})


@transaction.atomic
def cancel_period(*, by: Actor, period: Period, reason: str) -> Period:
    """The period is not held; it is owed until it is made up."""
    period = _locked(period)
    return _change(period, by, ChangeKind.CANCELLED, _needs_reason(reason), {"state": PeriodState.CANCELLED.value})


@transaction.atomic
def restore_period(*, by: Actor, period: Period, reason: str) -> Period:
    """Hold a cancelled period after all, if its time is still free and it was not made up meanwhile."""
    period = _locked(period)
    if Period.objects.filter(makes_up=period, state=PeriodState.PLANNED).exists():
        raise ValidationError(_("Tiết này đã có lịch dạy bù. Xin bỏ tiết bù trước."))
    with told():
        return _change(period, by, ChangeKind.RESTORED, _needs_reason(reason), {"state": PeriodState.PLANNED.value})


@transaction.atomic
def substitute(*, by: Actor, period: Period, person: Person, reason: str) -> Period:
    """Somebody else teaches this one period."""
    period = _locked(period)
    with told("person"):
        return _change(period, by, ChangeKind.SUBSTITUTED, _needs_reason(reason), {"person_id": person.pk})


@transaction.atomic
def change_room(*, by: Actor, period: Period, room: Room | None, reason: str = "") -> Period:
    period = _locked(period)
    with told("room"):
        return _change(period, by, ChangeKind.ROOM, reason.strip(), {"room_id": room.pk if room else None})


@transaction.atomic
def add_period(
    *, by: Actor, unit: Unit, subject: Subject, part: SubjectPart | None, person: Person | None, day: date, shift: str,
    number: int, reason: str, room: Room | None = None, makes_up: Period | None = None,
) -> Period:  # fmt: skip
    """A period outside the timetable; with `makes_up`, in place of a cancelled one of the same class and subject."""
    why = _needs_reason(reason)
    if makes_up is not None:
        lost = Period.objects.select_for_update(no_key=True).get(pk=makes_up.pk)
        if lost.state != PeriodState.CANCELLED or (lost.unit_id, lost.subject_id) != (unit.pk, subject.pk):
            raise ValidationError(_("Chỉ dạy bù được cho một tiết đã nghỉ của chính lớp và môn này."))
    kind, origin = (ChangeKind.MADE_UP, Origin.MAKE_UP) if makes_up else (ChangeKind.ADDED, Origin.ADDED)
    with told("number"):
        made = Period.objects.create(
            unit=unit, subject=subject, part=part, person=person, room=room, day=day, shift=shift, number=number,
            span=span_of(unit.pk, day, shift, number), origin=origin, makes_up=makes_up, kept=True,
            mode=modes(day, day)(unit.pk, day, shift),
        )  # fmt: skip
        _record(made, by, kind, why, {})
    return made


@transaction.atomic
def set_mode(*, by: Actor, period: Period, mode: Mode, reason: str) -> Period:
    """The form of one period. The head's decisions for a range are `decide_mode`."""
    period = _locked(period)
    return _change(period, by, ChangeKind.MODE, _needs_reason(reason), {"mode": mode.value})
