"""Totals of absences: of a pupil with every session it rests on, of a class, of the school; and the rule behind them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.policy import allow, signed_in
from truongso.people.roles import Role
from truongso.timetable import absence_export, roll_access
from truongso.timetable.actions.absence_policy import set_policy
from truongso.timetable.forms.notes import PolicyForm
from truongso.timetable.queries import absence_pages, absences, rolls
from truongso.timetable.roll_access import READERS
from truongso.ui.downloads import excel


@allow(Role.HOMEROOM, *READERS)
def class_absences(request: Request, pk: int) -> HttpResponse:
    unit = roll_access.class_totals_for(request.actor, pk)
    found = absence_pages.totals([pk], request.actor.on)
    rows = sorted(found.rows, key=lambda r: -r.sessions)  # names stay in order among equals
    held = len(found.held.get(pk, []))
    keeper = roll_access.is_keeper(request.actor, {pk})
    page = {
        "unit": unit,
        "rows": rows,
        "policy": found.policy,
        "held": held,
        "keeper": keeper,
        "strip": absence_pages.STRIP,
    }
    return render(request, "timetable/absence_class.html", page)


@allow(Role.HOMEROOM, *READERS)
def class_absences_export(request: Request, pk: int) -> HttpResponse:
    unit = roll_access.class_totals_for(request.actor, pk)
    found = absence_pages.totals([pk], request.actor.on)
    missed = absence_pages.missed_by([r.person.pk for r in found.rows], request.actor.on)
    reads = roll_access.is_keeper(request.actor, {pk})
    tables = absence_export.totals_table(found, {pk: unit}), absence_export.missed_table(found, missed, reasons=reads)
    return excel(_("Buổi vắng %(name)s") % {"name": unit.name}, *tables)


@signed_in
def pupil_absences(request: Request, pk: int) -> HttpResponse:
    """Every session that counts, with date, reason and where it is known from."""
    person, reads = roll_access.pupil_for(request.actor, pk)
    missed = absence_pages.missed_by([pk], request.actor.on).get(pk, [])
    policy = absences.policy_on(request.actor.on)
    page = {"person": person, "missed": missed, "policy": policy, "reads": reads,
            "excused": sum(m.excused for m in missed), "tone": policy.tone(len(missed)),
            "writes": person.pk in request.actor.children, "over": policy.over(len(missed))}  # fmt: skip
    return render(request, "timetable/absence_pupil.html", page)


@allow(Role.HOMEROOM, *READERS)
def school_absences(request: Request) -> HttpResponse:
    """Who comes near the limit, and whose roll is missing today; a homeroom teacher's own class at once."""
    day = request.actor.on
    if not request.actor.has(*READERS):
        return redirect("class_absences", min(request.actor.units(Role.HOMEROOM)))
    found = absence_pages.totals(rolls.classes_on(day), day)
    near = sorted((r for r in found.rows if r.tone), key=lambda r: -r.sessions)
    lines = absence_pages.class_lines(found, day)
    without = [
        (word, rolls.classes_without_roll(day, shift)) for shift, word in (("am", _("sáng")), ("pm", _("chiều")))
    ]
    page = {
        "near": near,
        "lines": lines,
        "policy": found.policy,
        "without": without,
        "names": {x.unit.pk: x.unit.name for x in lines},
    }
    return render(request, "timetable/absence_school.html", page)


@allow(*READERS)
def school_absences_export(request: Request) -> HttpResponse:
    day = request.actor.on
    found = absence_pages.totals(rolls.classes_on(day), day)
    units = {line.unit.pk: line.unit for line in absence_pages.class_lines(found, day)}
    return excel(_("Buổi vắng toàn trường"), absence_export.totals_table(found, units))


@allow(*READERS, Role.HOMEROOM)
def absence_policies(request: Request) -> HttpResponse:
    page = {"policies": absences.policies(), "edits": request.actor.has(Role.HEAD, Role.IT_ADMIN)}
    return render(request, "timetable/absence_rules.html", page)


@allow(Role.HEAD, Role.IT_ADMIN)
def absence_policy_edit(request: Request, pk: int) -> HttpResponse:
    found = roll_access.policy_for(pk)
    form = PolicyForm(request.POST or None, initial=PolicyForm.of(found))
    if request.method == "POST" and form.is_valid():
        try:
            set_policy(by=request.actor, policy=found, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("absence_policies")
    page = {"form": form}
    return render(request, "timetable/absence_rule_form.html", page, status=422 if form.errors else 200)
