from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso.people.actor import Actor
from truongso.people.http import Request
from truongso.people.models import Unit, UnitKind
from truongso.people.policy import allow
from truongso.people.roles import Role
from truongso.school import actions, queries
from truongso.school.access import READERS
from truongso.school.forms.classes import ClassForm, QuickClassesForm
from truongso.school.forms.subjects import GroupForm
from truongso.school.models import SchoolClass, SchoolYear
from truongso.school.views.calendar import chosen_year
from truongso.school.views.rows import Editing, Listing, back, edit, show


@transaction.atomic
def _save_class(by: Actor, scope: SchoolYear, row: SchoolClass | None, data: dict[str, Any]) -> None:
    homeroom = data.pop("homeroom", False)  # False: the field was not there
    if row is None:
        row = actions.make_class(by=by, year=scope, **data)
    else:
        actions.change_class(by=by, found=row, **data)
    if homeroom is not False:
        actions.put_in_charge(by=by, unit=row.unit, role=Role.HOMEROOM, person=homeroom)


@transaction.atomic
def _save_group(by: Actor, scope: object, row: Unit | None, data: dict[str, Any]) -> None:
    head = data.pop("head", False)
    if row is None:
        row = actions.make_group(by=by, **data)
    else:
        actions.change_group(by=by, unit=row, **data)
    if head is not False:
        actions.put_in_charge(by=by, unit=row, role=Role.GROUP_HEAD, person=head)


CLASSES = Listing(
    "class", "classes", ClassForm,
    find=lambda scope, pk: queries.classes_of(scope).filter(pk=pk).first(),
    initial=lambda row: {
        "name": row.unit.name, "grade": row.grade, "shift": row.shift, "campus": row.campus_id,
        "local_code": row.local_code, "homeroom": queries.in_charge_of(row.pk, Role.HOMEROOM),
    },
    keep=_save_class, remove=lambda by, row: actions.remove_class(by=by, found=row),
    rescope=lambda pk: SchoolYear.objects.filter(pk=pk).first(),
)  # fmt: skip
GROUPS = Listing(
    "group", "groups", GroupForm,
    find=lambda scope, pk: Unit.objects.filter(kind=UnitKind.GROUP, pk=pk).first(),
    initial=lambda row: {
        "name": row.name, "subjects": [g.subject_id for g in row.group_subjects.all()],
        "head": queries.in_charge_of(row.pk, Role.GROUP_HEAD),
    },
    keep=_save_group, remove=lambda by, row: actions.remove_group(by=by, unit=row),
)  # fmt: skip


@allow(*READERS)
def classes(request: Request) -> HttpResponse:
    """The classes of a year; many at once by a line like "6A1-6A5, 7A1..7A4"."""
    year = chosen_year(request)
    if year is None:
        return show(request, "school/no_year.html", Editing(), "classes", proposed="")
    quick = QuickClassesForm(request.POST if request.POST.get("do") == "quick" else None, auto_id="quick_%s")
    if quick.is_bound:
        if quick.is_valid():
            made = actions.make_classes(by=request.actor, year=year, **quick.cleaned_data)
            messages.success(request, ngettext("Đã tạo %(n)d lớp.", "Đã tạo %(n)d lớp.", len(made)) % {"n": len(made)})
            return redirect(back(request))
        editing: Editing | HttpResponse = Editing(status=422)
    else:
        editing = edit(request, CLASSES, scope=year)
    if isinstance(editing, HttpResponse):
        return editing
    rows = list(queries.classes_of(year))
    charge = queries.in_charge([c.pk for c in rows], Role.HOMEROOM, request.actor.on)
    tabs = [(y.name, f"?year={y.name}", y == year) for y in queries.years()]
    page = {"year": year, "tabs": tabs, "classes": rows, "charge": charge, "quick": quick}
    return show(request, "school/classes.html", editing, "classes", **page)


@allow(*READERS)
def groups(request: Request) -> HttpResponse:
    """The subject groups (tổ chuyên môn), their subjects and heads."""
    if request.POST.get("do") == "seed":
        actions.seed_groups(by=request.actor)
        messages.success(request, _("Đã thêm các tổ thường có."))
        return redirect(back(request))
    editing = edit(request, GROUPS)
    if isinstance(editing, HttpResponse):
        return editing
    rows = list(queries.groups())
    charge = queries.in_charge([g.pk for g in rows], Role.GROUP_HEAD, request.actor.on)
    return show(request, "school/groups.html", editing, "groups", groups=rows, charge=charge)
