"""Sending a period's address to the class: text for Zalo, the card as it will look, a code to hang up."""

from __future__ import annotations

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import STAFF
from truongso.timetable import access, words
from truongso.timetable.actions import visits
from truongso.timetable.models import LinkKind, Period, PeriodLink
from truongso.timetable.queries import cards
from truongso.timetable.queries import links as queries
from truongso.ui.jinja import url


@allow(*STAFF)
def share(request: Request, pk: int, which: str) -> HttpResponse:
    """`which`: "room", "s12" (a standing link), "l12" (the period's own)."""
    period = access.period_for(request.actor, pk, need="teach")
    link = _link(period, which)
    card = cards.card_of(link)
    address = request.build_absolute_uri(url("way", link.token))
    text = _("%(title)s, %(when)s. %(tool)s: %(address)s") % {
        "title": card.title, "when": card.when, "tool": card.tool, "address": address,
    }  # fmt: skip
    page = {
        "period": period, "words": words, "card": card, "address": address, "text": text,
        "image": f"{url('way_card', link.token)}?v={card.version}",
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(scale=6, border=2),
    }  # fmt: skip
    return render(request, "timetable/link_share.html", page)


def _link(period: Period, which: str) -> PeriodLink:
    link: PeriodLink | None = None
    for way in queries.ways_of([period])[period.pk]:
        if which == way.key:
            link = way.link or (visits.link_of_standing(period, way.standing) if way.standing else None)
            link = link or (visits.room_of(period) if way.kind == LinkKind.ROOM else None)
    if link is None:
        raise Http404
    link.period = period
    return link
