"""Slips printed at once: one person, a family, a class."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from truongso.people import access
from truongso.people.actions.accounts import Slip
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import Role
from truongso.roster.actions import accounts as actions
from truongso.roster.slips import address_for_phones, slips_pdf
from truongso.school.queries import profile

PRINTERS = (Role.HOMEROOM, Role.IT_ADMIN)


def _print(request: Request, slips: list[Slip], name: str) -> HttpResponse:
    address = address_for_phones(request.scheme or "http", request.get_host())
    pdf = slips_pdf(slips, school=profile().name or "Trường Số", address=address)
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@allow(*PRINTERS)
@never_cache
@require_POST
def slip_print(request: Request, pk: int) -> HttpResponse:
    """A new slip for one person."""
    account = access.account_for(request.actor, pk, need="renew")
    return _print(request, [actions.slip_for_person(by=request.actor, account=account)], "phieu")


@allow(*PRINTERS)
@never_cache
@require_POST
def family_slips(request: Request, pk: int) -> HttpResponse:
    """One sheet for a guardian and the children."""
    guardian = access.person_for(request.actor, pk)
    slips = actions.slips_for_family(by=request.actor, guardian=guardian)
    if not slips:
        messages.error(request, _("Gia đình này chưa có tài khoản nào để in phiếu."))
        return redirect("person", pk)
    return _print(request, slips, "phieu-gia-dinh")


@allow(*PRINTERS)
@never_cache
@require_POST
def class_slips(request: Request, pk: int) -> HttpResponse:
    """Slips for a class: those who never came in, or all."""
    unit = access.class_for(request.actor, pk)
    slips = actions.slips_for_class(by=request.actor, unit=unit, everybody=request.POST.get("who") == "all")
    if not slips:
        messages.info(request, _("Em nào cũng đã vào rồi, không cần in phiếu."))
        return redirect("class", pk)
    return _print(request, slips, f"phieu-{unit.name}")
