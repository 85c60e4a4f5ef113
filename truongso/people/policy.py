"""Every route says who may come in; a route that says nothing is closed.

A policy is the first door only: what a person may do with one object is decided by that noun's access functions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from truongso.people.actor import Actor
from truongso.people.roles import Role

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Policy:
    """`open` lets anybody in; otherwise a signed-in actor, with one of `roles` when there are any.

    `early` routes work before the gates (first password, second factor, idle lock) are passed: those gates' own pages.
    """

    open: bool = False
    roles: frozenset[Role] = field(default_factory=frozenset)
    early: bool = False

    def admits(self, actor: Actor | None) -> bool:
        if self.open:
            return True
        if actor is None:
            return False
        return not self.roles or actor.has(*self.roles)


PUBLIC = Policy(open=True, early=True)
ANYBODY = Policy(open=True)
SIGNED_IN = Policy()
EARLY = Policy(early=True)


def _declare(policy: Policy) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.policy = policy  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Anybody, also without signing in."""
    return _declare(PUBLIC)(view)


def anybody(view: View) -> View:
    """Anybody, also without signing in; who is signed in passes the gates (first password, second factor, lock) first."""
    return _declare(ANYBODY)(view)


def signed_in(view: View) -> View:
    """Any signed-in person."""
    return _declare(SIGNED_IN)(view)


def early(view: View) -> View:
    """Any signed-in person, also before the gates are passed."""
    return _declare(EARLY)(view)


def allow(*roles: Role) -> Callable[[View], View]:
    """Signed-in people who hold one of these roles today; to everybody else the route looks missing (404)."""
    return _declare(Policy(roles=frozenset(roles)))


def while_acting(view: View) -> View:
    """Also open during a support session: leaving it."""
    view.while_acting = True  # type: ignore[attr-defined]
    return view


def policy_of(view: Callable[..., Any]) -> Policy | None:
    return getattr(view, "policy", None)
