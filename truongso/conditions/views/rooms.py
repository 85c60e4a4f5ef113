"""The register of rooms and equipment."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.conditions import access, export, queries, rules
from truongso.conditions.actions import rooms as verbs
from truongso.conditions.forms import EquipmentForm, FaultForm, RoomForm
from truongso.conditions.models import Equipment, Room, RoomKind
from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import STAFF, Role
from truongso.ui.downloads import excel

READERS = (*STAFF, Role.INSPECTOR)


@allow(*READERS)
def rooms(request: Request) -> HttpResponse:
    """All rooms, what they have, and the three figures of the digital index."""
    search, kind = request.GET.get("q", "")[:60], request.GET.get("kind", "")
    page = {
        "rooms": list(queries.rooms(search, kind)),
        "search": search,
        "kinds": RoomKind.choices,
        "kind": kind,
        "classrooms": queries.share_of_classrooms_with_display_and_internet(),
        "computers": queries.pupils_per_computer(request.actor.on),
        "studio": queries.has_studio(),
        "faults": queries.faults_by_room(),
        "keep": rules.may_keep(request.actor),
    }
    return render(request, "conditions/rooms.html", page)


@allow(*READERS)
def rooms_export(request: Request) -> HttpResponse:
    return excel(_("So phong va thiet bi"), export.room_table(), export.equipment_table())


@allow(*READERS)
def room(request: Request, pk: int) -> HttpResponse:
    found = access.room_for(request.actor, pk)
    page = {
        "room": found,
        "equipment": list(queries.equipment(found)),
        "faults": list(queries.open_faults(found)),
        "mended": list(queries.mended_faults(found)),
        "keep": rules.may_keep(request.actor),
        "form": FaultForm(),
    }
    return render(request, "conditions/room.html", page)


@allow(*rules.KEEPERS)
def room_add(request: Request) -> HttpResponse:
    return _room_form(request, None)


@allow(*rules.KEEPERS)
def room_edit(request: Request, pk: int) -> HttpResponse:
    return _room_form(request, access.room_for(request.actor, pk, need="keep"))


def _room_form(request: Request, found: Room | None) -> HttpResponse:
    initial = {name: getattr(found, name) for name in RoomForm.base_fields} if found else {"active": True}
    form = RoomForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = verbs.save_room(by=request.actor, room=found, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Đã lưu phòng %(name)s.") % {"name": saved.name})
            return redirect("room", saved.pk)
    page = {"form": form, "room": found}
    return render(request, "conditions/room_form.html", page, status=422 if form.errors else 200)


@allow(*STAFF)
@require_POST
def fault_report(request: Request, pk: int) -> HttpResponse:
    found = access.room_for(request.actor, pk)
    form = FaultForm(request.POST)
    if form.is_valid():
        verbs.report_fault(by=request.actor, room=found, text=form.cleaned_data["text"])
        messages.success(request, _("Đã báo hỏng. Cảm ơn thầy cô."))
        return redirect("room", pk)
    page = {"room": found, "equipment": list(queries.equipment(found)), "faults": list(queries.open_faults(found)),
            "mended": list(queries.mended_faults(found)), "keep": rules.may_keep(request.actor), "form": form}  # fmt: skip
    return render(request, "conditions/room.html", page, status=422)


@allow(*rules.KEEPERS)
@require_POST
def fault_repair(request: Request, pk: int) -> HttpResponse:
    found = access.fault_for(request.actor, pk)
    verbs.repair(by=request.actor, fault=found, note=request.POST.get("note", "")[:200])
    messages.success(request, _("Đã ghi là sửa xong."))
    return redirect("room", found.room_id)


@allow(*READERS)
def equipment(request: Request) -> HttpResponse:
    page = {"equipment": list(queries.equipment()), "keep": rules.may_keep(request.actor)}
    return render(request, "conditions/equipment.html", page)


@allow(*rules.KEEPERS)
def equipment_add(request: Request) -> HttpResponse:
    return _equipment_form(request, None)


@allow(*rules.KEEPERS)
def equipment_edit(request: Request, pk: int) -> HttpResponse:
    return _equipment_form(request, access.equipment_for(request.actor, pk))


def _equipment_form(request: Request, found: Equipment | None) -> HttpResponse:
    initial = (
        {name: getattr(found, name) for name in EquipmentForm.base_fields} if found else {"quantity": 1, "active": True}
    )
    form = EquipmentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        verbs.save_equipment(by=request.actor, equipment=found, **form.cleaned_data)
        messages.success(request, _("Đã lưu."))
        return redirect("equipment")
    page = {"form": form, "equipment": found}
    return render(request, "conditions/equipment_form.html", page, status=422 if form.errors else 200)
