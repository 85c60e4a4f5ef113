"""From what a form of a period's change holds to the verb that does it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from truongso.conditions.models import Room
from truongso.people.actor import Actor
from truongso.people.models import Person
from truongso.timetable.actions import periods
from truongso.timetable.models import Mode, Period

Given = dict[str, Any]


def move(by: Actor, period: Period, given: Given) -> Period:
    day, shift, number = given["number"]
    return periods.move_period(by=by, period=period, day=day, shift=shift, number=number, reason=given["reason"])


def swap(by: Actor, period: Period, given: Given) -> Period:
    other = Period.objects.filter(pk=given["other"], unit=period.unit_id).first()
    if other is None:
        raise ValidationError({"other": _("Lựa chọn này không còn nữa. Xin chọn lại.")})
    periods.swap_periods(by=by, one=period, other=other, reason=given["reason"])
    return period


def substitute(by: Actor, period: Period, given: Given) -> Period:
    person = Person.objects.filter(pk=given["person"]).first()
    if person is None:
        raise ValidationError({"person": _("Lựa chọn này không còn nữa. Xin chọn lại.")})
    return periods.substitute(by=by, period=period, person=person, reason=given["reason"])


def cancel(by: Actor, period: Period, given: Given) -> Period:
    return periods.cancel_period(by=by, period=period, reason=given["reason"])


def restore(by: Actor, period: Period, given: Given) -> Period:
    return periods.restore_period(by=by, period=period, reason=given["reason"])


def room(by: Actor, period: Period, given: Given) -> Period:
    found = Room.objects.in_use().filter(pk=given["room"]).first()  # 0: none is noted
    return periods.change_room(by=by, period=period, room=found, reason=given["reason"])


def mode(by: Actor, period: Period, given: Given) -> Period:
    return periods.set_mode(by=by, period=period, mode=Mode(given["mode"]), reason=given["reason"])


def make_up(by: Actor, period: Period, given: Given) -> Period:
    day, shift, number = given["number"]
    return periods.add_period(
        by=by, unit=period.unit, subject=period.subject, part=period.part, person=period.person, room=period.room,
        day=day, shift=shift, number=number, reason=given["reason"], makes_up=period,
    )  # fmt: skip
