from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit
from truongso.conditions import queries, rules
from truongso.conditions.models import Booking, Room
from truongso.lib import dates
from truongso.people.actor import Actor


@transaction.atomic
def book(*, by: Actor, room: Room, start: datetime, end: datetime, purpose: str) -> Booking:
    """Keep a room. Raises ValidationError; when it is taken, with who has it and what is free that day."""
    if wrong := rules.check_booking(start, end, timezone.now()):
        raise ValidationError({"end": str(wrong)})
    try:
        with transaction.atomic():
            made = Booking.objects.create(
                room=room, person_id=by.person_id, during=DateTimeTZRange(start, end), purpose=purpose
            )
    except IntegrityError as error:
        if "booking_room_once_at_a_time" not in str(error):
            raise
        raise ValidationError({"start": taken(room, start, end)}) from None
    audit.record(by, "conditions.book", obj=made, detail={"room": room.pk})
    return made


def taken(room: Room, start: datetime, end: datetime) -> str:
    """Who has the room at that time, and which times of the day are free for as long."""
    holder = Booking.objects.standing().filter(room=room, during__overlap=(start, end)).select_related("person").first()
    free = queries.free_times(room, timezone.localtime(start).date(), end - start)
    said = (
        _("Giờ này phòng đã có %(name)s đặt, từ %(from)s đến %(to)s.")
        % {
            "name": holder.person.full_name,
            "from": dates.show_time(timezone.localtime(holder.during.lower)),
            "to": dates.show_time(timezone.localtime(holder.during.upper)),
        }
        if holder
        else _("Giờ này phòng vừa có người đặt.")
    )
    if not free:
        return said + " " + _("Ngày ấy không còn khoảng trống đủ dài. Xin chọn ngày khác.")
    spans = ", ".join(f"{dates.show_time(a)}–{dates.show_time(b)}" for a, b in free)
    return said + " " + _("Ngày ấy còn trống: %(spans)s.") % {"spans": spans}


@transaction.atomic
def cancel(*, by: Actor, booking: Booking) -> None:
    """Give the time back."""
    Booking.objects.filter(pk=booking.pk, cancelled_at=None).update(
        cancelled_at=timezone.now(), cancelled_by_id=by.person_id
    )
    audit.record(by, "conditions.cancel_booking", obj=booking)
