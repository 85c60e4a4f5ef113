"""How django-allauth behaves here: nobody registers, the school's words, our lock-out, sealed secrets."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from truongso.people import sealed, throttle
from truongso.people.actions import accounts
from truongso.people.actions.sessions import describe
from truongso.people.actor import actor_for
from truongso.people.models import Account
from truongso.people.rules import needs_second_factor


class SchoolAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy("Tên đăng nhập hoặc mật khẩu chưa đúng. Xin nhìn lại phiếu."),
        "too_many_login_attempts": gettext_lazy("Nhiều lần đăng nhập sai quá. Xin đợi ít phút rồi thử lại."),
        "incorrect_password": gettext_lazy("Mật khẩu chưa đúng. Xin gõ lại."),
        "rate_limited": gettext_lazy("Thử nhiều lần quá. Xin đợi ít phút."),
        "incorrect_code": gettext_lazy("Mã chưa đúng. Xin xem lại đồng hồ điện thoại và gõ mã mới."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, message: str | None = None, **kwargs: Any
    ) -> None:
        """allauth's own cheerful notices are left out; what it must say comes as `message`."""
        if message and level >= messages.WARNING:
            messages.add_message(request, level, message)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just signed in need not prove it again at once."""
        records = get_authentication_records(context.request, context.request.user)
        just_now = bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not just_now

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """The resting account comes first; then the throttle by address."""
        account = self._account(credentials)
        if account is not None and account.locked_until and account.locked_until > timezone.now():
            raise ValidationError(resting(account))
        if throttle.is_guessing(self.get_client_ip(request)):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        throttle.note_failure(self.get_client_ip(request))
        account = self._account(credentials)
        if account is not None and accounts.note_failure(account):
            account.refresh_from_db()
            raise ValidationError(resting(account))

    def post_authenticate(self, account: Account) -> None:
        """Called by our sign-in form once the password was right."""
        if accounts.first_password_expired(account):
            raise ValidationError(_("Mật khẩu lần đầu trên phiếu đã hết hạn. Xin nhà trường cấp phiếu mới."))
        accounts.note_success(account)

    def _account(self, credentials: dict[str, Any]) -> Account | None:
        return Account.objects.filter(login=str(credentials.get("username", "")).strip().lower()).first()

    def login(self, request: HttpRequest, user: Account) -> None:
        super().login(request, user)
        describe(
            request.session,  # type: ignore[arg-type]
            address=self.get_client_ip(request) or "",
            agent=request.headers.get("User-Agent", ""),
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """The front writes the client's address; without it, the socket's."""
        return client_address(request)


def client_address(request: HttpRequest) -> str:
    """The address that the front saw (it replaces whatever the client claims)."""
    said: str = request.headers.get("X-Client-Address", "") or request.META.get("REMOTE_ADDR", "")
    return said or "127.0.0.1"


def resting(account: Account) -> str:
    left = max(1, int((account.locked_until - timezone.now()).total_seconds() // 60) + 1) if account.locked_until else 1
    return ngettext(
        "Sai mật khẩu nhiều lần nên tài khoản tạm nghỉ. Xin thử lại sau %(num)s phút, hoặc xin phiếu mới.",
        "Sai mật khẩu nhiều lần nên tài khoản tạm nghỉ. Xin thử lại sau %(num)s phút, hoặc xin phiếu mới.",
        left,
    ) % {"num": left}


class SchoolMfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("Mã chưa đúng. Xin xem lại đồng hồ điện thoại và gõ mã mới."),
        "cannot_delete_authenticator": gettext_lazy(
            "Vai trò này cần đăng nhập hai lớp; xin thêm cách khác trước khi bỏ."
        ),
        "rate_limited": gettext_lazy("Thử nhiều lần quá. Xin đợi ít phút."),
    }

    def encrypt(self, text: str) -> str:
        return sealed.seal(text, use="second_factor").hex()

    def decrypt(self, encrypted_text: str) -> str:
        return sealed.unseal(bytes.fromhex(encrypted_text), use="second_factor")

    def get_totp_issuer(self) -> str:
        return "Trường Số"

    def get_totp_label(self, user: Account) -> str:
        return user.login

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        found: dict[str, str] = super().get_public_key_credential_rp_entity()
        return found | {"name": "Trường Số"}

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        taken = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Khoá số %(n)d") % {"n": taken + 1}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Head and IT admin keep at least one second factor."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        if others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
            return True
        account = Account.objects.select_related("person").get(pk=authenticator.user_id)
        return not needs_second_factor(actor_for(account))


class SchoolSocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Microsoft 365 and Google open an account that the school has issued and its owner has linked; never a new one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        messages.error(
            request,
            _("Tài khoản bên ngoài này chưa nối với ai ở trường. Xin đăng nhập bằng phiếu, rồi nối ở trang Tài khoản."),
        )
        raise ImmediateHttpResponse(redirect("account_login"))
