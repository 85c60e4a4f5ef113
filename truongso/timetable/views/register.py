"""Writing the register: one period, the day's periods at once, and the school's scale."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.policy import allow, signed_in
from truongso.people.roles import STAFF, Role
from truongso.timetable import access, rules
from truongso.timetable.actions.register import SignedMeanwhile, save_scale, sign_note
from truongso.timetable.forms.register import ScaleForm
from truongso.timetable.models import RegisterNote
from truongso.timetable.panels import register as panels
from truongso.timetable.queries.gaps import to_sign
from truongso.timetable.queries.register import proposed_for
from truongso.timetable.queries.register_week import names, scale

MOST = 60  # periods on one page; who is further behind signs these first


@allow(*STAFF)
def register_note(request: Request, pk: int) -> HttpResponse:
    """The line of a period: the form of its panel, on a page of its own when something is still to be put right."""
    period = access.period_for(request.actor, pk, need="teach")
    note = RegisterNote.objects.filter(period=period).first()
    form = panels.form_for(period, note, request.POST if request.method == "POST" else None)
    page: dict[str, Any] = {"period": period, "form": form, "note": note, "why": panels.closed(period, note)}
    if request.method != "POST":
        return render(request, "timetable/register_note.html", page)
    if not form.is_valid():
        return render(request, "timetable/register_note.html", page, status=422)
    try:
        sign_note(by=request.actor, period=period, line=form.line(), version=form.cleaned_data["version"] or 0)
    except SignedMeanwhile as meanwhile:
        page |= {"there": meanwhile.note, "signer": names([meanwhile.note.signed_by_id])[meanwhile.note.signed_by_id]}
        form.data = _with_version(request.POST, meanwhile.note.version)
        add_errors(form, meanwhile)
        return render(request, "timetable/register_note.html", page, status=409)
    except ValidationError as error:
        add_errors(form, error)
        return render(request, "timetable/register_note.html", page, status=422)
    messages.success(request, _("Đã kí sổ đầu bài."))
    return redirect("register_sign") if request.POST.get("from") == "day" else _to_period(pk)


def _with_version(typed: QueryDict, version: int) -> QueryDict:
    """What was typed, now over the line that is there: signing once more replaces it knowingly."""
    data = typed.copy()
    data["version"] = str(version)
    return data


def _to_period(pk: int) -> HttpResponse:
    return redirect(reverse("period", args=[pk]))


@signed_in
def register_sign(request: Request) -> HttpResponse:
    """The own periods that are waiting for a signature, each with its lesson filled in and one button."""
    waiting = to_sign(request.actor.person_id)
    periods = list(waiting[:MOST])
    page = {
        "periods": periods, "proposed": proposed_for(periods), "ratings": scale(), "total": waiting.count(),
        "today": request.actor.on,
    }  # fmt: skip
    return render(request, "timetable/register_sign.html", page)


@allow(Role.HEAD, Role.DEPUTY)
def register_scale(request: Request) -> HttpResponse:
    """How the school rates a period: words or points."""
    access.insist(rules.may_lead_register(request.actor))
    form = ScaleForm(request.POST or None, initial={"ratings": "\n".join(scale())})
    if request.method == "POST" and form.is_valid():
        save_scale(by=request.actor, ratings=form.cleaned_data["ratings"])
        messages.success(request, _("Đã lưu cách xếp loại. Các tiết đã kí giữ nguyên."))
        return redirect("register")
    return render(request, "timetable/register_scale.html", {"form": form}, status=422 if form.errors else 200)
