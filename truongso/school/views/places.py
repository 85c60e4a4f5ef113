from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.school import actions, queries
from truongso.school.access import READERS
from truongso.school.forms.places import BellsForm, CampusForm
from truongso.school.forms.profile import ManagingBodyForm, ProfileForm
from truongso.school.models import BellSchedule, Campus, ManagingBody
from truongso.school.views.rows import Editing, Listing, back, edit, saved, show

BODIES = Listing(
    "body", "profile", ManagingBodyForm,
    find=lambda scope, pk: ManagingBody.objects.filter(pk=pk).first(),
    initial=lambda row: {"name": row.name, "first": row.during.lower},
    keep=lambda by, scope, row, data: (
        actions.change_managing_body(by=by, body=row, **data) if row else actions.set_managing_body(by=by, **data)
    ),
    remove=lambda by, row: actions.remove_managing_body(by=by, body=row),
)  # fmt: skip
CAMPUSES = Listing(
    "campus", "profile", CampusForm,
    find=lambda scope, pk: Campus.objects.filter(pk=pk).first(),
    initial=lambda row: {"name": row.name, "address": row.address, "is_main": row.is_main},
    keep=lambda by, scope, row, data: actions.save_campus(by=by, campus=row, **data),
    remove=lambda by, row: actions.remove_campus(by=by, campus=row),
)  # fmt: skip
BELLS = Listing(
    "bells", "bells", BellsForm,
    find=lambda scope, pk: BellSchedule.objects.filter(pk=pk).first(),
    initial=lambda row: {"shift": row.shift, "campus": row.campus_id}
    | {f"period_{p.number}": f"{p.starts:%H:%M} – {p.ends:%H:%M}" for p in row.periods.all()},
    keep=lambda by, scope, row, data: actions.save_bells(
        by=by, schedule=row, shift=data["shift"], campus=data["campus"], bells=data["bells"]
    ),
    remove=lambda by, row: actions.remove_bells(by=by, schedule=row),
)  # fmt: skip


@allow(*READERS)
def profile(request: Request) -> HttpResponse:
    """Name, place, codes; and who has governed the school since when."""
    now = queries.profile()
    saving = request.method == "POST" and "row" not in request.POST
    initial = {name: getattr(now, name) for name in ProfileForm.base_fields}
    form = ProfileForm(request.POST if saving else None, initial=initial)
    if saving and form.is_valid():
        actions.save_profile(by=request.actor, **form.cleaned_data)
        messages.success(request, _("Đã lưu."))
        return saved(request)
    editing = Editing(status=422 if form.errors else 200) if saving else edit(request, BODIES)
    if isinstance(editing, HttpResponse):
        return editing
    page = {"form": form, "school": now, "bodies": list(queries.managing_bodies())}
    return show(request, "school/profile.html", editing, "profile", **page)


@allow(*READERS)
def campuses(request: Request) -> HttpResponse:
    editing = edit(request, CAMPUSES)
    if isinstance(editing, HttpResponse):
        return editing
    return show(request, "school/campuses.html", editing, "profile", campuses=list(queries.campuses()))


@allow(*READERS)
def bells(request: Request) -> HttpResponse:
    """When each period begins and ends, by shift and campus."""
    if request.POST.get("do") == "seed":
        actions.seed_bells(by=request.actor)
        return redirect(back(request))
    editing = edit(request, BELLS)
    if isinstance(editing, HttpResponse):
        return editing
    schedules = list(BellSchedule.objects.select_related("campus").prefetch_related("periods"))
    return show(request, "school/bells.html", editing, "bells", schedules=schedules)
