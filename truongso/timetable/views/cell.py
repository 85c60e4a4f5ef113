"""One cell as a form: what goes there, who teaches it, where, with which classes."""

from __future__ import annotations

from dataclasses import dataclass
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
from truongso.timetable.views.grid import asked, number, place, tell
from truongso.ui.jinja import url


@dataclass(frozen=True, slots=True)
class Spot:
    """One slot of a class, and everything that is taught in it."""

    version: TimetableVersion
    unit: Unit
    units: list[Unit]
    slot: Slot
    standing: list[Held]

    @property
    def now(self) -> Held | None:
        return next((h for h in self.standing if h.unit_id == self.unit.pk), None)


def _spot(version: TimetableVersion, unit: int, slot: str) -> Spot:
    at, units = slot_of(slot), grid.classes(version)
    found = next((u for u in units if u.pk == unit), None)
    if at is None or found is None:
        raise Http404
    return Spot(version, found, units, at, grid.held(version, grid.in_slot(at)))


@allow(*rules.PLANNERS)
def timetable_cell(request: Request, pk: int, unit: int, slot: str) -> HttpResponse:
    """Say what stands in one slot of a class; also the way of laying without script."""
    spot = _spot(access.version_for(request.actor, pk, need="plan"), unit, slot)
    form = _form(request, spot)
    if request.method == "POST" and form.is_valid():
        done = _save(request, spot, form)
        if done is not None:
            return done
    context = {
        "version": spot.version, "unit": spot.unit, "slot": spot.slot, "form": form, "now": spot.now,
        "slot_said": slot_said, "back": _back(request, spot), "where": place(*asked(request)),
        "busy": [h for h in spot.standing if h.unit_id != unit], "here_code": slot,
        "slots": [(slot_code(s), slot_said(s)) for s in grid.slots(grid.bells(), spot.standing)],
    }  # fmt: skip
    return render(request, "timetable/grid_cell.html", context, status=422 if form.errors else 200)


def _back(request: Request, spot: Spot) -> str:
    view, of = asked(request)
    return url("timetable", spot.version.pk) + place(view, of if "of" in request.GET else spot.unit.pk)


def _form(request: Request, spot: Spot) -> CellForm:
    now, unit = spot.now, spot.unit
    initial: dict[str, Any] = {}
    if now is not None:
        own = now.content
        shared = [h.unit_id for h in spot.standing if h.content.lesson == own.lesson and h.unit_id != unit.pk]
        initial = {"what": KEEP, "person": own.person_id, "room": own.room_id, "label": own.label, "units": shared}
    wanted = tray.of_classes(spot.version, [unit], grid.held(spot.version, Q(unit=unit)))[unit.pk]
    data = request.POST if request.method == "POST" else None
    return CellForm(data, unit=unit, others=spot.units, wanted=wanted, now=now, initial=initial)


def _save(request: Request, spot: Spot, form: CellForm) -> HttpResponse | None:
    """None when it was refused: the form then says why, and what was typed stays."""
    there, unit = request.POST.get("there", ""), spot.unit
    seen = {unit.pk: number(there)} if there else None
    try:
        content = form.content()
        together = [unit.pk, *(u.pk for u in form.cleaned_data["units"])]
        before = cells.put_lesson(
            by=request.actor, version=spot.version, units=together, slot=spot.slot, content=content, seen=seen
        )
    except ValidationError as error:
        add_errors(form, error)
        return None
    left = {key: content if key[0] in together else None for key in before}
    if form.cleaned_data["everywhere"]:
        wanted = tray.same_for_all(spot.version, content)
        others = cells.put_everywhere(by=request.actor, version=spot.version, slot=spot.slot, contents=wanted)
        before, left = {**before, **others}, {**left, **{key: wanted[key[0]] for key in others}}
    said = _("Đã lưu ô %(slot)s của lớp %(name)s.") % {"slot": slot_said(spot.slot), "name": unit.name}
    tell(request, spot.version, said, before=before, left=left)
    return HttpResponseRedirect(_back(request, spot))
