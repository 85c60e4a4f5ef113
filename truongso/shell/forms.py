from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from truongso.audit import verbs
from truongso.ui.forms import DateField, Form, TextField


class AuditForm(Form):
    who = TextField(label=_("Người làm hoặc người liên quan"), required=False, max_length=60)
    verb = forms.ChoiceField(label=_("Việc"), required=False)
    since = DateField(label=_("Từ ngày"), required=False)
    until = DateField(label=_("Đến ngày"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("mọi việc")), *verbs.choices()]  # type: ignore[attr-defined]
