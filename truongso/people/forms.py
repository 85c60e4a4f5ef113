from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.lib import vi
from truongso.people.models import Account, Gender, Unit
from truongso.people.roles import Role
from truongso.ui.forms import DateField, Form, TextField

_CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "12"}


class SignInForm(LoginForm):  # type: ignore[misc]
    """allauth's sign-in with our words; a login may be typed with capitals or accents and still be right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = gettext_lazy("Tên đăng nhập")
        login.help_text = gettext_lazy("Dòng số 1 trên phiếu, ví dụ an.nk.8a2")
        login.widget.attrs = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "maxlength": "60",
        }
        password.label = gettext_lazy("Mật khẩu")
        password.help_text = gettext_lazy("Dòng số 2. Lần đầu vào, sẽ đặt mật khẩu mới.")
        password.widget.attrs = {"autocomplete": "current-password"}

    def clean_login(self) -> str:
        return vi.fold(self.cleaned_data["login"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.user is not None:
            get_adapter().post_authenticate(self.user)
        return cleaned


def _code_words(field: forms.Field) -> None:
    field.label = gettext_lazy("Mã trên điện thoại")
    field.help_text = gettext_lazy("Sáu chữ số trong ứng dụng xác thực, hoặc một mã dự phòng")
    field.widget.attrs = dict(_CODE)


class SecondFactorForm(AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_words(self.fields["code"])


class ConfirmCodeForm(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_words(self.fields["code"])


class ActivateAppForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_words(self.fields["code"])
        self.fields["code"].help_text = gettext_lazy("Sáu chữ số mà ứng dụng đang hiện")


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = gettext_lazy("Tên khoá, để sau này nhận ra")
        self.fields["passwordless"].widget = forms.HiddenInput()


class NewPasswordForm(Form):
    """A new password, shown once: typing it twice on a phone only doubles the mistakes, and there is "Hiện"."""

    password = forms.CharField(
        label=gettext_lazy("Mật khẩu mới"),
        help_text=gettext_lazy("Ít nhất 8 kí tự, khác tên đăng nhập. Ba từ quen ghép lại là dễ nhớ."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autocapitalize": "none"}),
        strip=False,
        max_length=200,
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password


class ChangePasswordForm(NewPasswordForm):
    old = forms.CharField(
        label=gettext_lazy("Mật khẩu đang dùng"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )
    field_order = ("old", "password")

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.account.check_password(old):
            raise ValidationError(_("Mật khẩu đang dùng chưa đúng. Xin gõ lại."))
        return old


class UnlockForm(Form):
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": ""}),
        strip=False,
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.account.check_password(password):
            raise ValidationError(_("Mật khẩu chưa đúng. Xin gõ lại."))
        return password


class PersonForm(Form):
    full_name = TextField(label=gettext_lazy("Họ và tên"), max_length=120)
    birth_date = DateField(label=gettext_lazy("Ngày sinh"), required=False, help_text=gettext_lazy("ngày/tháng/năm"))
    gender = forms.ChoiceField(label=gettext_lazy("Giới tính"), choices=Gender.choices, required=False)


class CodesForm(Form):
    sector_code = TextField(
        label=gettext_lazy("Mã định danh của ngành"), required=False, help_text=gettext_lazy("10 chữ số"), max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    national_number = TextField(
        label=gettext_lazy("Số định danh cá nhân"), required=False, help_text=gettext_lazy("12 chữ số"), max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    why_none = TextField(label=gettext_lazy("Nếu chưa có số định danh, vì sao"), required=False, max_length=200)


class RoleForm(Form):
    role = forms.ChoiceField(label=gettext_lazy("Vai trò"), choices=Role.choices)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Lớp hoặc tổ"), queryset=Unit.objects.none(), required=False,
        help_text=gettext_lazy("Chọn khi là tổ trưởng, chủ nhiệm hoặc học sinh"), empty_label=gettext_lazy("(không)"),
    )  # fmt: skip
    first = DateField(label=gettext_lazy("Từ ngày"))
    last = DateField(
        label=gettext_lazy("Đến hết ngày"), required=False, help_text=gettext_lazy("Để trống nếu chưa biết")
    )
    reason = TextField(
        label=gettext_lazy("Căn cứ"), required=False, max_length=200, help_text=gettext_lazy("Số quyết định, nếu có")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.order_by("kind", "-school_year", "name")  # type: ignore[attr-defined]


class EndRoleForm(Form):
    last = DateField(label=gettext_lazy("Hết ngày"))


class DelegateForm(Form):
    to = forms.CharField(
        label=gettext_lazy("Uỷ quyền cho"),
        help_text=gettext_lazy("Tên đăng nhập của người nhận, ví dụ hoa.pt"),
        max_length=40,
    )
    first = DateField(label=gettext_lazy("Từ ngày"))
    last = DateField(label=gettext_lazy("Đến hết ngày"))
    reason = TextField(label=gettext_lazy("Lí do"), max_length=200)

    def clean_to(self) -> Account:
        login = vi.fold(self.cleaned_data["to"])
        account = Account.objects.select_related("person").filter(login=login, is_active=True).first()
        if account is None:
            raise ValidationError(_("Không có tên đăng nhập “%(login)s”. Xin xem lại.") % {"login": login})
        return account


class SupportForm(Form):
    reason = TextField(
        label=gettext_lazy("Lí do xem thay"),
        max_length=200,
        help_text=gettext_lazy("Người ấy sẽ đọc được lời này ngay bây giờ"),
    )


class EmailForm(Form):
    email = forms.EmailField(
        label=gettext_lazy("Địa chỉ thư điện tử"), required=False, help_text=gettext_lazy("Để nhận thông báo qua thư; có thể để trống"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip


def add_errors(form: Form, error: ValidationError) -> None:
    """Put a verb's refusal where it was typed, or above the form."""
    if hasattr(error, "error_dict"):
        for name, items in error.message_dict.items():
            form.add_error(name if name in form.fields else None, items)
    else:
        form.add_error(None, error)
