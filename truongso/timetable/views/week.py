"""The week: one's own, a child's, a class's, a teacher's, a room's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.conditions.access import room_for
from truongso.people import queries as people
from truongso.people.actor import Actor
from truongso.people.http import Request
from truongso.people.keeping import kept
from truongso.people.policy import allow, signed_in
from truongso.people.roles import STAFF, Role
from truongso.timetable import access
from truongso.timetable import day_words as words
from truongso.timetable.moments import joined
from truongso.timetable.queries import news, rows, week
from truongso.timetable.queries import others as of_others
from truongso.timetable.queries import today as asked
from truongso.timetable.queries.rows import Row
from truongso.ui.forms import DateField, Form
from truongso.ui.jinja import url

READERS = (*STAFF, Role.INSPECTOR)
TEACHES = (Role.TEACHER, Role.GROUP_HEAD, Role.HOMEROOM)
Tab = tuple[str, str, bool]


class JumpForm(Form):
    day = DateField(label=gettext_lazy("Xem tuần có ngày"), required=False)


@dataclass(frozen=True, slots=True)
class Week:
    """Whose week is shown: `kind` decides what a cell says, `units` which decisions of the head belong to it."""

    kind: Literal["class", "teacher", "room"]
    title: str
    read: Callable[[date, date], list[Row]]
    units: Sequence[int] | None = None
    tabs: Sequence[Tab] = ()
    person_id: int | None = None
    to_pupil: bool = False


@signed_in
def mine(request: Request) -> HttpResponse:
    """Lịch dạy, Lịch học: a pupil's class, a family's first child, a teacher's own lessons; others choose whose."""
    actor = request.actor
    if units := actor.units(Role.PUPIL):
        found = list(people.units_of(units))
        return _show(
            request, _of_class(found[0].pk, _("Lớp %(name)s") % {"name": found[0].name}, to_pupil=True), keep=True
        )
    if actor.has(*TEACHES) or asked.mine(actor):
        return _show(request, _of_teacher(actor.person_id, actor.name, _own_tabs(actor, "")), keep=True)
    family = asked.children(actor)
    if family:
        return _show(request, _of_child(family[0], family), keep=True)
    if actor.has(*READERS):
        return others(request)
    return render(request, "timetable/week_none.html")


@signed_in
def child(request: Request, pk: int) -> HttpResponse:
    access.child_for(request.actor, pk)
    family = asked.children(request.actor)
    return _show(request, _of_child(next(c for c in family if c.id == pk), family), keep=True)


@signed_in
def klass(request: Request, pk: int) -> HttpResponse:
    unit = access.class_for(request.actor, pk)
    tabs = _own_tabs(request.actor, unit.name) if pk in request.actor.units(Role.HOMEROOM) else ()
    return _show(request, _of_class(pk, _("Lớp %(name)s") % {"name": unit.name}, tabs))


@allow(*READERS)
def teacher(request: Request, pk: int) -> HttpResponse:
    person = access.teacher_for(request.actor, pk)
    return _show(request, _of_teacher(pk, person.full_name))


@allow(*READERS)
def room(request: Request, pk: int) -> HttpResponse:
    found = room_for(request.actor, pk)
    return _show(request, Week("room", found.name, lambda first, last: joined(rows.of_room(pk, first, last))))


@allow(*READERS)
def others(request: Request) -> HttpResponse:
    """Whose week to look at: every class, teacher and room that has lessons."""
    return render(request, "timetable/week_others.html", {"found": of_others.others(request.actor.on)})


def _of_class(pk: int, title: str, tabs: Sequence[Tab] = (), *, to_pupil: bool = False) -> Week:
    return Week("class", title, lambda first, last: rows.of_classes([pk], first, last), [pk], tabs, to_pupil=to_pupil)


def _of_teacher(pk: int, title: str, tabs: Sequence[Tab] = ()) -> Week:
    return Week("teacher", title, lambda first, last: joined(rows.of_teacher(pk, first, last)), None, tabs, pk)


def _of_child(shown: asked.Child, family: Sequence[asked.Child]) -> Week:
    tabs = [(f"{words.two_names(c.name)} {c.unit}".strip(), url("week_child", c.id), c.id == shown.id) for c in family]
    title = f"{words.two_names(shown.name)}, {shown.unit}" if shown.unit else words.two_names(shown.name)
    units = [shown.unit_id] if shown.unit_id else []
    read = (lambda first, last: rows.of_classes(units, first, last)) if units else (lambda first, last: [])
    return Week("class", title, read, units, tabs, to_pupil=True)


def _own_tabs(actor: Actor, here: str) -> list[Tab]:
    """A homeroom teacher's own lessons beside those of the own class."""
    own = people.units_of(actor.units(Role.HOMEROOM)) if actor.has(Role.HOMEROOM) else ()
    classes = [(unit.name, url("week_class", unit.pk), unit.name == here) for unit in own]
    return [(_("Tiết tôi dạy"), url("week"), not here), *classes] if classes else []


def _show(request: Request, whose: Week, *, keep: bool = False) -> HttpResponse:
    form = JumpForm(request.GET or None)
    bad = form.is_bound and not form.is_valid()
    chosen = None if bad or not form.is_bound else form.cleaned_data["day"]
    monday = week.monday_of(chosen or request.actor.on)
    found = whose.read(monday, monday + timedelta(days=6))
    grid = week.grid(found, monday, request.actor.on)
    request.streams = [f"class:{unit}" for unit in sorted({row.unit_id for row in found})]
    page = {
        "whose": whose, "grid": grid, "form": form, "words": words, "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7), "now": timezone.localtime(), "decisions": news.decisions(whose.units, monday, grid.last),
    }  # fmt: skip
    answer = render(request, "timetable/week.html", page, status=422 if bad else 200)
    return kept(request, answer) if keep and not request.GET else answer
