"""People and their accounts, for those who keep them; one's own class, for the homeroom teacher."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from truongso.people import access, queries, rules
from truongso.people.actions import accounts, persons, roles
from truongso.people.actor import grants_on
from truongso.people.forms import CodesForm, PersonForm, RoleForm, add_errors
from truongso.people.http import Request
from truongso.people.policy import allow, signed_in
from truongso.people.roles import Role

MANAGERS = (Role.HEAD, Role.DEPUTY, Role.IT_ADMIN, Role.CLERK, Role.INSPECTOR)


@allow(*MANAGERS)
def people(request: Request) -> HttpResponse:
    """Everybody; search by any part of a name."""
    search, start = request.GET.get("q", "")[:60], max(0, _number(request.GET.get("from", "")))
    found = queries.with_roles(queries.people(search), request.actor.on)[start : start + queries.PAGE + 1]
    rows = list(found)
    page = {
        "people": rows[: queries.PAGE],
        "search": search,
        "older": f"?q={search}&from={start + queries.PAGE}" if len(rows) > queries.PAGE else None,
        "newer": f"?q={search}&from={max(0, start - queries.PAGE)}" if start else None,
        "may_add": rules.may_manage_people(request.actor),
        "Role": Role,
    }
    return render(request, "people/people.html", page)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


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


@signed_in
def person(request: Request, pk: int) -> HttpResponse:
    found = access.person_for(request.actor, pk)
    account = getattr(found, "account", None)
    page = {
        "person": found,
        "account": account,
        "roles": list(queries.roles_of(found)),
        "slip": queries.last_slip(account) if account else None,
        "class_name": queries.class_name_of(pk, request.actor.on),
        "manage": rules.may_manage_people(request.actor),
        "renew": access.renew_verdict(request.actor, pk),
        "may_support": rules.may_support(
            request.actor, pk, frozenset(g.role for g in grants_on(pk, request.actor.on)[0])
        ),
        "now": timezone.now(),
        "has_children": bool(queries.children_classes(pk, request.actor.on)),
    }
    return render(request, "people/person.html", page)


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


@allow(Role.HOMEROOM, *MANAGERS)
def classes(request: Request) -> HttpResponse:
    """The classes one may open: straight to the list when there is one only."""
    own = request.actor.units(Role.HOMEROOM)
    found = list(queries.classes(request.actor.on) if request.actor.has(*MANAGERS) else queries.units_of(own))
    if len(found) == 1:
        return redirect("class", found[0].pk)
    return render(request, "people/classes.html", {"classes": found, "own": own})


@allow(Role.HOMEROOM, *MANAGERS)
def class_list(request: Request, pk: int) -> HttpResponse:
    """A class: its pupils and their families, and who has not come in yet."""
    unit = access.class_for(request.actor, pk)
    rows = queries.members(unit, request.actor.on)
    waiting = sum(1 for r in rows if r.account is None or r.account.first_signed_in_at is None)
    own = pk in request.actor.units(Role.HOMEROOM)
    may_print = own or request.actor.has(Role.IT_ADMIN)
    return render(
        request,
        "people/class.html",
        {"unit": unit, "rows": rows, "waiting": waiting, "own": own, "may_print": may_print},
    )
