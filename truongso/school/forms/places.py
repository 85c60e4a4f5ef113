from __future__ import annotations

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.school.forms.rows import RowForm
from truongso.school.models import Campus, Shift
from truongso.school.rules.bells import MOST, Bell
from truongso.ui.forms import TextField


class CampusForm(RowForm):
    name = TextField(label=gettext_lazy("Tên điểm trường"), max_length=80, help_text=gettext_lazy("ví dụ Cơ sở chính"))
    address = TextField(label=gettext_lazy("Địa chỉ"), max_length=200, required=False)
    is_main = forms.BooleanField(label=gettext_lazy("Là điểm trường chính"), required=False)


class BellField(TextField):
    """ "7:00 – 7:45", "7h-7h45", "07.00 07.45" """

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2})[:h.g]?(\d{2})?\D+(\d{1,2})[:h.g]?(\d{2})?\D*", text)
        try:
            if not found:
                raise ValueError
            hours = [int(found[1]), int(found[2] or 0), int(found[3]), int(found[4] or 0)]
            return time(hours[0], hours[1]), time(hours[2], hours[3])
        except ValueError:
            raise ValidationError(_("Giờ viết như 7:00 – 7:45.")) from None


class BellsForm(RowForm):
    shift = forms.ChoiceField(label=gettext_lazy("Buổi"), choices=Shift.choices)
    campus = forms.ModelChoiceField(
        label=gettext_lazy("Nơi"), queryset=Campus.objects.all(), required=False, empty_label=gettext_lazy("mọi điểm trường")
    )  # fmt: skip

    def prepare(self) -> None:
        for number in range(1, MOST + 1):
            self.fields[f"period_{number}"] = BellField(
                label=_("Tiết %(n)d") % {"n": number}, required=False, max_length=20,
                help_text=_("Giờ vào và giờ ra, ví dụ 7:00 – 7:45") if number == 1 else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found: list[Bell | None] = [self.cleaned_data.get(f"period_{n}") for n in range(1, MOST + 1)]
        filled = [n for n, bell in enumerate(found) if bell]
        if filled and None in found[: filled[-1]] and not self.errors:
            self.add_error(f"period_{found.index(None) + 1}", _("Thiếu giờ của tiết này."))
        self.cleaned_data["bells"] = [bell for bell in found if bell]
        return self.cleaned_data
