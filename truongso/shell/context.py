"""What the frame around every page needs. Lazy: a page without the frame asks nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from truongso import realtime
from truongso.notify.queries import Bell, bell
from truongso.people import rules
from truongso.people.actor import Actor
from truongso.people.middleware import SUPPORT_KEY
from truongso.school import queries as school
from truongso.shell.nav import links

THEME_COOKIE = "theme"


@dataclass(frozen=True, slots=True)
class Support:
    name: str
    until: datetime


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor of all our pages."""
    actor: Actor | None = getattr(request, "actor", None)
    theme = request.COOKIES.get(THEME_COOKIE, "")
    profile = school.profile()
    found: dict[str, Any] = {
        "actor": actor,
        "theme": theme if theme in {"light", "dark"} else "",
        "LANGUAGE_CODE": getattr(request, "LANGUAGE_CODE", "vi"),
        "school_name": profile.short_name or profile.name,
        "school_phone": profile.phone,
        "providers": _providers(),
        "nav": [],
        "unread": 0,
        "streams": "",
        "support": None,
        "idle_minutes": 0,
    }
    if actor is not None:
        waiting = bell_of(request, actor).unread
        found |= {
            "unread": waiting,
            "nav": SimpleLazyObject(lambda: links(request, actor, waiting)),
            "streams": _token(request, actor),
            "support": _support(request, actor),
            "idle_minutes": rules.idle_minutes(actor),
        }
    return found


def bell_of(request: HttpRequest, actor: Actor) -> Bell:
    """What waits on the bell, asked once for the view and the frame around it."""
    found: Bell | None = getattr(request, "bell", None)
    if found is None:
        found = request.bell = bell(actor.person_id)  # type: ignore[attr-defined]
    return found


@dataclass(frozen=True, slots=True)
class Provider:
    id: str
    name: str


def _providers() -> list[Provider]:
    names = {"google": "Google", "microsoft": "Microsoft 365"}
    return [Provider(key, names[key]) for key in settings.SOCIALACCOUNT_PROVIDERS]


def _token(request: HttpRequest, actor: Actor) -> str:
    key = request.session.session_key
    more: list[str] = getattr(request, "streams", [])
    return realtime.token([f"person:{actor.person_id}", *more], key) if key else ""


def _support(request: HttpRequest, actor: Actor) -> Support | None:
    if actor.acting_account_id is None:
        return None
    return Support(actor.name, datetime.fromisoformat(request.session[SUPPORT_KEY]["until"]))
