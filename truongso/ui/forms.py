"""The base of our forms: text in one normal form, dates as people write them, no colon after labels."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso.lib import dates, vi


class Form(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class TextField(forms.CharField):
    """One line of text, NFC, single spaces."""

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        return vi.nfc(text)


class DateInput(forms.TextInput):
    def __init__(self) -> None:
        super().__init__(attrs={"inputmode": "numeric", "autocomplete": "off", "data-date": "", "maxlength": "10"})

    def format_value(self, value: Any) -> str | None:
        return dates.show(value) if isinstance(value, date) else value


class DateField(forms.Field):
    """dd/mm/yyyy; "24 11" is enough. Says which part is wrong."""

    widget = DateInput

    def to_python(self, value: Any) -> date | None:
        if not value:
            return None
        if isinstance(value, date):
            return value
        try:
            return dates.parse(value, today=timezone.localdate())
        except dates.NotADate as wrong:
            if wrong.why == "calendar" and 1 <= wrong.month <= 12:
                raise ValidationError(
                    _("Tháng %(month)d không có ngày %(day)d. Xin xem lại.") % {"month": wrong.month, "day": wrong.day}
                ) from None
            raise ValidationError(_("Ngày chưa đúng. Xin viết như 24/11/2026.")) from None
