"""What may happen to a period after it was made: each verb says who and why, leaves a PeriodChange, and tells whom it
concerns."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from truongso.conditions.models import Room
from truongso.people.actor import Actor
from truongso.people.models import Person, Unit
from truongso.school.models import Subject, SubjectPart
from truongso.timetable.actions import steps
from truongso.timetable.actions.laying import modes
from truongso.timetable.actions.steps import ChangedMeanwhile, span_of
from truongso.timetable.actions.telling import tell, tell_swap
from truongso.timetable.clashes import told
from truongso.timetable.models import ChangeKind, Mode, Origin, Period, PeriodState

__all__ = [
    "ChangedMeanwhile", "add_period", "cancel_period", "change_room", "move_period", "restore_period", "set_mode",
    "span_of", "substitute", "swap_periods",
]  # fmt: skip


def _held(period: Period) -> Period:
    """The locked row of a period that is to be held and was not yet."""
    found = steps.locked(period)
    steps.insist_planned(found)
    steps.insist_not_taught(found)
    return found


def _place(period: Period, day: date, shift: str, number: int) -> dict[str, Any]:
    """The fields of another time. The mode follows the decisions there when it followed them here."""
    changes: dict[str, Any] = {"day": day, "shift": shift, "number": number}
    changes["span"] = span_of(period.unit_id, day, shift, number)
    if modes(period.day, period.day)(period.unit_id, period.day, period.shift) == period.mode:
        mode = modes(day, day)(period.unit_id, day, shift)
        if mode != period.mode:
            changes["mode"] = mode
    return changes


@transaction.atomic
def move_period(
    *, by: Actor, period: Period, day: date, shift: str, number: int, reason: str, room: Room | None = None
) -> Period:
    """Hold the period at another time. Raises ValidationError when class, teacher or room is taken then."""
    period = _held(period)
    why = steps.needs_reason(reason)
    if (day, shift, number) == (period.day, period.shift, period.number):
        raise ValidationError({"number": _("Tiết này đang ở đúng giờ ấy. Xin chọn giờ khác.")})
    changes = _place(period, day, shift, number)
    if room is not None:
        changes["room_id"] = room.pk
    with told("number"):
        made = steps.change(period, by, ChangeKind.MOVED, why, changes)
    tell(by=by, period=period, kind=ChangeKind.MOVED, before=made.before)
    return period


@transaction.atomic
def swap_periods(*, by: Actor, one: Period, other: Period, reason: str) -> None:
    """Two periods change places in time, each with its own teacher."""
    first, second = sorted((one, other), key=lambda p: p.pk)
    first, second = _held(first), _held(second)
    why = steps.needs_reason(reason)
    places = [_place(p, q.day, q.shift, q.number) for p, q in ((first, second), (second, first))]
    with told():
        steps.change(first, by, ChangeKind.SWAPPED, why, places[0], swapped_with=second.pk)
        steps.change(second, by, ChangeKind.SWAPPED, why, places[1], swapped_with=first.pk)
    tell_swap(by=by, one=first, other=second)


@transaction.atomic
def cancel_period(*, by: Actor, period: Period, reason: str) -> Period:
    """The period is not held; it is owed until it is made up."""
    period = _held(period)
    why = steps.needs_reason(reason)
    steps.change(period, by, ChangeKind.CANCELLED, why, {"state": PeriodState.CANCELLED.value})
    tell(by=by, period=period, kind=ChangeKind.CANCELLED)
    return period


@transaction.atomic
def restore_period(*, by: Actor, period: Period, reason: str) -> Period:
    """Hold a cancelled period after all, if its time is still free and it was not made up meanwhile."""
    period = steps.locked(period)
    why = steps.needs_reason(reason)
    if period.state != PeriodState.CANCELLED:
        raise ValidationError(_("Tiết này không nghỉ, nên không cần dạy lại."))
    if Period.objects.filter(makes_up=period).exists():
        raise ValidationError(_("Tiết này đã có lịch dạy bù. Xin bỏ tiết bù trước."))
    with told():
        steps.change(period, by, ChangeKind.RESTORED, why, {"state": PeriodState.PLANNED.value})
    tell(by=by, period=period, kind=ChangeKind.RESTORED)
    return period


@transaction.atomic
def substitute(*, by: Actor, period: Period, person: Person, reason: str) -> Period:
    """Somebody else teaches this one period."""
    period = steps.locked(period)
    steps.insist_planned(period)
    why = steps.needs_reason(reason)
    if person.pk == period.person_id:
        raise ValidationError({"person": _("Tiết này đang do chính người ấy dạy. Xin chọn người khác.")})
    with told("person"):
        made = steps.change(period, by, ChangeKind.SUBSTITUTED, why, {"person_id": person.pk})
    tell(by=by, period=period, kind=ChangeKind.SUBSTITUTED, before=made.before)
    return period


@transaction.atomic
def change_room(*, by: Actor, period: Period, room: Room | None, reason: str = "") -> Period:
    period = steps.locked(period)
    steps.insist_planned(period)
    with told("room"):
        steps.change(period, by, ChangeKind.ROOM, reason.strip(), {"room_id": room.pk if room else None})
    tell(by=by, period=period, kind=ChangeKind.ROOM)
    return period


@transaction.atomic
def add_period(
    *, by: Actor, unit: Unit, subject: Subject, part: SubjectPart | None, person: Person | None, day: date, shift: str,
    number: int, reason: str, room: Room | None = None, makes_up: Period | None = None,
) -> Period:  # fmt: skip
    """A period outside the timetable; with `makes_up`, in place of a cancelled one of the same class and subject."""
    why = steps.needs_reason(reason)
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
        steps.record(made, by, kind, why, {})
    tell(by=by, period=made, kind=kind)
    return made


@transaction.atomic
def set_mode(*, by: Actor, period: Period, mode: Mode, reason: str) -> Period:
    """The form of one period. The head's decisions for a range are `decide_mode`."""
    period = steps.locked(period)
    steps.insist_planned(period)
    why = steps.needs_reason(reason)
    steps.change(period, by, ChangeKind.MODE, why, {"mode": mode.value})
    tell(by=by, period=period, kind=ChangeKind.MODE)
    return period
