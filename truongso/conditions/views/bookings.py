"""Booking the studio corner and other rooms, day by day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.conditions import access, queries, rules
from truongso.conditions.actions import bookings as verbs
from truongso.conditions.forms import BookingForm
from truongso.conditions.models import Room
from truongso.lib import dates
from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import STAFF


@allow(*STAFF)
def booking_rooms(request: Request) -> HttpResponse:
    """The rooms that can be booked, and what one has booked."""
    page = {
        "rooms": list(Room.objects.in_use().filter(bookable=True).select_related("campus")),
        "mine": queries.my_bookings(request.actor.person_id, timezone.now()),
    }
    return render(request, "conditions/booking_rooms.html", page)


@allow(*STAFF)
def bookings(request: Request, pk: int) -> HttpResponse:
    """A room's day: who has it when, what is free, and the form to take it."""
    room = access.room_for(request.actor, pk, need="book")
    form = BookingForm(request.POST or None, initial={"day": _day(request)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        start, end = (timezone.make_aware(datetime.combine(given["day"], given[at])) for at in ("start", "end"))
        try:
            verbs.book(by=request.actor, room=room, start=start, end=end, purpose=given["purpose"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Đã đặt %(room)s.") % {"room": room.name})
            return redirect(f"{reverse('bookings', args=[pk])}?day={given['day'].isoformat()}")
    chosen = form.cleaned_data.get("day") if form.is_bound else None
    return render(
        request, "conditions/bookings.html", _page(request, room, form, chosen), status=422 if form.errors else 200
    )


def _page(request: Request, room: Room, form: BookingForm, chosen: date | None) -> dict[str, Any]:
    day = chosen or _day(request)
    rows = [(b, rules.may_cancel(request.actor, b.person_id)) for b in queries.bookings_on(room, day)]
    return {
        "room": room, "day": day, "rows": rows, "form": form,
        "before": (day - timedelta(days=1)).isoformat(), "after": (day + timedelta(days=1)).isoformat(),
        "free": queries.free_times(room, day, timedelta(minutes=45)),
    }  # fmt: skip


def _day(request: Request) -> date:
    try:
        return dates.parse(request.GET.get("day", ""), today=request.actor.on)
    except dates.NotADate:
        return request.actor.on


@allow(*STAFF)
@require_POST
def booking_cancel(request: Request, pk: int) -> HttpResponse:
    found = access.booking_for(request.actor, pk)
    verbs.cancel(by=request.actor, booking=found)
    messages.success(request, _("Đã huỷ lượt đặt."))
    return redirect("bookings", found.room_id)
