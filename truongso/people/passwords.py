"""What a password must be here: long enough, and not the login. Children type it on phones: no character classes."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from truongso.people.models import Account

MIN_LENGTH = 8


class SchoolPasswordValidator:
    def validate(self, password: str, user: Account | None = None) -> None:
        if len(password) < MIN_LENGTH:
            raise ValidationError(_("Mật khẩu cần ít nhất %(n)d kí tự.") % {"n": MIN_LENGTH}, code="short")
        if user is not None and user.login and user.login in password.lower():
            raise ValidationError(_("Mật khẩu không được chứa tên đăng nhập."), code="login")

    def get_help_text(self) -> str:
        return _("Ít nhất %(n)d kí tự, khác tên đăng nhập.") % {"n": MIN_LENGTH}
