"""The survey as the school opens it and reads it."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from truongso.conditions import access, coverage_charts, export, rules, survey_queries
from truongso.conditions.actions import survey as verbs
from truongso.conditions.forms import RoundForm
from truongso.conditions.models import SurveyRound
from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import Role
from truongso.ui.downloads import excel

READERS = (*access.READERS, Role.HOMEROOM)


def _only(request: Request) -> frozenset[int] | None:
    """The classes one sees: all of them, or the own."""
    return None if request.actor.has(*access.READERS) else request.actor.units(Role.HOMEROOM)


@allow(*READERS)
def survey_rounds(request: Request) -> HttpResponse:
    page = {
        "rounds": list(SurveyRound.objects.all()[:50]),
        "keep": rules.may_keep(request.actor),
        "day": request.actor.on,
    }
    return render(request, "conditions/rounds.html", page)


@allow(*rules.KEEPERS)
def survey_round_add(request: Request) -> HttpResponse:
    return _form(request, None)


@allow(*rules.KEEPERS)
def survey_round_edit(request: Request, pk: int) -> HttpResponse:
    return _form(request, access.round_for(pk))


def _form(request: Request, found: SurveyRound | None) -> HttpResponse:
    initial = (
        {"title": found.title, "first": found.during.lower, "last": found.last_day}
        if found
        else {
            "title": _("Khảo sát thiết bị và mạng"),
            "first": request.actor.on,
            "last": request.actor.on + timedelta(days=14),
        }
    )
    form = RoundForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = verbs.save_round(by=request.actor, round=found, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Đã lưu đợt khảo sát."))
            return redirect("survey_round", saved.pk)
    page = {"form": form, "round": found}
    return render(request, "conditions/round_form.html", page, status=422 if form.errors else 200)


@allow(*READERS)
def survey_round(request: Request, pk: int) -> HttpResponse:
    """Coverage by class and grade: charts, and the same figures as a table."""
    round = access.round_for(pk)
    classes = survey_queries.coverage(round, request.actor.on, _only(request))
    total = sum((c.figures for c in classes), rules.Coverage())
    grades: dict[int, rules.Coverage] = {}
    for c in classes:
        grades[c.grade] = grades.get(c.grade, rules.Coverage()) + c.figures
    page = {
        "round": round, "classes": classes, "grades": grades, "total": total,
        "charts": coverage_charts.charts(classes, total) if total.pupils else (),
        "open": request.actor.on in round.during, "keep": rules.may_keep(request.actor), "percent": rules.percent,
    }  # fmt: skip
    return render(request, "conditions/coverage.html", page)


@allow(*READERS)
def survey_export(request: Request, pk: int) -> HttpResponse:
    round = access.round_for(pk)
    classes = survey_queries.coverage(round, request.actor.on, _only(request))
    return excel(
        round.title, export.coverage_table(classes), export.answers_table(round, request.actor.on, _only(request))
    )


@allow(*READERS)
def survey_class(request: Request, pk: int, unit_pk: int) -> HttpResponse:
    """A class, pupil by pupil, in list order: for its homeroom teacher and those who manage."""
    round, unit = access.round_for(pk), access.survey_class_for(request.actor, unit_pk)
    rows = survey_queries.class_rows(round, unit, request.actor.on)
    page = {
        "round": round, "unit": unit, "rows": rows, "open": request.actor.on in round.during,
        "own": unit_pk in request.actor.units(Role.HOMEROOM), "silent": sum(r.answer is None for r in rows),
    }  # fmt: skip
    return render(request, "conditions/survey_class.html", page)


@allow(*rules.KEEPERS, Role.HOMEROOM)
@require_POST
def survey_remind(request: Request, pk: int) -> HttpResponse:
    """Remind a class (`unit`), or everybody: the latter for those who keep the survey."""
    round = access.round_for(pk)
    chosen = request.POST.get("unit", "")
    unit = access.survey_class_for(request.actor, int(chosen)) if chosen.isascii() and chosen.isdigit() else None
    if (unit is None and not rules.may_keep(request.actor)) or request.actor.on not in round.during:
        raise Http404
    try:
        told = verbs.remind(by=request.actor, round=round, unit=unit)
    except ValidationError as error:
        messages.info(request, error.messages[0])
    else:
        messages.success(request, ngettext("Đã nhắc %(num)s người.", "Đã nhắc %(num)s người.", told) % {"num": told})
    return redirect("survey_class", pk, unit.pk) if unit else redirect("survey_round", pk)
