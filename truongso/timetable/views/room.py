"""The school's own room of a period: for now an honest waiting room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from truongso.lib import dates
from truongso.people.http import Request
from truongso.people.policy import signed_in
from truongso.timetable import access, arrivals, rules, words
from truongso.timetable.actions import visits
from truongso.timetable.models import LinkKind, Period, PeriodState
from truongso.timetable.panels.links import rows_of
from truongso.timetable.queries import links as queries
from truongso.timetable.rules import PeriodTies


@signed_in
@require_safe
@never_cache
def room(request: Request, pk: int) -> HttpResponse:
    """Coming in is the check-in of a pupil; whoever takes the roll sees names, the others how many came."""
    period = access.period_for(request.actor, pk)
    if period.state != PeriodState.PLANNED or period.mode not in queries.ONLINE:
        return redirect("period", pk)
    mine = access.ties(request.actor, period)
    if mine.in_class and _comes_in(request):
        visits.visit(by=request.actor, link=visits.room_of(period))
    came = queries.came(period, request.actor.person_id) if mine.in_class else None
    teaches = bool(rules.may_take_roll(request.actor, mine))
    rows = rows_of([w for w in queries.ways_of([period])[pk] if w.kind != LinkKind.ROOM], may=False)
    request.streams = [f"class:{period.unit_id}"]
    now = timezone.now()
    page = {
        "period": period, "mine": mine, "words": words, "name": words.title(period), "teaches": teaches,
        "meet": [r for r in rows if r.way.live], "watch": [r for r in rows if not r.way.live],
        "left": arrivals.countdown(now, period.span.lower, period.span.upper), "said": _said(period, mine, came, now),
        "clock": _clock(period, now), "count": queries.arrived(period),
        "panel": {"people": queries.visitors(period) if teaches else []},
    }  # fmt: skip
    return render(request, "timetable/link_room.html", page)


def _comes_in(request: Request) -> bool:
    """A block of an open page that is read again is no new coming; neither is a browser that looks ahead."""
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    return request.method == "GET" and "X-Refresh" not in request.headers and not ahead


def _said(period: Period, mine: PeriodTies, came: datetime | None, now: datetime) -> str:
    """What the board says to a pupil."""
    if came:
        return _("Đã ghi nhận em vào lúc %(time)s.") % {"time": dates.show_time(timezone.localtime(came))}
    opens = period.span.lower - arrivals.OPENS
    if mine.in_class and now < opens:
        time = dates.show_time(timezone.localtime(opens))
        return _("Phòng chờ mở lúc %(time)s; từ giờ ấy em vào thì được ghi nhận.") % {"time": time}
    if mine.in_class and now > period.span.upper:
        return _("Tiết đã hết. Trong giờ học em chưa vào bằng tài khoản này.")
    return ""


def _clock(period: Period, now: datetime) -> dict[str, Any]:
    """The server's time, so that a phone whose clock is wrong counts rightly."""
    moments = {
        "now": now, "opens": period.span.lower - arrivals.OPENS, "starts": period.span.lower, "ends": period.span.upper,
    }  # fmt: skip
    return {name: int(at.timestamp() * 1000) for name, at in moments.items()} | arrivals.said()
