"""Purposes and their words; the register of requests; the law's deadlines."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.consent import access, rules
from truongso.consent import request_queries as queries
from truongso.consent.actions import purposes as purpose_verbs
from truongso.consent.actions import requests as verbs
from truongso.consent.forms import DeadlineForm, OfficeRequestForm, StepForm, VersionForm
from truongso.consent.models import Deadline, Purpose, RequestKind, StepKind
from truongso.lib import dates
from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.models import Person
from truongso.people.policy import allow
from truongso.people.queries import people
from truongso.people.roles import Role

WORDS = ("title", "text", "which_data", "kept", "discloses")


@allow(*rules.KEEPERS)
def purposes(request: Request) -> HttpResponse:
    found = list(Purpose.objects.prefetch_related("versions"))
    return render(request, "consent/purposes.html", {"purposes": found, "day": request.actor.on})


@allow(Role.HEAD, Role.IT_ADMIN)
def purpose_add(request: Request) -> HttpResponse:
    return _version_form(request, None)


@allow(Role.HEAD, Role.IT_ADMIN)
def purpose_edit(request: Request, code: str) -> HttpResponse:
    return _version_form(request, access.purpose_for(code))


def _version_form(request: Request, purpose: Purpose | None) -> HttpResponse:
    last = purpose.versions.order_by("-number").first() if purpose else None
    initial = {"first": request.actor.on, "needs_follow_up": purpose.needs_follow_up if purpose else False}
    if last is not None:
        initial |= {name: getattr(last, name) for name in WORDS}
    form = VersionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            purpose_verbs.save_version(by=request.actor, purpose=purpose, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Đã lưu. Gia đình sẽ được hỏi theo bản mới."))
            return redirect("purposes")
    page = {"form": form, "purpose": purpose, "last": last}
    return render(request, "consent/purpose_form.html", page, status=422 if form.errors else 200)


@allow(Role.HEAD, Role.IT_ADMIN)
@require_POST
def purpose_state(request: Request, code: str) -> HttpResponse:
    found = access.purpose_for(code)
    purpose_verbs.set_active(by=request.actor, purpose=found, active=not found.active)
    messages.success(request, _("Đã lưu."))
    return redirect("purposes")


@allow(*rules.KEEPERS)
def data_requests(request: Request) -> HttpResponse:
    """What families asked about their data, the nearest deadline first."""
    waiting = queries.rows(queries.open_requests())
    waiting.sort(key=lambda r: (r.next_due is None, r.next_due or r.request.received_on))
    page = {"waiting": waiting, "closed": queries.rows(queries.closed_requests()[:20]), "day": request.actor.on}
    return render(request, "consent/requests.html", page)


@allow(*rules.KEEPERS)
def data_request_add(request: Request) -> HttpResponse:
    """The office enters what came on paper or in person: first find the person, then say what is asked."""
    search = request.GET.get("q", "")[:60]
    chosen = request.POST.get("subject") or request.GET.get("person", "")
    subjects = Person.objects.filter(pk=int(chosen)) if chosen.isascii() and chosen.isdigit() else Person.objects.none()
    form = OfficeRequestForm(request.POST or None, subjects=subjects, initial={"received_on": request.actor.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = verbs.receive(
                by=request.actor, subject=given["subject"], asked_by=given["subject"], kind=RequestKind(given["kind"]),
                text=given["text"], received_on=given["received_on"], third_party=given["third_party"],
            )  # fmt: skip
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("data_request", made.pk)
    found = list(people(search)[:20]) if search else []
    page = {"form": form, "search": search, "found": found, "chosen": subjects.first()}
    return render(request, "consent/request_form.html", page, status=422 if form.errors else 200)


@allow(*rules.KEEPERS)
def data_request(request: Request, pk: int) -> HttpResponse:
    """One request with its deadlines; a button for each next step."""
    found = access.request_for(request.actor, pk)
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and request.POST.get("do") in StepKind.values:
        try:
            verbs.step(
                by=request.actor, request=found, kind=StepKind(request.POST["do"]), note=form.cleaned_data["note"]
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("data_request", pk)
    row = queries.rows(type(found).objects.filter(pk=pk))[0]
    steps = [
        ("back" if s.kind == StepKind.REFUSED else "ok", s.get_kind_display(),
         f"{s.by.full_name}, {dates.show(s.day)}" + (f": {s.note}" if s.note else ""))
        for s in row.steps
    ]  # fmt: skip
    page = {"row": row, "form": form, "steps": steps, "day": request.actor.on}
    return render(request, "consent/request.html", page, status=422 if form.errors else 200)


@allow(*rules.KEEPERS)
def deadlines(request: Request) -> HttpResponse:
    return render(
        request, "consent/deadlines.html", {"deadlines": list(Deadline.objects.all()), "day": request.actor.on}
    )


@allow(Role.HEAD, Role.IT_ADMIN)
def deadline_edit(request: Request, pk: int) -> HttpResponse:
    found = access.deadline_for(pk)
    form = DeadlineForm(request.POST or None, initial=DeadlineForm.of(found))
    if request.method == "POST" and form.is_valid():
        try:
            verbs.set_deadline(by=request.actor, deadline=found, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("deadlines")
    page = {"form": form, "deadline": found}
    return render(request, "consent/deadline_form.html", page, status=422 if form.errors else 200)
