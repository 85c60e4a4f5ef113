"""One cell as a form: what goes there, who teaches it, where, with which classes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.models import Unit
from truongso.people.policy import allow
from truongso.timetable import access, rules
from truongso.timetable.actions import cells
from truongso.timetable.cells import Held, Slot, slot_code, slot_of, slot_said
from truongso.timetable.forms.cell import KEEP, CellForm
from truongso.timetable.models import TimetableVersion
from truongso.timetable.queries import grid, tray
from truongso.timetable.views.grid import asked, place, tell
from truongso.ui.jinja import url


@allow(*rules.PLANNERS)
def timetable_cell(request: Request, pk: int, unit: int, slot: str) -> HttpResponse:
    """Say what stands in one slot of a class; also the way of laying without script."""
    version, at = access.version_for(request.actor, pk, need="plan"), slot_of(slot)
    units = grid.classes(version)
    found = next((u for u in units if u.pk == unit), None)
    if at is None or found is None:
        raise Http404
    standing = grid.held(version, grid.in_slot(at))
    form = _form(request, version, found, units, at, standing)
    if request.method == "POST" and form.is_valid():
        done = _save(request, version, found, at, form, standing)
        if done is not None:
            return done
    now = next((h for h in standing if h.unit_id == unit), None)
    context = {
        "version": version, "unit": found, "slot": at, "form": form, "now": now, "slot_said": slot_said, "code": slot_code(at),
        "back": _back(request, version, unit), "busy": [h for h in standing if h.unit_id != unit],
        "where": place(*asked(request)),
    }  # fmt: skip
    return render(request, "timetable/grid_cell.html", context, status=422 if form.errors else 200)


def _back(request: Request, version: TimetableVersion, unit: int) -> str:
    view, of = asked(request)
    return url("timetable", version.pk) + place(view, of if "of" in request.GET else unit)


def _form(
    request: Request, version: TimetableVersion, unit: Unit, units: list[Unit], at: Slot, standing: list[Held]
) -> CellForm:
    now = next((h for h in standing if h.unit_id == unit.pk), None)
    initial: dict[str, Any] = {}
    if now is not None:
        shared = [h.unit_id for h in standing if h.content.lesson == now.content.lesson and h.unit_id != unit.pk]
        initial = {"what": KEEP, "person": now.content.person_id, "room": now.content.room_id, "label": now.content.label,
                   "units": shared}  # fmt: skip
    wanted = tray.of_classes(version, [unit], grid.held(version, Q(unit=unit)))[unit.pk]
    data = request.POST if request.method == "POST" else None
    return CellForm(data, unit=unit, others=units, wanted=wanted, now=now, initial=initial)


def _save(
    request: Request, version: TimetableVersion, unit: Unit, at: Slot, form: CellForm, standing: list[Held]
) -> HttpResponse | None:
    """None when it was refused: the form then says why, and what was typed stays."""
    there = request.POST.get("there", "")
    seen = {unit.pk: int(there)} if there.isascii() and there.isdigit() and len(there) < 18 else None
    try:
        content = form.content()
        together = [unit.pk, *(u.pk for u in form.cleaned_data["units"])]
        before = cells.put_lesson(
            by=request.actor, version=version, units=together, slot=at, content=content, seen=seen
        )  # fmt: skip
    except ValidationError as error:
        add_errors(form, error)
        return None
    said = _("Đã lưu ô %(slot)s của lớp %(name)s.") % {"slot": slot_said(at), "name": unit.name}
    tell(request, version, said, before=before, left={key: content if key[0] in together else None for key in before})
    return HttpResponseRedirect(_back(request, version, unit.pk))
