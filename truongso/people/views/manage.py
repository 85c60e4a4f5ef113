"""People and their accounts, for those who keep them. The lists and the page of a person are roster's."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from truongso.people import access, queries
from truongso.people.actions import accounts, persons, roles
from truongso.people.forms import CodesForm, PersonForm, RoleForm, add_errors
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import Role


@allow(Role.HEAD, Role.IT_ADMIN)
def add(request: Request) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = persons.add_person(by=request.actor, **form.cleaned_data)
        messages.success(request, _("Đã thêm %(name)s.") % {"name": made.full_name})
        return redirect("person", made.pk)
    return render(
        request, "people/person_form.html", {"form": form, "person": None}, status=422 if form.errors else 200
    )


@allow(Role.HEAD, Role.IT_ADMIN)
def edit(request: Request, pk: int) -> HttpResponse:
    found = access.person_for(request.actor, pk, need="manage")
    initial = {"full_name": found.full_name, "birth_date": found.birth_date, "gender": found.gender}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        persons.rename_person(by=request.actor, person=found, **form.cleaned_data)
        messages.success(request, _("Đã lưu."))
        return redirect("person", pk)
    return render(
        request, "people/person_form.html", {"form": form, "person": found}, status=422 if form.errors else 200
    )


@allow(Role.HEAD, Role.IT_ADMIN)
@never_cache
def codes(request: Request, pk: int) -> HttpResponse:
    """The codes, shown on demand; showing them is logged."""
    found = access.person_for(request.actor, pk, need="manage")
    form = CodesForm(request.POST or None)
    if request.method != "POST":
        sector, national = persons.read_codes(by=request.actor, person=found)
        form = CodesForm(
            initial={"sector_code": sector, "national_number": national, "why_none": found.no_national_number_reason}
        )
    elif form.is_valid():
        try:
            persons.set_codes(by=request.actor, person=found, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Đã lưu mã."))
            return redirect("person", pk)
    return render(request, "people/codes.html", {"form": form, "person": found}, status=422 if form.errors else 200)


@allow(Role.HEAD, Role.IT_ADMIN)
def assign(request: Request, pk: int) -> HttpResponse:
    found = access.person_for(request.actor, pk, need="manage")
    form = RoleForm(request.POST or None, initial={"first": request.actor.on})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            roles.assign_role(
                by=request.actor, person=found, role=Role(data["role"]), unit=data["unit"], first=data["first"],
                last=data["last"], reason=data["reason"],
            )  # fmt: skip
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Đã giao vai trò."))
            return redirect("person", pk)
    return render(request, "people/role_form.html", {"form": form, "person": found}, status=422 if form.errors else 200)


@allow(Role.HEAD, Role.IT_ADMIN)
@require_POST
def issue(request: Request, pk: int) -> HttpResponse:
    """Give a person an account; the slip is printed from the same page."""
    found = access.person_for(request.actor, pk, need="manage")
    made = accounts.issue_account(
        by=request.actor, person=found, class_name=queries.class_name_of(pk, request.actor.on)
    )
    messages.success(request, _("Đã cấp tài khoản %(login)s. In phiếu để phát.") % {"login": made.login})
    return redirect("person", pk)


@allow(Role.HEAD, Role.IT_ADMIN)
@require_POST
def change_state(request: Request, pk: int) -> HttpResponse:
    """Close, open or unlock an account, or take a lost second factor away: `do` says which."""
    account = access.account_for(request.actor, pk, need="manage")
    what = request.POST.get("do")
    if what in {"close", "open"}:
        accounts.set_active(by=request.actor, account=account, active=what == "open")
    elif what == "unlock":
        accounts.unlock(by=request.actor, account=account)
    elif what == "factor" and account.pk != request.actor.account_id:
        accounts.remove_second_factor(by=request.actor, account=account)
    messages.success(request, _("Đã lưu."))
    return redirect("person", pk)
