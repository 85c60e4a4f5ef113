"""Our own short address of a link: who may go goes, and it is kept who did; everybody else sees only what it is."""

from __future__ import annotations

from typing import Any, cast

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from truongso.people.http import Request
from truongso.people.policy import anybody, public, signed_in
from truongso.timetable import access, arrivals, link_kinds, words
from truongso.timetable.actions import visits
from truongso.timetable.models import LinkKind, Period, PeriodLink, PeriodState, StandingLink
from truongso.timetable.queries import cards
from truongso.timetable.queries import links as queries
from truongso.timetable.rules import PeriodTies
from truongso.timetable.share_card import draw
from truongso.ui.jinja import url

_DAY = 24 * 3600


@anybody
@require_safe
@never_cache
def way(request: HttpRequest, token: str) -> HttpResponse:
    """/l/TOKEN/: a visitor (or Zalo's crawler) sees the share card and the way to sign in."""
    found = _named(token)
    if not request.user.is_authenticated:
        card = cards.card_of(found)
        page = {
            "card": card,
            "token": token,
            "address": request.build_absolute_uri(request.path),
            "image": _image(request, token, card.version),
        }
        return render(request, "timetable/link_card.html", page)
    if isinstance(found, PeriodLink):
        return _go(cast("Request", request), found)
    period = queries.period_at(found)
    if period is None:
        raise Http404
    return redirect("way_standing", period.pk, found.pk)


@signed_in
@require_safe
@never_cache
def way_standing(request: Request, pk: int, standing: int) -> HttpResponse:
    """A standing link, gone by for this period."""
    period = access.period_for(request.actor, pk)
    found = queries.standing_of(period, standing)
    if found is None:
        raise Http404
    if found.removed_at is not None or (found.until and found.until < period.day):
        return redirect("period", pk)
    return _go(request, visits.link_of_standing(period, found))


def _go(request: Request, link: PeriodLink) -> HttpResponse:
    actor = request.actor
    period = access.period_for(actor, link.period_id)
    link.period = period
    if link.kind == LinkKind.ROOM:
        return redirect("waiting_room", period.pk)
    if link.removed_at is not None or period.state != PeriodState.PLANNED:
        return redirect("period", period.pk)
    mine = access.ties(actor, period)
    if "go" not in request.GET and (before := _before(period, link, mine)):
        page = {"link": link, "period": period, "mine": mine, "words": words, **before}
        return render(request, "timetable/link_before.html", page)
    if request.method == "GET":
        visits.visit(by=actor, link=link)
    return _outside(link_kinds.opened(link.url, link.start_second))


def _before(period: Period, link: PeriodLink, mine: PeriodTies) -> dict[str, Any]:
    """What is to be read before going: it is too early, one is the guardian, or how to watch. Empty: just go."""
    if not (mine.in_class or mine.family):
        return {}
    now, starts = timezone.now(), period.span.lower
    early = link.live and now < starts - arrivals.OPENS
    watch = bool(link.watch_for or link.start_second or link.end_second)
    if not (early or mine.family or watch):
        return {}
    return {"early": early, "left": arrivals.countdown(now, starts, period.span.upper),
            "span": link_kinds.spoken(link.start_second, link.end_second)}  # fmt: skip


def _outside(address: str) -> HttpResponse:
    """To a stored address only, and without telling it where people came from."""
    answer = HttpResponseRedirect(address)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@public
@require_safe
def way_card(request: HttpRequest, token: str) -> HttpResponse:
    """The picture of the share card, kept for a day: a crawler of a big group asks often."""
    card = cards.card_of(_named(token))
    key = f"share-card:{card.version}"
    picture = cache.get(key)
    if picture is None:
        picture = draw(card)
        cache.set(key, picture, _DAY)
    answer = HttpResponse(picture, content_type="image/png")
    answer.headers["Cache-Control"] = f"public, max-age={_DAY}"
    return answer


def _named(token: str) -> PeriodLink | StandingLink:
    found = queries.by_token(token)
    if found is None:
        raise Http404
    return found


def _image(request: HttpRequest, token: str, version: str) -> str:
    return request.build_absolute_uri(f"{url('way_card', token)}?v={version}")
