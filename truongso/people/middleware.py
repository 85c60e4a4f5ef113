"""From a session to an Actor, and the closed doors in front of every route."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from truongso.people import rules
from truongso.people.actions.sessions import touch
from truongso.people.actor import Actor, actor_for
from truongso.people.models import Account, LoginSession
from truongso.people.policy import policy_of
from truongso.people.sessions import SessionStore

GetResponse = Callable[[HttpRequest], HttpResponseBase]
LANGUAGE_COOKIE = "lang"
SUPPORT_KEY = "support"
LOCKED_KEY = "locked"
SEEN_EVERY = timedelta(minutes=1)


class LanguageMiddleware:
    """Vietnamese unless this browser's cookie, or without one the account, says English; never the browser's own list."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = "en" if (request.COOKIES.get(LANGUAGE_COOKIE) or _own_language(request)) == "en" else "vi"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _own_language(request: HttpRequest) -> str:
    """What the signed-in account has chosen, for a browser that does not know yet."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    session: SessionStore = request.session  # type: ignore[assignment]
    session.get(SESSION_KEY)  # reads the session, and the account with it
    return session.account.language if session.account else ""


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
    """Sets `request.actor`: the Actor of today, or None for a visitor. In a support session it is the other person,
    with the IT admin behind."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _actor(self, request: HttpRequest) -> Actor | None:
        if not request.user.is_authenticated:
            return None
        support = request.session.get(SUPPORT_KEY)
        if support:
            until = datetime.fromisoformat(support["until"])
            target = Account.objects.select_related("person").filter(pk=support["target"], is_active=True).first()
            own = actor_for(request.user)
            if (
                until > timezone.now()
                and target is not None
                and rules.may_support(own, target.person_id, actor_for(target).roles)
            ):
                return actor_for(target, acting_account_id=request.user.pk)
            del request.session[SUPPORT_KEY]
        return actor_for(request.user)


class PolicyMiddleware:
    """Asks the route's policy before the view runs; a route without one is a programming error, and closed.

    Then, for signed-in people, the three gates: the first password is changed, head and IT admin have their second
    factor, a session that lay idle is unlocked.
    """

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
        if not policy.admits(actor):
            if actor is None:
                return redirect_to_login(request.get_full_path())
            raise Http404
        if actor is not None and actor.acting_account_id is not None:
            _only_looking(request, view)
        if actor is not None and not policy.early:
            return _gates(request, actor)
        return None


def _only_looking(request: HttpRequest, view: Callable[..., Any]) -> None:
    """In somebody's place one looks, and leaves again; that person's account stays closed."""
    if getattr(view, "while_acting", False):
        return
    if request.path.startswith("/account/"):
        raise PermissionDenied(_("Trang Tài khoản là của riêng người ấy; xem thay thì không mở."))
    if request.method not in {"GET", "HEAD"}:
        raise PermissionDenied(_("Đang xem thay để hỗ trợ thì chỉ xem, không làm thay."))


def _gates(request: HttpRequest, actor: Actor) -> HttpResponse | None:
    if actor.acting_account_id is not None:
        return _idle(request, rules.IDLE_MINUTES)
    account: Account = request.user  # type: ignore[assignment]
    if account.must_change_password:
        return redirect("password_first")
    if rules.needs_second_factor(actor) and not _has_second_factor(request, account):
        return redirect("second_factor_needed")
    return _idle(request, rules.idle_minutes(actor))


def _has_second_factor(request: HttpRequest, account: Account) -> bool:
    if request.session.get("second_factor"):
        return True
    from allauth.mfa.utils import is_mfa_enabled

    found: bool = is_mfa_enabled(account)
    if found:
        request.session["second_factor"] = True
    return found


def _idle(request: HttpRequest, minutes: int) -> HttpResponse | None:
    session: SessionStore = request.session  # type: ignore[assignment]
    row: LoginSession | None = session.row
    now = timezone.now()
    if session.get(LOCKED_KEY) or (row and row.last_seen_at and now - row.last_seen_at > timedelta(minutes=minutes)):
        session[LOCKED_KEY] = True
        if request.method in {"GET", "HEAD"}:
            return redirect(f"{reverse('unlock')}?{urlencode({'next': request.get_full_path()})}")
        from truongso.people.views.locked import keep_and_ask

        return keep_and_ask(request)
    if row and (row.last_seen_at is None or now - row.last_seen_at > SEEN_EVERY):
        touch(row.session_key, now)
    return None
