"""The phone's calendar: making and revoking its secret address, and what the address answers."""

from __future__ import annotations

from hashlib import sha256

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from truongso.people.http import Request
from truongso.people.models import Person
from truongso.people.policy import public, signed_in
from truongso.roster.slips import address_for_phones
from truongso.timetable.actions import feeds as verbs
from truongso.timetable.models import CalendarFeed
from truongso.timetable.papers.ical import calendar
from truongso.timetable.queries import feeds


@signed_in
@require_POST
def make(request: Request) -> HttpResponse:
    """The new address, shown this once."""
    child = _child(request)
    secret = verbs.make_feed(by=request.actor, child=child)
    address = f"{address_for_phones(request.scheme or 'http', request.get_host())}/calendar/{secret}.ics"
    page = {"child": child, "address": address, "subscribe": "webcal://" + address.split("://", 1)[1]}
    answer = render(request, "timetable/feed_made.html", page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_POST
def revoke(request: Request) -> HttpResponse:
    verbs.revoke_feed(by=request.actor, child=_child(request))
    messages.success(request, _("Địa chỉ lịch ấy không còn dùng được nữa."))
    return redirect("timetable_share")


def _child(request: Request) -> Person | None:
    """Whose calendar is meant: a child of the family, or nobody else but oneself."""
    asked = request.POST.get("child", "")
    for one in feeds.mine(request.actor):
        if asked == (str(one.child.pk) if one.child else ""):
            return one.child
    raise Http404


@public
@require_safe
def ics(request: HttpRequest, secret: str) -> HttpResponse:
    """The periods as a calendar. Whoever knows the secret reads them, so it says no more than a timetable on a wall."""
    feed = feeds.alive(verbs.digest(secret))
    found = feeds.periods(feed, timezone.localdate()) if feed else None
    if feed is None or found is None:
        raise Http404
    verbs.note_read(feed=feed)
    with translation.override("vi"):
        body = calendar(
            _name(feed), found, address=f"{request.scheme}://{request.get_host()}", host=request.get_host().split(":")[0],
            for_teacher=feed.child_id is None and not _learns(feed),
            prefix=f"{feed.child.full_name.split()[-1]}: " if feed.child else "",
        )  # fmt: skip
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _learns(feed: CalendarFeed) -> bool:
    return feed.person.roles.filter(role="pupil", during__contains=timezone.localdate()).exists()


def _name(feed: CalendarFeed) -> str:
    if feed.child:
        return _("Lịch học của %(name)s") % {"name": feed.child.full_name.split()[-1]}
    return _("Lịch học") if _learns(feed) else _("Lịch dạy")
