"""Every route declares its policy, and the whole cast walks every route against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import Cast, client_of
from truongso.people.actor import actor_for
from truongso.people.policy import Policy, policy_of

# What a route with arguments is walked with: nobody owns such an object, so "may come in" means 404, never 500.
ARGUMENTS: dict[str, str] = {
    "int": "999999",
    "str": "khong-co",
    "slug": "khong-co",
    "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
}


def routes() -> Iterator[tuple[str, Callable[..., Any]]]:
    def walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, Callable[..., Any]]]:
        for entry in patterns:
            here = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, here)
            elif isinstance(entry, URLPattern):
                yield here, entry.callback

    yield from walk(get_resolver().url_patterns, "")


ROUTES = list(routes())


def concrete(route: str) -> str:
    import re

    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda m: ARGUMENTS.get(m[1] or "str", "khong-co"), route).lstrip(
        "^"
    ).rstrip("$")


def test_there_are_routes() -> None:
    assert len(ROUTES) > 10


def test_no_two_routes_share_a_name() -> None:
    """Django lets the later one win, silently: every link of the other page would lead astray."""
    seen: dict[str, str] = {}
    twice = []
    for pattern in own_patterns(get_resolver().url_patterns):
        if pattern.name and seen.setdefault(pattern.name, str(pattern.pattern)) != str(pattern.pattern):
            twice.append(f"{pattern.name}: {seen[pattern.name]} and {pattern.pattern}")
    assert not twice


def own_patterns(patterns: list[Any]) -> Iterator[URLPattern]:
    for entry in patterns:
        if isinstance(entry, URLPattern):
            yield entry
        elif not entry.namespace:
            yield from own_patterns(entry.url_patterns)


@pytest.mark.parametrize(("route", "view"), ROUTES, ids=[r for r, _ in ROUTES])
def test_declares_a_policy(route: str, view: Callable[..., Any]) -> None:
    assert isinstance(policy_of(view), Policy), f"/{route} declares no policy"


@pytest.mark.django_db
def test_the_cast_walks_every_route(cast: Cast) -> None:
    """Whom the policy turns away gets the sign-in page (a visitor) or a 404 (a person); nobody ever gets a 500."""
    visitor = Client(raise_request_exception=False)
    people = {name: (client_of(account), actor_for(account)) for name, account in cast.accounts.items()}
    for client, _actor in people.values():
        client.raise_request_exception = False
    wrong = []
    for route, view in ROUTES:
        policy = policy_of(view)
        assert policy is not None
        address = concrete(route)
        if address in SIGNS_OUT or address.startswith(NOT_HERE):
            continue
        answer = visitor.get(address)
        if not policy.open and not (answer.status_code == 302 and "/sign-in/" in answer.headers["Location"]):
            wrong.append(f"visitor {address}: {answer.status_code}")
        for name, (client, actor) in people.items():
            answer = client.get(address)
            refused = answer.status_code == 404
            if answer.status_code >= 500 and address not in ANSWERS_FOR_OTHERS:
                wrong.append(f"{name} {address}: {answer.status_code}")
            if not policy.admits(actor) and not refused:
                wrong.append(f"{name} {address}: {answer.status_code}, although the policy refuses")
            if policy.admits(actor) and refused and "<" not in route and not address.startswith(OWN_THINGS):
                wrong.append(f"{name} {address}: 404, although the policy admits")
    assert not wrong, "\n".join(wrong)


SIGNS_OUT = {"/sign-out/"}
# 503 while no gateway and worker run beside it; 404 while one (or the school: an authority) has no such thing.
ANSWERS_FOR_OTHERS = {"/healthz"}
OWN_THINGS = ("/account/second-factor/app/remove/", "/account/second-factor/codes/", "/certificate/")
# Addresses that a library asks for by name, or that exist only when set up: 404 for everybody.
NOT_HERE = ("/sign-in/closed/", "/sign-in/google/", "/sign-in/microsoft/")
