"""Hôm nay: what must be read, what happens next, what waits, what was changed, what comes tomorrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from truongso.notify.queries import to_confirm
from truongso.people import keeping
from truongso.people.actor import Actor
from truongso.people.http import Request
from truongso.people.policy import signed_in
from truongso.people.roles import Role
from truongso.school.access import RULERS
from truongso.school.queries import profile
from truongso.shell.context import bell_of
from truongso.shell.waiting import waiting_for
from truongso.timetable import day_words as words
from truongso.timetable import moments
from truongso.timetable.changes_said import said
from truongso.timetable.queries import news, rows, school_day
from truongso.timetable.queries import today as asked
from truongso.timetable.queries.board import lesson_of, way_of
from truongso.timetable.queries.rows import Row

LEADERS = (Role.HEAD, Role.DEPUTY)
OVERSEERS = (Role.HEAD, Role.DEPUTY, Role.IT_ADMIN, Role.CLERK)


@signed_in
def today(request: Request) -> HttpResponse:
    """Everybody's home, put together from the blocks that their roles have."""
    actor, now = request.actor, timezone.localtime()
    must = list(to_confirm(actor.person_id)[:5]) if bell_of(request, actor).to_confirm else []
    page: dict[str, Any] = {"must": must, "waiting": waiting_for(actor), "now": now, "words": words, "said": said}
    page["new_school"] = actor.has(*RULERS) and not profile().name
    own = asked.mine(actor)
    children = children_of(actor, now)
    page |= day_of(actor, own, now) | changed(actor, own, children, now)
    page["children"] = children
    page["school"] = school_day.school_now(now) if actor.has(*OVERSEERS) else None
    page["off"] = asked.off(actor.on) if not page["lessons"] else None
    page["away"] = asked.away(actor.units(Role.HOMEROOM), actor.on) if actor.has(Role.HOMEROOM) else None
    request.streams = streams(own, children)
    return keeping.kept(request, render(request, "shell/today.html", page))


def day_of(actor: Actor, own: Sequence[Row], now: datetime) -> dict[str, Any]:
    """The own periods of today and of the next day with lessons, and where in the day we are."""
    teaches = None if actor.has(Role.PUPIL) else actor.person_id
    todays, later = moments.split(own if teaches is None else moments.joined(own), actor.on)
    here, ahead = moments.moment(todays, now, teaches), moments.ahead(later, teaches)
    return {
        "pupil": actor.has(Role.PUPIL),
        "me": actor.person_id,
        "lessons": todays,
        "here": here,
        "lesson": lesson_of(here.row) if here.row else None,
        "way": way_of(here.row) if here.row else None,
        "ahead": ahead,
        "subjects": moments.subjects(ahead.rows) if ahead else [],
    }


@dataclass(frozen=True, slots=True)
class ChildDay:
    child: asked.Child
    moment: moments.Moment
    today: list[Row]
    ahead: moments.Ahead | None

    @property
    def next(self) -> Row | None:
        return self.moment.row


def children_of(actor: Actor, now: datetime) -> list[ChildDay]:
    """Two statements for all children of a family."""
    found = asked.children(actor)
    units = {child.unit_id for child in found if child.unit_id}
    lessons = rows.class_days(units, actor.on) if units else []
    made = []
    for child in found:
        todays, later = moments.split([r for r in lessons if r.unit_id == child.unit_id], actor.on)
        made.append(ChildDay(child, moments.moment(todays, now), todays, moments.ahead(later)))
    return made


def changed(actor: Actor, own: Sequence[Row], children: Sequence[ChildDay], now: datetime) -> dict[str, Any]:
    """What is new since yesterday, and the head's decisions that hold today or tomorrow."""
    learns = actor.units(Role.PUPIL) | {c.child.unit_id for c in children if c.child.unit_id}
    units = learns | actor.units(Role.HOMEROOM)
    teaches = {row.unit_id for row in own}
    if not units and not teaches and not actor.has(*OVERSEERS):
        return {"changes": [], "decisions": []}
    whose = None if actor.has(*OVERSEERS) else [*units, *teaches]
    found = news.news(units, actor.person_id, now, whose, lasting=actor.has(*LEADERS))
    return {"changes": found.changes, "decisions": found.decisions}


def streams(own: Sequence[Row], children: Sequence[ChildDay]) -> list[str]:
    """The classes whose changes this page hears of."""
    units = {row.unit_id for row in own} | {c.child.unit_id for c in children if c.child.unit_id}
    return [f"class:{unit}" for unit in sorted(units)]
