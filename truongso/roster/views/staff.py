"""A person's lines in the staff list."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.roster import access
from truongso.roster.actions import staff
from truongso.roster.forms import EndForm, MembershipForm, PositionForm, StaffForm
from truongso.roster.rules import KEEPERS
from truongso.roster.views.answers import form_page


@allow(*KEEPERS)
def record(request: Request, pk: int) -> HttpResponse:
    found = access.kept_person(request.actor, pk)
    now = getattr(found, "staff_record", None)
    initial = {name: getattr(now, name) or "" for name in StaffForm.base_fields} if now else {}
    form = StaffForm(request.POST or None, initial=initial)
    return form_page(
        request, found, form, _("Hồ sơ cán bộ"),
        lambda data: staff.save_staff_record(by=request.actor, person=found, **data),
    )  # fmt: skip


@allow(*KEEPERS)
def position_add(request: Request, pk: int) -> HttpResponse:
    found = access.kept_person(request.actor, pk)
    form = PositionForm(request.POST or None, initial={"first": request.actor.on})
    return form_page(
        request, found, form, _("Thêm vị trí việc làm"),
        lambda data: staff.start_position(by=request.actor, person=found, **data),
    )  # fmt: skip


@allow(*KEEPERS)
def position_end(request: Request, pk: int) -> HttpResponse:
    row = access.position_for(request.actor, pk)
    form = EndForm(request.POST or None, initial={"last": request.actor.on})
    return form_page(
        request, row.person, form, _("Ghi ngày hết vị trí việc làm"),
        lambda data: staff.end_position(by=request.actor, position=row, last=data["last"]), said=row.title,
    )  # fmt: skip


@allow(*KEEPERS)
def group_join(request: Request, pk: int) -> HttpResponse:
    found = access.kept_person(request.actor, pk)
    form = MembershipForm(request.POST or None, initial={"first": request.actor.on})
    return form_page(
        request, found, form, _("Vào tổ chuyên môn"),
        lambda data: staff.join_group(by=request.actor, person=found, **data),
    )  # fmt: skip


@allow(*KEEPERS)
def group_leave(request: Request, pk: int) -> HttpResponse:
    row = access.member_for(request.actor, pk)
    form = EndForm(request.POST or None, initial={"last": request.actor.on})
    return form_page(
        request, row.person, form, _("Ghi ngày rời tổ"),
        lambda data: staff.leave_group(by=request.actor, member=row, last=data["last"]), said=row.unit.name,
    )  # fmt: skip
