from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from truongso.school.forms.rows import RowForm
from truongso.school.models import HolidayKind
from truongso.ui.forms import DateField, TextField


class NewYearForm(RowForm):
    name = TextField(label=_("Năm học"), max_length=9, help_text=_("ví dụ 2026-2027"))


class YearForm(RowForm):
    first = DateField(label=_("Từ ngày"))
    last = DateField(label=_("Đến hết ngày"))
    basis = TextField(
        label=_("Căn cứ"), max_length=200, required=False, help_text=_("Quyết định khung năm học của tỉnh, thành phố")
    )


class TermForm(RowForm):
    first = DateField(label=_("Ngày học đầu tiên"))
    last = DateField(label=_("Ngày học cuối cùng"))
    weeks = forms.IntegerField(
        label=_("Số tuần thực học"), min_value=1, max_value=40, help_text=_("Học kì I 18 tuần, học kì II 17 tuần")
    )


class HolidayForm(RowForm):
    name = TextField(label=_("Nghỉ gì"), max_length=80)
    kind = forms.ChoiceField(label=_("Loại"), choices=HolidayKind.choices)
    first = DateField(label=_("Từ ngày"))
    last = DateField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chỉ nghỉ một ngày"))

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["last"] = self.cleaned_data.get("last") or self.cleaned_data.get("first")
        return self.cleaned_data


class MakeUpDayForm(RowForm):
    day = DateField(label=_("Ngày dạy bù"))
    instead_of = DateField(label=_("Bù cho ngày"), help_text=_("Dạy theo thời khoá biểu của ngày này"))


class WeekForm(RowForm):
    first_day = DateField(label=_("Bắt đầu từ thứ Hai"))
