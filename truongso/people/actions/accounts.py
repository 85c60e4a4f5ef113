from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit
from truongso.people import rules
from truongso.people.actions.sessions import end_sessions_of
from truongso.people.actor import Actor
from truongso.people.logins import first_password, free_login
from truongso.people.models import Account, Person, SignInSlip


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed. The password and the link exist here, and on paper, and nowhere else."""

    person_id: int
    person_name: str
    class_name: str
    login: str
    first_password: str
    path: str  # of the first-sign-in page: the address of the school is put before it
    expires: datetime
    about: str = ""  # stands beside the name instead of the class


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """A first password and a link, made beforehand: hashing takes 45 ms, which no long transaction should wait for."""

    clear: str
    hashed: str
    token: str


def prepare_first_password() -> FirstPassword:
    clear = first_password()
    return FirstPassword(clear, make_password(clear), secrets.token_urlsafe(18))


@transaction.atomic
def issue_account(*, by: audit.Who | None, person: Person, class_name: str = "") -> Account:
    """Give a person a way in: a short login; the password comes with the slip. Does nothing when there is one."""
    existing = Account.objects.filter(person=person).first()
    if existing is not None:
        return existing
    stem = free_login(person.full_name, class_name, ())
    taken = set(Account.objects.select_for_update().filter(login__startswith=stem).values_list("login", flat=True))
    login = free_login(person.full_name, class_name, taken)
    account = Account.objects.create(
        person=person, login=login, password=make_password(None), must_change_password=True
    )
    audit.record(by, "people.issue_account", obj=account, for_person=person.pk)
    return account


@transaction.atomic
def issue_slip(
    *, by: Actor | None, account: Account, class_name: str = "", days: int = rules.SLIP_DAYS,
    prepared: FirstPassword | None = None,
) -> Slip:  # fmt: skip
    """A new first password and a one-time link; older slips are void and open sessions end.

    The caller has asked `access.account_for(..., need="renew")`.
    """
    new = prepared or prepare_first_password()
    account = Account.objects.select_for_update(no_key=True).select_related("person").get(pk=account.pk)
    expires = timezone.now() + timedelta(days=days)
    account.password = new.hashed
    account.must_change_password = True
    account.failed_attempts, account.locked_until = 0, None
    account.save(update_fields=["password", "must_change_password", "failed_attempts", "locked_until"])
    SignInSlip.objects.filter(account=account, used_at=None, expires_at__gt=timezone.now()).update(
        expires_at=timezone.now()
    )
    slip = SignInSlip.objects.create(
        account=account,
        token_hash=_token_hash(new.token),
        expires_at=expires,
        issued_by_id=by.person_id if by else None,
    )
    end_sessions_of(account)
    audit.record(by, "people.issue_slip", obj=slip, for_person=account.person_id)
    return Slip(
        account.person_id, account.person.full_name, class_name, account.login, new.clear, f"/s/{new.token}", expires
    )


def _token_hash(token: str) -> bytes:
    return sha256(token.encode()).digest()


def slip_of(token: str) -> SignInSlip | None:
    """The slip behind a link, whatever its state; None when there was never one."""
    return SignInSlip.objects.select_related("account__person").filter(token_hash=_token_hash(token)).first()


@transaction.atomic
def use_slip(*, token: str, password: str) -> Account:
    """First sign-in: set the own password and spend the slip. Raises ValidationError when it was used or has expired."""
    slip = (
        SignInSlip.objects.select_for_update(of=("self",), no_key=True)
        .select_related("account__person")
        .get(token_hash=_token_hash(token))
    )
    check_slip(slip)
    account = slip.account
    _set_password(account, password)
    slip.used_at = timezone.now()
    slip.save(update_fields=["used_at"])
    audit.record(None, "people.use_slip", obj=slip, for_person=account.person_id)
    return account


def check_slip(slip: SignInSlip) -> None:
    if slip.used_at is not None:
        raise ValidationError(_("Phiếu này đã dùng rồi. Em hãy đăng nhập bằng mật khẩu đã đặt, hoặc xin phiếu mới."))
    if slip.expires_at <= timezone.now():
        raise ValidationError(_("Phiếu này đã hết hạn. Xin nhà trường cấp phiếu mới."))
    if not slip.account.is_active:
        raise ValidationError(_("Tài khoản này đã ngừng dùng. Xin hỏi nhà trường."))


def first_password_expired(account: Account) -> bool:
    """Is the account still on the first password of a slip that has run out?"""
    if not account.must_change_password:
        return False
    last = SignInSlip.objects.filter(account=account).order_by("-id").first()
    return last is not None and (last.expires_at <= timezone.now() or last.used_at is not None)


def _set_password(account: Account, password: str) -> None:
    account.set_password(password)
    account.must_change_password = False
    account.failed_attempts, account.locked_until = 0, None
    account.first_signed_in_at = account.first_signed_in_at or timezone.now()
    account.save(
        update_fields=["password", "must_change_password", "failed_attempts", "locked_until", "first_signed_in_at"]
    )


@transaction.atomic
def change_password(*, by: Actor, account: Account, password: str, keep_session: str = "") -> None:
    """One's own new password; every other session of the account ends."""
    if account.pk != by.account_id or by.acting_account_id is not None:
        raise PermissionDenied(_("Mật khẩu do chính người ấy đặt."))
    account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    _set_password(account, password)
    SignInSlip.objects.filter(account=account, used_at=None).update(used_at=timezone.now())
    end_sessions_of(account, but=keep_session)
    audit.record(by, "people.change_password", obj=account, for_person=account.person_id)


@transaction.atomic
def set_active(*, by: Actor, account: Account, active: bool) -> None:
    """Close an account (its sessions end at once) or open it again."""
    account.is_active = active
    account.save(update_fields=["is_active"])
    if not active:
        end_sessions_of(account)
    audit.record(
        by, "people.open_account" if active else "people.close_account", obj=account, for_person=account.person_id
    )


@transaction.atomic
def unlock(*, by: Actor, account: Account) -> None:
    account.failed_attempts, account.locked_until = 0, None
    account.save(update_fields=["failed_attempts", "locked_until"])
    audit.record(by, "people.unlock", obj=account, for_person=account.person_id)


def note_failure(account: Account) -> datetime | None:
    """One more wrong password; returns until when the account now rests, if it does."""
    Account.objects.filter(pk=account.pk).update(failed_attempts=F("failed_attempts") + 1)
    account.refresh_from_db(fields=["failed_attempts"])
    wait = rules.wait_after(account.failed_attempts)
    if not wait:
        return None
    until = timezone.now() + wait
    Account.objects.filter(pk=account.pk).update(locked_until=until)
    audit.record(None, "people.lock", obj=account, for_person=account.person_id)
    return until


def note_success(account: Account) -> None:
    if account.failed_attempts or account.first_signed_in_at is None:
        Account.objects.filter(pk=account.pk).update(
            failed_attempts=0, locked_until=None, first_signed_in_at=account.first_signed_in_at or timezone.now()
        )


@transaction.atomic
def set_language(*, account: Account, language: str) -> None:
    account.language = language
    account.save(update_fields=["language"])


@transaction.atomic
def set_email(*, by: Actor, account: Account, email: str) -> None:
    account.email = email
    account.save(update_fields=["email"])
    audit.record(by, "people.set_email", obj=account, for_person=account.person_id)


@transaction.atomic
def remove_second_factor(*, by: Actor, account: Account) -> None:
    """For a lost phone: the next sign-in sets a new one up. Done by somebody else, never by oneself."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.filter(user_id=account.pk).delete()
    end_sessions_of(account)
    audit.record(by, "people.remove_second_factor", obj=account, for_person=account.person_id)
