"""Lên lớp và năm học mới: the plan, its classes and pupils, and the opening."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.roster import rollover_access as access
from truongso.roster import rollover_queries as queries
from truongso.roster import rollover_rules as rules
from truongso.roster.actions import open_year
from truongso.roster.actions import rollover as verbs
from truongso.roster.forms_rollover import AddClassForm, ClassForm, StartForm
from truongso.roster.models import Outcome, PlanPupil


@allow(*rules.PREPARERS)
def rollover(request: Request) -> HttpResponse:
    """The plan; or where it begins."""
    plan = queries.draft()
    if plan is None:
        return _start(request)
    page = _page(request, plan)
    if plan.job is not None and not plan.job.is_over:
        request.streams = [plan.job.stream]
    return render(request, "roster/rollover.html", page)


def _page(request: Request, plan: Any, problems: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "plan": plan, "job": plan.job, "view": queries.overview(plan, request.actor.on), "days": queries.days_of(plan),
        "form": AddClassForm(), "may_open": rules.may_open(request.actor), "problems": problems,
    }  # fmt: skip


def _start(request: Request) -> HttpResponse:
    year = queries.year_to_roll(request.actor.on)
    page: dict[str, Any] = {"year": year, "opened": queries.last_opened(), "form": None}
    if year is None:
        return render(request, "roster/rollover_start.html", page)
    form = StartForm(request.POST if request.method == "POST" else None, year=year)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.start_plan(by=request.actor, from_year=year, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("new_classes", error.messages[0])
        else:
            return redirect("rollover")
    page |= {"form": form, "coming": rules.next_year(year.name)}
    return render(request, "roster/rollover_start.html", page, status=422 if form.errors else 200)


@allow(*rules.PREPARERS)
def class_from(request: Request, pk: int) -> HttpResponse:
    """What becomes of the pupils of one class: one by one, or all at once."""
    plan, unit = access.unit_for(request.actor, pk)
    rows = queries.pupils_from(plan, unit)
    wrong: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            verbs.set_outcomes(by=request.actor, plan=plan, unit=unit, wishes=_wishes(request, rows))
        except ValidationError as error:
            wrong = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        else:
            messages.success(request, _("Đã lưu lớp %(name)s.") % {"name": unit.name})
            return redirect("rollover_from", pk)
    grade = unit.school_class.grade
    page = {
        "unit": unit, "plan": plan, "wrong": wrong, "outcomes": rules.outcomes(grade), "Outcome": Outcome,
        "classes": [c for c in queries.plan_classes(plan) if c.grade in {grade, grade + 1}],
        "rows": [(row, *_shown(request, row, bool(wrong))) for row in rows],
    }  # fmt: skip
    return render(request, "roster/rollover_from.html", page, status=422 if wrong else 200)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _shown(request: Request, row: PlanPupil, typed: bool) -> tuple[str, int | None]:
    """Outcome and class as saved; after a mistake as they were chosen."""
    if typed and f"o-{row.person_id}" in request.POST:
        return request.POST[f"o-{row.person_id}"], _number(request.POST.get(f"t-{row.person_id}", ""))
    return row.outcome, row.to_id


def _wishes(request: Request, rows: list[PlanPupil]) -> dict[int, tuple[str, int | None]]:
    got = request.POST
    if got.get("do") == "all":
        return {row.person_id: (got.get("all-o", ""), _number(got.get("all-t", ""))) for row in rows}
    return {
        row.person_id: (got[f"o-{row.person_id}"], _number(got.get(f"t-{row.person_id}", "")))
        for row in rows
        if f"o-{row.person_id}" in got
    }


@allow(*rules.PREPARERS)
def class_to(request: Request, pk: int) -> HttpResponse:
    """A class of the year to come: its name, homeroom teacher, and who will be in it."""
    found = access.class_for(request.actor, pk)
    form = ClassForm(request.POST if request.method == "POST" else None, found=found, day=request.actor.on)
    if request.method == "POST" and form.is_valid():
        plain = {"with_teachers": False, "campus": None, **form.cleaned_data}
        try:
            verbs.change_class(by=request.actor, plan=found.plan, found=found, **plain)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Đã lưu lớp %(name)s.") % {"name": found.name})
            return redirect("rollover")
    pupils = list(found.pupils.select_related("person", "from_unit"))
    page = {"form": form, "klass": found, "pupils": pupils}
    return render(request, "roster/rollover_class.html", page, status=422 if form.errors else 200)


@allow(*rules.PREPARERS)
@require_POST
def class_add(request: Request) -> HttpResponse:
    plan, form = access.plan_for(request.actor), AddClassForm(request.POST)
    if form.is_valid():
        try:
            verbs.add_class(by=request.actor, plan=plan, name=form.cleaned_data["name"], grade=None)
        except ValidationError as error:
            form.add_error("name", error.messages[0])
        else:
            return redirect("rollover")
    return render(request, "roster/rollover.html", _page(request, plan) | {"form": form}, status=422)


@allow(*rules.PREPARERS)
@require_POST
def class_remove(request: Request, pk: int) -> HttpResponse:
    found = access.class_for(request.actor, pk)
    verbs.remove_class(by=request.actor, plan=found.plan, found=found)
    messages.success(request, _("Đã bỏ lớp %(name)s; các em trong lớp chờ xếp lại.") % {"name": found.name})
    return redirect("rollover")


@allow(*rules.PREPARERS)
@require_POST
def refresh(request: Request) -> HttpResponse:
    changed = verbs.refresh_plan(by=request.actor, plan=access.plan_for(request.actor))
    messages.success(
        request, ngettext("Đã cập nhật %(num)s em.", "Đã cập nhật %(num)s em.", changed) % {"num": changed}
    )
    return redirect("rollover")


@allow(*rules.PREPARERS)
@require_POST
def drop(request: Request) -> HttpResponse:
    """Take everything back."""
    verbs.drop_plan(by=request.actor, plan=access.plan_for(request.actor))
    messages.success(request, _("Đã bỏ kế hoạch. Năm học đang chạy vẫn như cũ."))
    return redirect("rollover")


@allow(*rules.PREPARERS)
@require_POST
def open_new(request: Request) -> HttpResponse:
    """The head opens the year. What stands in the way is said, and nothing has happened."""
    plan = queries.draft()
    if plan is None:  # pressed twice, or somebody else was quicker
        return redirect("rollover")
    try:
        plan = open_year.ask_to_open(by=request.actor, plan=plan)
    except ValidationError as error:
        page = _page(request, plan, tuple(error.messages))
        return render(request, "roster/rollover.html", page, status=422)
    if plan.opened_at is not None:
        messages.success(request, _("Đã mở năm học %(name)s.") % {"name": plan.name})
    return redirect("rollover")
