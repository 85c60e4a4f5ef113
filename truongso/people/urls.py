"""Addresses of people, and those of allauth that we use, each with its policy. What is not here does not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from allauth.socialaccount import views as social_views
from allauth.socialaccount.providers.google import views as google_views
from allauth.socialaccount.providers.microsoft import views as microsoft_views
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from truongso.people.policy import early, public, signed_in, while_acting
from truongso.people.views import account, first, locked, manage

View = Callable[..., Any]


def _with(policy: Callable[[View], View], view: View) -> View:
    """A library's view under our policy; wrapped, so that its own function is not marked."""

    def ours(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = view(request, *args, **kwargs)
        return answer

    return policy(ours)


def _external(provider: str, view: View) -> View:
    """Sign-in elsewhere, when the school has set it up; otherwise the address does not exist."""

    def ours(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if provider not in settings.SOCIALACCOUNT_PROVIDERS:
            raise Http404
        answer: HttpResponse = view(request, *args, **kwargs)
        return answer

    return public(ours)


@public
def closed(request: HttpRequest) -> HttpResponse:
    """allauth asks for these addresses by name; here nobody registers and nobody resets a password by mail."""
    raise Http404


urlpatterns = [
    path("sign-in/", _with(public, account_views.login), name="account_login"),
    path("sign-out/", while_acting(_with(early, account_views.logout)), name="account_logout"),
    path("s/<str:token>", first.slip, name="slip"),
    path("sign-in/first/", first.password_first, name="password_first"),
    path("sign-in/second/", _with(public, mfa_views.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", _with(public, webauthn_views.login_webauthn), name="mfa_login_webauthn"),
    path(
        "sign-in/external/refused/", _with(public, social_views.login_cancelled), name="socialaccount_login_cancelled"
    ),
    path("sign-in/external/error/", _with(public, social_views.login_error), name="socialaccount_login_error"),
    path("sign-in/google/", _external("google", google_views.oauth2_login), name="google_login"),
    path("sign-in/google/callback/", _external("google", google_views.oauth2_callback), name="google_callback"),
    path("sign-in/microsoft/", _external("microsoft", microsoft_views.oauth2_login), name="microsoft_login"),
    path(
        "sign-in/microsoft/callback/",
        _external("microsoft", microsoft_views.oauth2_callback),
        name="microsoft_callback",
    ),
    path("sign-in/closed/register/", closed, name="account_signup"),
    path("sign-in/closed/register-external/", closed, name="socialaccount_signup"),
    path("sign-in/closed/reset/", closed, name="account_reset_password"),
    path("sign-in/closed/inactive/", closed, name="account_inactive"),
    path("sign-in/closed/email/", closed, name="account_email_verification_sent"),
    path("unlock/", locked.unlock, name="unlock"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="account_change_password"),
    path("account/email/", account.email, name="account_email_address"),
    path("account/sessions/<str:mark>/end/", account.end_session, name="session_end"),
    path("account/sessions/end/", account.end_others, name="sessions_end"),
    path("account/roles/<int:pk>/delegate/", account.delegate, name="role_delegate"),
    path("account/roles/<int:pk>/end/", account.end_role, name="role_end"),
    path("account/confirm/", _with(early, account_views.reauthenticate), name="account_reauthenticate"),
    path("account/confirm/code/", _with(early, mfa_views.reauthenticate), name="mfa_reauthenticate"),
    path(
        "account/confirm/passkey/",
        _with(early, webauthn_views.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/second-factor/needed/", first.second_factor_needed, name="second_factor_needed"),
    path("account/second-factor/", _with(early, mfa_views.index), name="mfa_index"),
    path("account/second-factor/app/", _with(early, totp_views.activate_totp), name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", _with(signed_in, totp_views.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "account/second-factor/codes/", _with(early, recovery_views.view_recovery_codes), name="mfa_view_recovery_codes"
    ),
    path(
        "account/second-factor/codes/new/",
        _with(signed_in, recovery_views.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/codes/file/",
        _with(signed_in, recovery_views.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("account/passkeys/", _with(signed_in, webauthn_views.list_webauthn), name="mfa_list_webauthn"),
    path("account/passkeys/add/", _with(early, webauthn_views.add_webauthn), name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:pk>/remove/",
        _with(signed_in, webauthn_views.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("account/passkeys/<int:pk>/edit/", _with(signed_in, webauthn_views.edit_webauthn), name="mfa_edit_webauthn"),
    path("account/links/", _with(signed_in, social_views.connections), name="socialaccount_connections"),
    path("people/add/", manage.add, name="person_add"),
    path("people/<int:pk>/edit/", manage.edit, name="person_edit"),
    path("people/<int:pk>/codes/", manage.codes, name="person_codes"),
    path("people/<int:pk>/roles/add/", manage.assign, name="role_add"),
    path("people/<int:pk>/account/", manage.issue, name="account_issue"),
    path("people/<int:pk>/account/state/", manage.change_state, name="account_state"),
]
