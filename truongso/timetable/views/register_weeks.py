"""A class's register of a week: read, signed, opened again, printed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.people.http import Request
from truongso.people.models import Unit
from truongso.people.policy import allow
from truongso.people.roles import STAFF, Role
from truongso.timetable import access, layout, register_print, rules
from truongso.timetable.actions import register_weeks as verbs
from truongso.timetable.forms.register import UnlockForm, WeekForm
from truongso.timetable.models import RegisterWeek
from truongso.timetable.queries.register_week import WeekSheet, names, week_sheet
from truongso.ui.downloads import download, excel

READERS = (*STAFF, Role.INSPECTOR)


def monday_of(request: Request) -> date:
    """?week= any day of it; this week when it says nothing that is a day."""
    try:
        day = date.fromisoformat(request.GET.get("week", "") or request.POST.get("week", ""))
    except ValueError:
        day = request.actor.on
    return layout.monday(day) if date(2000, 1, 10) < day < date(2100, 1, 1) else layout.monday(request.actor.on)


def _here(unit: Unit, monday: date) -> str:
    return f"{reverse('register_week', args=[unit.pk])}?week={monday.isoformat()}"


@allow(*READERS)
def register_week(request: Request, pk: int) -> HttpResponse:
    """The register of a class for a week, in the columns of the paper one."""
    unit, monday = access.register_class_for(request.actor, pk), monday_of(request)
    request.streams = [f"class:{pk}"]
    return render(request, "timetable/register_week.html", _week(request, unit, monday))


def _week(request: Request, unit: Unit, monday: date, **more: Any) -> dict[str, Any]:
    actor, sheet = request.actor, week_sheet(unit, monday)
    homeroom = rules.may_sign_week(actor, homeroom=unit.pk in actor.units(Role.HOMEROOM))
    unlocks = list(sheet.signed.unlocks.all()) if sheet.signed else []
    return {
        "unit": unit, "sheet": sheet, "before": monday - timedelta(days=7), "after": monday + timedelta(days=7),
        "as_homeroom": bool(homeroom) and sheet.over and not (sheet.signed and sheet.signed.locked),
        "as_head": bool(rules.may_lead_register(actor)) and sheet.over and not (sheet.signed and sheet.signed.head_at),
        "may_unlock": bool(rules.may_lead_register(actor)) and bool(sheet.signed and sheet.signed.locked),
        "remind": bool(sheet.gaps) and (bool(homeroom) or bool(rules.may_lead_register(actor))),
        "form": WeekForm(auto_id="w_%s"), "unlock": UnlockForm(auto_id="u_%s"), "unlocks": unlocks,
        "names": names([u.by_id for u in unlocks]), "only_gaps": "gaps" in request.GET,
    } | more  # fmt: skip


@allow(*STAFF)
@require_POST
def register_week_sign(request: Request, pk: int) -> HttpResponse:
    """The homeroom teacher's signature, or (`as`=head) the school's."""
    unit, monday = access.register_class_for(request.actor, pk), monday_of(request)
    as_head = request.POST.get("as") == "head"
    if as_head:
        access.insist(rules.may_lead_register(request.actor))
    else:
        access.insist(rules.may_sign_week(request.actor, homeroom=pk in request.actor.units(Role.HOMEROOM)))
    form = WeekForm(request.POST, auto_id="w_%s")
    if form.is_valid():
        try:
            verbs.sign_week(by=request.actor, unit=unit, monday=monday, as_head=as_head, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages[0])
    if form.errors:
        return render(request, "timetable/register_week.html", _week(request, unit, monday, form=form), status=422)
    messages.success(request, _("Đã kí sổ của tuần."))
    return redirect(_here(unit, monday))


@allow(Role.HEAD, Role.DEPUTY)
@require_POST
def register_week_unlock(request: Request, pk: int) -> HttpResponse:
    unit, monday = access.register_class_for(request.actor, pk), monday_of(request)
    access.insist(rules.may_lead_register(request.actor))
    week = RegisterWeek.objects.filter(unit=unit, monday=monday).first()
    form = UnlockForm(request.POST, auto_id="u_%s")
    if week is None:
        raise Http404
    if not form.is_valid():
        return render(request, "timetable/register_week.html", _week(request, unit, monday, unlock=form), status=422)
    verbs.unlock_week(by=request.actor, week=week, reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã mở lại sổ của tuần. Sửa xong, xin kí lại."))
    return redirect(_here(unit, monday))


@allow(*READERS)
def register_week_file(request: Request, pk: int, kind: str) -> HttpResponse:
    """The page of the paper register as PDF, or the same rows as Excel."""
    unit, monday = access.register_class_for(request.actor, pk), monday_of(request)
    sheet = week_sheet(unit, monday)
    name = _file_name(sheet)
    if kind == "excel":
        return excel(name, register_print.table(sheet))
    pdf = register_print.week_pdf(sheet)
    return download(pdf, name=f"{name}.pdf", content_type="application/pdf", inline=True)


def _file_name(sheet: WeekSheet) -> str:
    return f"{_('Sổ ghi đầu bài')} {sheet.unit.name} {sheet.monday.isoformat()}"
