"""Sensitive data and custody notes: for very few, each look at the former logged."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import Role
from truongso.roster import access
from truongso.roster.actions import sensitive as verbs
from truongso.roster.forms import CustodyForm, SensitiveForm
from truongso.roster.views.answers import form_page


@allow(Role.HEAD, Role.CLERK, Role.HOMEROOM)
@never_cache
def sensitive(request: Request, pk: int) -> HttpResponse:
    """Shown on demand; showing it is logged."""
    found = access.sensitive_for(request.actor, pk)
    if request.method == "POST":
        form = SensitiveForm(request.POST)
    else:
        kept = verbs.read_sensitive(by=request.actor, person=found)
        form = SensitiveForm(initial={name: getattr(kept, name) for name in verbs.NAMES})
    return form_page(
        request, found, form, _("Dữ liệu nhạy cảm"),
        lambda data: verbs.save_sensitive(by=request.actor, person=found, **data),
        said=_("Lần xem này đã ghi nhật kí. Dữ liệu được cất dưới dạng mã hoá."),
    )  # fmt: skip


@allow(Role.HEAD, Role.HOMEROOM)
@never_cache
def custody_add(request: Request, pk: int) -> HttpResponse:
    child = access.custody_for(request.actor, pk)
    return form_page(
        request, child, CustodyForm(request.POST or None), _("Ghi chú về việc nuôi dưỡng"),
        lambda data: verbs.add_custody_note(by=request.actor, child=child, text=data["text"]),
        said=_("Chỉ hiệu trưởng và giáo viên chủ nhiệm hiện nay của em đọc được."),
    )  # fmt: skip


@allow(Role.HEAD, Role.HOMEROOM)
@require_POST
def custody_end(request: Request, pk: int) -> HttpResponse:
    note = access.note_for(request.actor, pk)
    verbs.end_custody_note(by=request.actor, note=note)
    messages.success(request, _("Đã khép ghi chú."))
    return redirect("person", note.child_id)
