"""Who stands for a pupil, and with which rights from when."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.roster import access
from truongso.roster.actions import guardians
from truongso.roster.forms import EndForm, GuardianForm, StandingForm
from truongso.roster.rules import KEEPERS
from truongso.roster.views.answers import form_page


@allow(*KEEPERS)
def guardian_add(request: Request, pk: int) -> HttpResponse:
    child = access.kept_person(request.actor, pk)
    form = GuardianForm(request.POST or None, initial={"first": request.actor.on, "legal": True, "informed": True})
    return form_page(
        request, child, form, _("Thêm người giám hộ"),
        lambda data: guardians.bring_guardian(by=request.actor, child=child, **data),
    )  # fmt: skip


@allow(*KEEPERS)
def guardian_edit(request: Request, pk: int) -> HttpResponse:
    row = access.standing_for(request.actor, pk)
    initial = {name: getattr(row, name) for name in ("relation", "legal", "informed", "first_contact")}
    form = StandingForm(request.POST or None, initial=initial | {"first": request.actor.on})
    said = _("%(name)s. Trước ngày ấy, quyền giữ như cũ.") % {"name": row.guardian.full_name}
    return form_page(
        request, row.child, form, _("Quyền của người giám hộ"),
        lambda data: guardians.change_guardian(by=request.actor, standing=row, **data), said=said,
        more=(_("Ghi ngày hết giám hộ"), reverse("guardian_end", args=[row.pk])),
    )  # fmt: skip


@allow(*KEEPERS)
def guardian_end(request: Request, pk: int) -> HttpResponse:
    row = access.standing_for(request.actor, pk)
    form = EndForm(request.POST or None, initial={"last": request.actor.on})
    said = _("%(name)s. Từ hôm sau, người này không còn xem được gì về em.") % {"name": row.guardian.full_name}
    return form_page(
        request, row.child, form, _("Ghi ngày hết giám hộ"),
        lambda data: guardians.end_guardian(by=request.actor, standing=row, last=data["last"]), said=said,
    )  # fmt: skip
