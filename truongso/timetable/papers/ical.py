"""Periods as an iCalendar (RFC 5545, refresh by RFC 7986), for the calendars of phones and laptops."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from truongso.timetable.models import Mode, Period, PeriodState

REFRESH = timedelta(hours=1)


def calendar(
    name: str, periods: Iterable[Period], *, address: str, host: str, for_teacher: bool, prefix: str = ""
) -> bytes:
    """One event a period, named so that a phone's narrow day shows what matters. A cancelled one stays, marked so.

    `prefix` tells the children of a guardian apart; `address` stands before the path of a period's page.
    """
    made = Calendar()
    made.add("prodid", "-//Truong So//VI")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("name", name)
    made.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    made.add("refresh-interval", vDuration(REFRESH), parameters={"value": "DURATION"})
    made.add("x-published-ttl", vDuration(REFRESH))
    for period in periods:
        made.add_component(_event(period, address, host, for_teacher, prefix))
    text: bytes = made.to_ical()
    return text


def _event(period: Period, address: str, host: str, for_teacher: bool, prefix: str) -> Event:
    made = Event()
    cancelled = period.state == PeriodState.CANCELLED
    subject = period.label or period.subject.short_name or period.subject.name
    title = f"{prefix}{subject} {period.unit.name}" if for_teacher else f"{prefix}{subject}"
    made.add("summary", _("%(title)s (nghỉ)") % {"title": title} if cancelled else title)
    made.add("uid", f"period-{period.pk}@{host}")
    made.add("sequence", period.version)
    made.add("dtstart", period.span.lower.astimezone(UTC))
    made.add("dtend", period.span.upper.astimezone(UTC))
    # By RFC 5545 when the event was last revised; a fixed moment a revision keeps an unchanged feed the same, byte for byte.
    made.add("dtstamp", datetime(period.day.year, 1, 1, tzinfo=UTC) + timedelta(seconds=period.version))
    made.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    online = period.mode != Mode.IN_PERSON
    place = period.get_mode_display() if online else (period.room.name if period.room else "")
    if place:
        made.add("location", place)
    said = [period.get_mode_display()] if not for_teacher else []
    if period.person and not for_teacher:
        said.insert(0, period.person.full_name)
    page = f"{address}/periods/{period.pk}/"
    made.add("description", "\n".join([*said, page]))
    made.add("url", page)
    return made
