"""The first time: from the slip's QR, or with the first password."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from truongso.people.actions import accounts
from truongso.people.actor import actor_for
from truongso.people.forms import NewPasswordForm
from truongso.people.http import Request
from truongso.people.policy import early, public
from truongso.people.rules import needs_second_factor


@public
@never_cache
def slip(request: HttpRequest, token: str) -> HttpResponse:
    """From the QR: who it is for, a new password, in."""
    found = accounts.slip_of(token)
    if found is None:
        return _refused(request, _("Đường dẫn này không đúng. Xin quét lại mã trên phiếu."), 404)
    try:
        accounts.check_slip(found)
    except ValidationError as error:
        return _refused(request, error.messages[0], 410)
    form = NewPasswordForm(request.POST or None, account=found.account)
    if request.method != "POST" or not form.is_valid():
        page = {"form": form, "person": found.account.person, "login": found.account.login}
        return render(request, "people/first.html", page, status=422 if form.is_bound else 200)
    try:
        account = accounts.use_slip(token=token, password=form.cleaned_data["password"])
    except ValidationError as error:
        return _refused(request, error.messages[0], 410)
    answer: HttpResponse = perform_login(request, Login(user=account, redirect_url="/"))
    return answer


def _refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return render(request, "people/slip_refused.html", {"sentence": sentence}, status=status)


@early
def password_first(request: Request) -> HttpResponse:
    """After the first password was typed: choose one's own before anything else."""
    if not request.user.must_change_password:
        return redirect("today")
    form = NewPasswordForm(request.POST or None, account=request.user)
    if request.method != "POST" or not form.is_valid():
        page = {"form": form, "person": request.user.person, "login": request.user.login}
        return render(request, "people/first.html", page, status=422 if form.is_bound else 200)
    change(request, form.cleaned_data["password"])
    return redirect("today")


def change(request: Request, password: str) -> None:
    """The new password, without losing this session."""
    from django.contrib.auth import update_session_auth_hash

    key = request.session.session_key or ""
    accounts.change_password(by=request.actor, account=request.user, password=password, keep_session=key)
    request.user.refresh_from_db()
    update_session_auth_hash(request, request.user)


@early
def second_factor_needed(request: Request) -> HttpResponse:
    """Head and IT admin: why a second factor, and the two ways to set one up."""
    if not needs_second_factor(actor_for(request.user)):
        return redirect("today")
    return render(request, "people/second_factor_needed.html")
