"""Teaching assignments: all classes at a glance, one class as a list to edit, teachers with their load."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.lib.sheets import Column, Table, Value
from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.models import Unit
from truongso.people.policy import allow
from truongso.roster import access, classes, teaching
from truongso.roster.actions import teaching as verbs
from truongso.roster.actions.exports import log_export
from truongso.roster.forms import EndForm
from truongso.roster.forms.teaching import HomeroomForm, TeachingForm
from truongso.roster.rules import KEEPERS, READERS
from truongso.ui.downloads import excel
from truongso.ui.forms import Form


@allow(*READERS)
def overview(request: Request) -> HttpResponse:
    """Class × subject → teacher, with gaps and double bookings."""
    found = teaching.matrix(teaching.units_for(request.actor), request.actor.on)
    return render(
        request,
        "roster/teaching.html",
        {"matrix": found, "keeps": request.actor.has(*KEEPERS), "short": teaching.short},
    )


@allow(*READERS)
def loads(request: Request) -> HttpResponse:
    """By teacher: what, where, how many periods a week."""
    found = teaching.matrix(teaching.units_for(request.actor), request.actor.on)
    return render(request, "roster/loads.html", {"loads": found.loads})


@allow(*READERS)
def teaching_excel(request: Request) -> HttpResponse:
    found = teaching.matrix(teaching.units_for(request.actor), request.actor.on)
    log_export(by=request.actor, what="teaching", count=len(found.lines))
    columns = [Column(_("Lớp"), 8), Column(_("Chủ nhiệm"), 24), *(Column(s.short_name, 22) for s in found.subjects)]
    lines = [
        [
            line.unit.name,
            line.homeroom.full_name if line.homeroom else "",
            *(line.cells[s.pk].who if s.pk in line.cells else "" for s in found.subjects),
        ]
        for line in found.lines
    ]
    by_teacher = [Column(_("STT"), 6), Column(_("Giáo viên"), 28), Column(_("Phân công"), 60), Column(_("Số tiết một tuần"), 16),
                  Column(_("Chủ nhiệm"), 12)]  # fmt: skip
    people: list[list[Value]] = [
        [
            n,
            load.person.full_name,
            "; ".join(f"{s} {', '.join(u)}" for s, u in load.subjects),
            load.shown,
            load.homeroom,
        ]
        for n, load in enumerate(found.loads, 1)
    ]
    name = _("Phân công giảng dạy")
    return excel(name, Table(_("Theo lớp"), columns, lines), Table(_("Theo giáo viên"), by_teacher, people))


def _class_page(request: Request, unit: Unit, wrong: dict[str, Form] | None = None) -> HttpResponse:
    """`wrong` are the forms that came back refused, by key ("12" for a subject, "h" for homeroom, "a7" for a row)."""
    day = request.actor.on
    line = teaching.matrix([unit], day).lines[0]
    teachers = teaching.who_may_teach(day)
    first = teaching.first_day([unit], day)
    forms: dict[str, Form] = {"h": HomeroomForm(teachers=teachers, initial={"first": first}, prefix="h")}
    for cell in line.cells.values():
        more: dict[str, Any] = {"subject": cell.subject, "teachers": teachers, "initial": {"first": first}}
        forms[str(cell.subject.pk)] = TeachingForm(prefix=str(cell.subject.pk), **more)
        for row in cell.assignments:
            forms[f"a{row.pk}"] = TeachingForm(prefix=f"a{row.pk}", whole=True, **more)
    page = {
        "unit": unit, "line": line, "forms": forms | (wrong or {}), "wrong": set(wrong or ()), "today": day,
        "homeroom": classes.homeroom(unit, day), "siblings": teaching.units_for(request.actor),
    }  # fmt: skip
    return render(request, "roster/teaching_class.html", page, status=422 if wrong else 200)


@allow(*KEEPERS)
def class_teaching(request: Request, pk: int) -> HttpResponse:
    """One class as a list: each subject with its teachers, changed in place."""
    return _class_page(request, access.kept_class(request.actor, pk))


@allow(*KEEPERS)
def assign(request: Request, pk: int, subject_pk: int) -> HttpResponse:
    unit, subject = access.kept_class(request.actor, pk), access.subject_for(subject_pk)
    key = str(subject.pk)
    form = TeachingForm(
        request.POST or None, prefix=key, subject=subject, teachers=teaching.who_may_teach(request.actor.on)
    )
    if request.method == "POST" and form.is_valid():
        try:
            verbs.assign_teaching(by=request.actor, unit=unit, subject=subject, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
    return _answer(request, unit, key, form)


@allow(*KEEPERS)
def hand_over(request: Request, pk: int) -> HttpResponse:
    row = access.teaching_for(request.actor, pk)
    key = f"a{row.pk}"
    form = TeachingForm(
        request.POST or None,
        prefix=key,
        subject=row.subject,
        teachers=teaching.who_may_teach(request.actor.on),
        whole=True,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            verbs.hand_over(
                by=request.actor, assignment=row, to=data["person"], first=data["first"], reason=data["reason"]
            )
        except ValidationError as error:
            add_errors(form, error)
    return _answer(request, row.unit, key, form)


@allow(*KEEPERS)
def homeroom(request: Request, pk: int) -> HttpResponse:
    unit = access.kept_class(request.actor, pk)
    form = HomeroomForm(request.POST or None, prefix="h", teachers=teaching.who_may_teach(request.actor.on))
    if request.method == "POST" and form.is_valid():
        try:
            verbs.set_homeroom(by=request.actor, unit=unit, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
    return _answer(request, unit, "h", form)


def _answer(request: Request, unit: Unit, key: str, form: Form) -> HttpResponse:
    if request.method != "POST" or form.errors:
        return _class_page(request, unit, {key: form} if form.errors else None)
    messages.success(request, _("Đã lưu phân công."))
    return redirect("teaching_class", unit.pk)


@allow(*KEEPERS)
def end(request: Request, pk: int) -> HttpResponse:
    """The last day of an assignment, or who compiles: `do=compile` on a post."""
    row = access.teaching_for(request.actor, pk)
    if request.method == "POST" and request.POST.get("do") == "compile":
        verbs.let_compile(by=request.actor, assignment=row, first=request.actor.on)
        messages.success(request, _("Đã giao tổng hợp kết quả."))
        return redirect("teaching_class", row.unit_id)
    form = EndForm(request.POST or None, initial={"last": request.actor.on})
    if request.method == "POST" and form.is_valid():
        verbs.end_teaching(by=request.actor, assignment=row, last=form.cleaned_data["last"])
        messages.success(request, _("Đã ghi ngày hết phân công."))
        return redirect("teaching_class", row.unit_id)
    return render(request, "roster/teaching_end.html", {"form": form, "row": row}, status=422 if form.errors else 200)
