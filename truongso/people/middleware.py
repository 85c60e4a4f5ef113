"""From a session to an Actor, and the closed door in front of every route."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from truongso.people.actor import Actor, actor_for
from truongso.people.models import Account
from truongso.people.policy import policy_of
from truongso.people.sessions import SessionStore

GetResponse = Callable[[HttpRequest], HttpResponseBase]
LANGUAGE_COOKIE = "lang"


class LanguageMiddleware:
    """Vietnamese unless the account, or this browser's cookie, says English; never the browser's own list."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = "en" if request.COOKIES.get(LANGUAGE_COOKIE) == "en" else "vi"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def account_of(request: HttpRequest) -> Account | AnonymousUser:
    """Django's `auth.get_user`, without its query: the account was read together with the session."""
    session: SessionStore = request.session  # type: ignore[assignment]
    proof = session.get(HASH_SESSION_KEY)
    account = session.account
    if SESSION_KEY not in session or account is None or not account.is_active:
        return AnonymousUser()
    if not proof or not constant_time_compare(proof, account.get_session_auth_hash()):
        session.flush()
        return AnonymousUser()
    return account


class AccountMiddleware:
    """`request.user`, lazily."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.user = SimpleLazyObject(lambda: account_of(request))  # type: ignore[assignment]
        return self.get_response(request)


class ActorMiddleware:
    """Sets `request.actor`: the Actor of today, or None for a visitor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        actor: Actor | None = None
        if user.is_authenticated:
            actor = actor_for(user)
        request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)


class PolicyMiddleware:
    """Asks the route's policy before the view runs; a route without one is a programming error, and closed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        policy = policy_of(view)
        if policy is None:
            raise ImproperlyConfigured(f"{request.path}: the view declares no policy")
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if policy.admits(actor):
            return None
        if actor is None:
            return redirect_to_login(request.get_full_path())
        raise Http404
