"""The page of one period: what it is, how to get in, and what was kept of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from truongso.people.http import Request
from truongso.people.policy import signed_in
from truongso.timetable import access, rules, words
from truongso.timetable.panels import changes, lesson, links, register, roll
from truongso.timetable.queries.around import around

PANELS = (("lesson", lesson.panel), ("links", links.panel), ("roll", roll.panel), ("register", register.panel),
          ("changes", changes.panel))  # fmt: skip


@signed_in
def period(request: Request, pk: int) -> HttpResponse:
    """Everything of a period that this person may see, on one page."""
    found = access.period_for(request.actor, pk)
    mine = access.ties(request.actor, found)
    panels = [(name, shown) for name, make in PANELS if (shown := make(request.actor, found, mine)) is not None]
    request.streams = [f"class:{found.unit_id}"]
    page = {
        "period": found, "mine": mine, "panels": panels, "words": words, "around": around(found, timezone.now()),
        "may_rearrange": rules.may_rearrange(request.actor),
    }  # fmt: skip
    return render(request, "timetable/period.html", page)
