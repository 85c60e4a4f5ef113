"""Consent as the school sees it: who has answered what, what is missing, paper, reminders."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from truongso.consent import access, papers, queries, rules
from truongso.consent.actions import answers as verbs
from truongso.consent.forms import PaperForm
from truongso.consent.models import PurposeVersion
from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.models import Unit
from truongso.people.policy import allow, signed_in
from truongso.people.roles import Role
from truongso.ui.downloads import download, excel

READERS = (*access.READERS, Role.HOMEROOM)
WRITERS = (*rules.KEEPERS, Role.HOMEROOM)


@allow(*READERS)
def consent_classes(request: Request) -> HttpResponse:
    """Class by class, purpose by purpose: how many yes, no, missing."""
    only = None if request.actor.has(*access.READERS) else request.actor.units(Role.HOMEROOM)
    asked, classes = queries.by_class(request.actor.on, only)
    page = {"asked": asked, "classes": classes, "keep": rules.keeps(request.actor)}
    return render(request, "consent/classes.html", page)


@allow(*READERS)
def consent_class(request: Request, pk: int) -> HttpResponse:
    unit = access.class_for(request.actor, pk)
    people = queries.pupils(unit, request.actor.on)
    page = {
        "unit": unit, "people": people, "sheet": queries.sheet([p.pk for p in people], request.actor.on),
        "write": request.actor.has(*rules.KEEPERS) or pk in request.actor.units(Role.HOMEROOM),
    }  # fmt: skip
    return render(request, "consent/class.html", page)


@allow(*READERS)
def consent_export(request: Request, pk: int) -> HttpResponse:
    unit = access.class_for(request.actor, pk)
    return excel(_("Dong y du lieu lop %(name)s") % {"name": unit.name}, papers.class_table(unit, request.actor.on))


@allow(*READERS)
def consent_class_pdf(request: Request, pk: int) -> HttpResponse:
    """The class's forms on paper: blank to be signed, or (`filled`) with what was said."""
    unit = access.class_for(request.actor, pk)
    people = [(p, unit) for p in queries.pupils(unit, request.actor.on)]
    return _pdf(request, people, f"phieu-dong-y-{unit.name}")


@signed_in
def consent_child_pdf(request: Request, pk: int) -> HttpResponse:
    return _pdf(request, [access.child_for(request.actor, pk)], "phieu-dong-y")


def _pdf(request: Request, people: list[Any], name: str) -> HttpResponse:
    content = papers.forms_pdf(people, request.actor.on, filled="filled" in request.GET)
    return download(content, name=f"{name}.pdf", content_type="application/pdf", inline=True)


@allow(*WRITERS)
def consent_paper(request: Request, pk: int, code: str) -> HttpResponse:
    """A class's signed papers for one purpose, entered at one go: who signed, yes or no; the rest stays untouched."""
    unit, version = access.class_for(request.actor, pk, write=True), access.version_on(request.actor, code)
    form = PaperForm(request.POST or None, initial={"day": request.actor.on})
    if request.method == "POST" and form.is_valid():
        try:
            count = _enter(request, unit, version, form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(
                request, ngettext("Đã ghi %(num)s phiếu.", "Đã ghi %(num)s phiếu.", count) % {"num": count}
            )
            return redirect("consent_class", pk)
    rows = papers.paper_rows(unit, version, request.actor.on)
    page = {"unit": unit, "version": version, "form": form, "rows": rows, "posted": request.POST}
    return render(request, "consent/paper.html", page, status=422 if form.errors else 200)


def _enter(request: Request, unit: Unit, version: PurposeVersion, given: dict[str, Any]) -> int:
    entries = [
        verbs.Paper(line.child, line.signer, request.POST[line.name] == "yes")
        for row in papers.paper_rows(unit, version, request.actor.on)
        for line in row
        if request.POST.get(line.name) in {"yes", "no"}
    ]
    return verbs.record_papers(by=request.actor, version=version, papers=entries, day=given["day"], note=given["note"])


@allow(*WRITERS)
@require_POST
def consent_remind(request: Request, pk: int) -> HttpResponse:
    unit = access.class_for(request.actor, pk, write=True)
    try:
        told = verbs.remind(by=request.actor, unit=unit)
    except ValidationError as error:
        messages.info(request, error.messages[0])
    else:
        messages.success(request, ngettext("Đã nhắc %(num)s người.", "Đã nhắc %(num)s người.", told) % {"num": told})
    return redirect("consent_class", pk)
