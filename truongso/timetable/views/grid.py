"""The grid of one timetable: read by staff, laid by those who plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import STAFF, Role
from truongso.timetable import access, marks, rules, undo_tokens
from truongso.timetable.actions import cells
from truongso.timetable.cells import DAYS, SHORT_DAYS, Cells, Held, Slot, slot_code, slot_of, slot_said
from truongso.timetable.models import TimetableVersion, VersionState
from truongso.timetable.queries import grid, sheet, tray
from truongso.ui.jinja import url, weekday

SEERS = (*STAFF, Role.INSPECTOR)


@dataclass(slots=True)
class Refused:
    """What was not done, and at which slot."""

    text: str = ""
    slot: Slot | None = None
    status: int = 200


def place(view: str, of: int) -> str:
    return "?" + urlencode([("view", view), *([("of", of)] if of else [])])


def asked(request: Request) -> tuple[str, int]:
    """Which view of whom the address names."""
    view, of = request.GET.get("view", "class"), request.GET.get("of", "")
    return view if view in sheet.VIEWS else "class", int(of) if of.isascii() and of.isdigit() and len(of) < 12 else 0


@allow(*SEERS)
def timetable(request: Request, pk: int) -> HttpResponse:
    """One timetable: a class's week, a teacher's, a room's, or the whole school's."""
    version = access.version_for(request.actor, pk)
    return page(request, version, Refused())


def page(request: Request, version: TimetableVersion, refused: Refused) -> HttpResponse:
    view, of = asked(request)
    found = sheet.sheet(version, view, of)
    draft = version.state == VersionState.DRAFT
    request.streams = [cells.stream(version)] if draft else []
    context = {
        "version": version, "sheet": found, "draft": draft, "here": url("timetable", version.pk) + place(view, found.of),
        "edits": draft and view != "school" and bool(rules.may_plan(request.actor)), "refused": refused,
        "plans": bool(rules.may_plan(request.actor)), "place": place, "slot_code": slot_code, "slot_said": slot_said,
        "days": DAYS, "long_days": ["", *(weekday(date(2024, 1, d)) for d in range(1, 8))], "short_days": SHORT_DAYS,
    }  # fmt: skip
    swapped = request.headers.get("HX-Request") == "true"
    context["layout"] = "timetable/grid_swap.html" if swapped else "timetable/grid_base.html"
    template = "timetable/grid_school.html" if view == "school" else "timetable/grid.html"
    return render(request, template, context, status=refused.status)


@allow(*rules.PLANNERS)
def timetable_marks(request: Request, pk: int) -> JsonResponse:
    """What every slot is for the lesson in hand: a cell (`entry`), or one of the tray (`unit` and `what`)."""
    version = access.version_for(request.actor, pk, need="plan")
    entry, unit = (number(request.GET.get(name, "")) for name in ("entry", "unit"))
    if entry:
        rows = grid.around(version, entry)
        picked = next((r for r in rows if r.pk == entry), None)
        if picked is None:
            return JsonResponse({"stale": True}, status=409)
        group = marks.group_of(picked, rows)
        units, content = [g.unit_id for g in group], picked.content
    else:
        chosen = tray.content_of(version, unit, request.GET.get("what", ""))
        if chosen is None:
            raise Http404
        content, group, units = chosen, [], [unit]
        rows = grid.around_tray(version, unit, content)
    slots = grid.slots(grid.bells(), rows)
    found = {slot_code(s): marks.mark(group, units, content, s, rows) for s in slots}
    return JsonResponse({"marks": {k: [m.state, m.text, m.there, m.why] for k, m in found.items()}})


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


@allow(*rules.PLANNERS)
@require_POST
def timetable_act(request: Request, pk: int) -> HttpResponse:
    """Move, place or remove one lesson; the answer is the grid again."""
    version = access.version_for(request.actor, pk, need="plan")
    to = slot_of(request.POST.get("to", ""))
    try:
        said, before, left = _do(request, version, to)
    except ValidationError as error:
        status = 409 if isinstance(error, cells.Stale) else 422
        return page(request, version, Refused(error.messages[0], to, status))
    tell(request, version, said, before=before, left=left)
    return answer(request, version)


def tell(request: Request, version: TimetableVersion, said: str, *, before: Cells, left: Cells) -> None:
    """Say what was done, with the way back."""
    if before:
        token = undo_tokens.token(version.pk, before, left)
        back = url("timetable_undo", version.pk, token) + place(*asked(request)) if token else ""
        messages.success(request, said, extra_tags=f"undo:{back}" if token else "")


def answer(request: Request, version: TimetableVersion) -> HttpResponse:
    """The grid: at once where only it is swapped, else by its address."""
    if request.headers.get("HX-Request") == "true":
        return page(request, version, Refused())
    return HttpResponseRedirect(url("timetable", version.pk) + place(*asked(request)))


def _do(request: Request, version: TimetableVersion, to: Slot | None) -> tuple[str, Cells, Cells]:
    got = request.POST
    entry, mark = number(got.get("entry", "")), got.get("mark", "")[:20]
    if got.get("do") == "remove":
        picked, before = cells.remove_lesson(by=request.actor, version=version, entry_id=entry, mark=mark)
        return _("Đã bỏ %(name)s khỏi %(slot)s.") % _named(picked, picked.slot), before, dict.fromkeys(before)
    if to is None:
        raise Http404
    there = number(got.get("there", "")) if "there" in got else None
    if got.get("do") == "move":
        picked, before = cells.move_lesson(
            by=request.actor, version=version, entry_id=entry, to=to, there=there, mark=mark
        )
        left = {key: _left(picked, before, key, to) for key in before}
        return _("Đã chuyển %(name)s sang %(slot)s.") % _named(picked, to), before, left
    unit = number(got.get("unit", ""))
    content = tray.content_of(version, unit, got.get("what", ""))
    if got.get("do") != "put" or content is None:
        raise Http404
    seen = None if there is None else {unit: there}
    before = cells.put_lesson(
        by=request.actor, version=version, units=[unit], slot=to, content=content, seen=seen, mark=mark
    )
    return _("Đã xếp vào %(slot)s.") % {"slot": slot_said(to)}, before, {(unit, *to): content}


def _left(picked: Held, before: Cells, key: tuple[int, int, str, int], to: Slot) -> Any:
    """What a move left: the two places of a class have changed their contents."""
    other = picked.slot if key[1:] == to else to
    return before[(key[0], *other)]


def _named(picked: Held, slot: Slot) -> dict[str, str]:
    return {"name": picked.short, "slot": slot_said(slot)}


@allow(*rules.PLANNERS)
@require_POST
def timetable_undo(request: Request, pk: int, token: str) -> HttpResponse:
    """Take back one change, unless somebody has gone on from it."""
    version = access.version_for(request.actor, pk, need="plan")
    try:
        before, left = undo_tokens.read(version.pk, token)
    except signing.BadSignature:
        raise Http404 from None
    try:
        cells.restore(by=request.actor, version=version, cells=before, left=left)
    except ValidationError as error:
        status = 409 if isinstance(error, cells.Stale) else 422
        return page(request, version, Refused(error.messages[0], None, status))
    messages.success(request, _("Đã trở lại như trước."))
    return answer(request, version)
