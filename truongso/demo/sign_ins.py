"""Who can come in as what: told to a visitor, since this school is made up."""

from __future__ import annotations

import base64
import time as clock
from dataclasses import dataclass
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import check_password
from django.utils import timezone

from truongso.demo import cast
from truongso.people.models import Account, Guardianship, RoleAssignment
from truongso.people.roles import Role

A_ROLE = 12  # sign-ins listed of a role, the hand-written first


@dataclass(frozen=True, slots=True)
class SignIn:
    role: str
    login: str
    password: str
    name: str
    totp_secret: str
    totp_now: str


def secret_of(login: str) -> str:
    """The same second factor every time, so that a visitor can be told how to come in: only of this made-up school."""
    return base64.b32encode(sha256(b"demo" + login.encode()).digest()[:20]).decode()


def code_now(secret: str) -> str:
    counter = int(clock.time()) // 30
    return str(format_hotp_value(hotp_value(secret, counter)))


def sign_ins() -> list[SignIn]:
    """The hand-written people, then some more of each role; whoever has changed the password is left out."""
    today = timezone.localdate()
    named: dict[str, list[str]] = {}
    for line in cast.STAFF:
        named.setdefault(line.roles[0].value, []).append(line.name)
    named[Role.PUPIL.value] = [name for _, names in cast.CLASSES for name in names]
    named[Role.GUARDIAN.value] = [name for name, _, _ in cast.FAMILIES]
    usable = Account.objects.filter(is_active=True).select_related("person").order_by("pk")
    wanted = {name for names in named.values() for name in names}
    by_name: dict[str, Account] = {}
    for account in usable.filter(person__full_name__in=wanted):
        by_name.setdefault(account.person.full_name, account)
    known: dict[str, bool] = {}
    found: list[SignIn] = []
    for role in Role:
        chosen = [by_name[name] for name in named.get(role.value, []) if name in by_name]
        if role is Role.GUARDIAN:
            others = usable.filter(person__in=Guardianship.objects.on(today).values("guardian"))
        else:
            others = usable.filter(person__in=RoleAssignment.objects.on(today).filter(role=role.value).values("person"))
        chosen += others.exclude(pk__in=[a.pk for a in chosen])[: max(0, A_ROLE - len(chosen))]
        found += [_told(role, account) for account in chosen if _is_ours(account.password, known)]
    return found


def _is_ours(stored: str, known: dict[str, bool]) -> bool:
    """One check a hash: nearly all share the one of the load."""
    if stored not in known:
        known[stored] = check_password(cast.PASSWORD, stored)
    return known[stored]


def _told(role: Role, account: Account) -> SignIn:
    factor = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists()
    secret = secret_of(account.login) if factor else ""
    now = code_now(secret) if secret else ""
    return SignIn(role.value, account.login, cast.PASSWORD, account.person.full_name, secret, now)
