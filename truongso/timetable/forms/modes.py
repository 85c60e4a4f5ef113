"""A decision on the form of teaching, and the choice for single periods of a class."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.people.models import Unit
from truongso.school.models import Shift
from truongso.timetable.models import Mode
from truongso.timetable.queries.modes import classes_on
from truongso.ui.forms import DateField, Form, TextField


def _modes(label: Any) -> forms.ChoiceField:
    field = forms.ChoiceField(label=label, choices=Mode.choices, widget=forms.RadioSelect)
    field.error_messages["required"] = gettext_lazy("Xin chọn một hình thức.")
    return field


class DecisionForm(Form):
    mode = _modes(gettext_lazy("Hình thức"))
    first = DateField(label=gettext_lazy("Từ ngày"))
    last = DateField(label=gettext_lazy("Đến hết ngày"))
    grades = forms.MultipleChoiceField(
        label=gettext_lazy("Khối"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Không chọn khối, lớp nào là cả trường"),
    )  # fmt: skip
    classes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Từng lớp"),
        required=False,
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    shift = forms.ChoiceField(
        label=gettext_lazy("Buổi"), required=False, choices=[("", gettext_lazy("cả ngày")), *Shift.choices]
    )
    reason = TextField(
        label=gettext_lazy("Lí do"), max_length=300,
        help_text=gettext_lazy("Trực tuyến thay thế chỉ khi bất khả kháng: thiên tai, dịch bệnh (Thông tư 09/2021). Mọi người đọc được lời này."),
    )  # fmt: skip
    document = TextField(
        label=gettext_lazy("Số quyết định"), required=False, max_length=80, help_text=gettext_lazy("ví dụ 47/QĐ-THCSBM")
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = classes_on(day).select_related("school_class")
        self.fields["classes"].queryset = units  # type: ignore[attr-defined]
        self.grade_of = {unit.pk: unit.school_class.grade for unit in units}
        grades = sorted(set(self.grade_of.values()))
        self.fields["grades"].choices = [(str(g), _("Khối %(g)d") % {"g": g}) for g in grades]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            raise ValidationError({"last": _("Ngày cuối đứng trước ngày đầu. Xin xem lại.")})
        return given

    @property
    def units(self) -> list[Unit]:
        """The classes that are meant, of the chosen grades too; none: the whole school."""
        grades = set(self.cleaned_data["grades"])
        chosen = {unit.pk for unit in self.cleaned_data["classes"]}
        return [
            unit
            for unit in self.fields["classes"].queryset  # type: ignore[attr-defined]
            if unit.pk in chosen or str(self.grade_of[unit.pk]) in grades
        ]


class PeriodsForm(Form):
    mode = _modes(gettext_lazy("Đổi các tiết đã chọn thành"))
    reason = TextField(label=gettext_lazy("Lí do"), max_length=200)
