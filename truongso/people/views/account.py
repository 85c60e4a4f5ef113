"""One's own account."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.people import access, queries
from truongso.people.actions import accounts, roles, sessions
from truongso.people.forms import ChangePasswordForm, DelegateForm, EmailForm, EndRoleForm, add_errors
from truongso.people.http import Request
from truongso.people.policy import signed_in
from truongso.people.roles import Role
from truongso.people.views.first import change


@signed_in
def account(request: Request) -> HttpResponse:
    """Password, second factor, where one is signed in, roles."""
    me, own = request.user, request.user.person
    page = {
        "sessions": queries.sessions_of(me, request.session.session_key or ""),
        "factors": list(Authenticator.objects.filter(user_id=me.pk).order_by("pk")),
        "links": list(SocialAccount.objects.filter(user_id=me.pk)),
        "roles": list(queries.roles_of(own)),
        "lent": list(queries.lent_by(own, request.actor.on)),
        "email_form": EmailForm(initial={"email": me.email}),
        "Role": Role,
    }
    return render(request, "people/account.html", page)


@signed_in
def password(request: Request) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None, account=request.user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/password.html", {"form": form}, status=422 if form.is_bound else 200)
    change(request, form.cleaned_data["password"])
    messages.success(request, _("Đã đổi mật khẩu. Các máy khác đã thoát ra."))
    return redirect("account")


@signed_in
@require_POST
def email(request: Request) -> HttpResponse:
    form = EmailForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("account")
    accounts.set_email(by=request.actor, account=request.user, email=form.cleaned_data["email"])
    messages.success(request, _("Đã lưu địa chỉ thư."))
    return redirect("account")


@signed_in
@require_POST
def end_session(request: Request, mark: str) -> HttpResponse:
    if sessions.end_session(by=request.actor, account=request.user, mark=mark):
        messages.success(request, _("Máy ấy đã thoát ra."))
    return redirect("account")


@signed_in
@require_POST
def end_others(request: Request) -> HttpResponse:
    sessions.end_other_sessions(by=request.actor, account=request.user, but=request.session.session_key or "")
    messages.success(request, _("Mọi máy khác đã thoát ra."))
    return redirect("account")


@signed_in
def delegate(request: Request, pk: int) -> HttpResponse:
    """Lend one's own role."""
    assignment = access.role_for(request.actor, pk)
    form = DelegateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            roles.delegate(
                by=request.actor, assignment=assignment, to=data["to"].person, first=data["first"], last=data["last"],
                reason=data["reason"],
            )  # fmt: skip
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Đã uỷ quyền cho %(name)s.") % {"name": data["to"].person.full_name})
            return redirect("account")
    page = {"form": form, "assignment": assignment, "role": Role(assignment.role)}
    return render(request, "people/delegate.html", page, status=422 if form.errors else 200)


@signed_in
def end_role(request: Request, pk: int) -> HttpResponse:
    """End a role, or take back what one has lent."""
    assignment = access.role_for(request.actor, pk)
    form = EndRoleForm(request.POST or None, initial={"last": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        roles.end_role(by=request.actor, assignment=assignment, last=form.cleaned_data["last"])
        messages.success(request, _("Đã ghi ngày hết vai trò."))
        back = assignment.person_id if assignment.person_id != request.actor.person_id else None
        return redirect("person", back) if back and access.sees(request.actor, back) else redirect("account")
    page = {"form": form, "assignment": assignment, "role": Role(assignment.role)}
    return render(request, "people/end_role.html", page, status=422 if form.errors else 200)
