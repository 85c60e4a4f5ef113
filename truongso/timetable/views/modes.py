"""Decisions on the form of teaching: the list, a new one with what it would change, one decision, a class's week."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.policy import allow, signed_in
from truongso.people.roles import STAFF, Role
from truongso.timetable import access, day_words, rules, words
from truongso.timetable.actions import modes as verbs
from truongso.timetable.forms.modes import DecisionForm, PeriodsForm
from truongso.timetable.layout import monday
from truongso.timetable.models import Mode, ModeDecision
from truongso.timetable.queries import modes as queries
from truongso.timetable.queries import periods
from truongso.timetable.views.rearrange import day_asked

LEADERS = rules.LEADERS


@allow(*STAFF, Role.INSPECTOR)
def decisions(request: Request) -> HttpResponse:
    """All decisions, the newest first; who may, makes the next one."""
    page = {
        "decisions": [(d, queries.last_day(d)) for d in queries.decisions()[:100]], "day": request.actor.on,
        "may": rules.may_rearrange(request.actor),
    }  # fmt: skip
    return render(request, "timetable/modes.html", page)


@allow(*LEADERS)
def decide(request: Request) -> HttpResponse:
    """First what it would change, class by class; then the decision itself."""
    form = DecisionForm(request.POST or None, day=request.actor.on, initial={"shift": ""})
    reach: list[queries.Reach] | None = None
    if request.method == "POST" and form.is_valid():
        given, units = form.cleaned_data, form.units
        if request.POST.get("do") == "decide":
            try:
                made, count = verbs.decide_mode(
                    by=request.actor, mode=Mode(given["mode"]), first=given["first"], last=given["last"], units=units,
                    shift=given["shift"], reason=given["reason"], document=given["document"],
                )  # fmt: skip
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, _changed(count))
                return redirect("mode_decision", made.pk)
        coming = queries.coming(
            first=given["first"],
            last=given["last"],
            units=[u.pk for u in units],
            shift=given["shift"],
            now=timezone.now(),
        )
        reach = queries.reach(coming, given["mode"])
    return render(
        request, "timetable/mode_form.html", {"form": form, "reach": reach}, status=422 if form.errors else 200
    )


def _changed(count: int) -> str:
    return ngettext("Đã đổi hình thức của %(n)d tiết.", "Đã đổi hình thức của %(n)d tiết.", count) % {"n": count}


@signed_in
def decision(request: Request, pk: int) -> HttpResponse:
    """One decision, which concerns everybody in it; for those who read lists, with its periods by class."""
    found = _decision(pk)
    units = [unit.pk for unit in found.units.all()]
    inside = request.actor.is_staff or request.actor.has(Role.INSPECTOR)
    last = queries.last_day(found)
    reach = queries.reach(
        queries.coming(first=found.during.lower, last=last, units=units, shift=found.shift, now=timezone.now()),
        found.mode,
    )
    page = {
        "decision": found, "last": last, "words": day_words, "day": request.actor.on, "reach": reach if inside else [],
        "may": rules.may_rearrange(request.actor) and found.withdrawn_at is None and last >= request.actor.on,
    }  # fmt: skip
    return render(request, "timetable/mode_decision.html", page)


def _decision(pk: int) -> ModeDecision:
    found = queries.decisions().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@allow(*LEADERS)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    found = _decision(pk)
    try:
        messages.success(request, _changed(verbs.withdraw_mode(by=request.actor, decision=found)))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("mode_decision", pk)


@allow(*LEADERS)
def class_week(request: Request, pk: int) -> HttpResponse:
    """The coming periods of a class's week, to choose from; chosen ones get another form."""
    unit = access.class_for(request.actor, pk)
    first = monday(day_asked(request, request.actor.on))
    found = [
        p for p in periods.of_classes([unit.pk], first, first + timedelta(days=6)) if p.span.lower > timezone.now()
    ]
    coming = [p for p in found if p.state == "planned"]
    form = PeriodsForm(request.POST or None)
    chosen = [p for p in coming if str(p.pk) in request.POST.getlist("period")]
    if request.method == "POST" and form.is_valid():
        if chosen:
            given = form.cleaned_data
            count = verbs.set_modes(by=request.actor, periods=chosen, mode=Mode(given["mode"]), reason=given["reason"])
            messages.success(request, _changed(count))
            return redirect(f"{request.path}?from={first.isoformat()}")
        form.add_error(None, _("Xin chọn ít nhất một tiết."))
    week = timedelta(weeks=1)
    page: dict[str, Any] = {
        "unit": unit, "coming": coming, "form": form, "chosen": {p.pk for p in chosen}, "words": words, "first": first,
        "earlier": (first - week).isoformat(), "later": (first + week).isoformat(),
    }  # fmt: skip
    return render(request, "timetable/mode_class.html", page, status=422 if form.errors else 200)
