from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from truongso.timetable.models import TimetableVersion
from truongso.ui.forms import DateField, Form, TextField


class NewVersionForm(Form):
    name = TextField(label=gettext_lazy("Tên"), max_length=80)
    first = DateField(label=gettext_lazy("Áp dụng từ ngày"), help_text=gettext_lazy("Thường là một thứ Hai"))
    copy_from = forms.ModelChoiceField(
        label=gettext_lazy("Bắt đầu từ"), queryset=TimetableVersion.objects.none(), required=False,
        empty_label=gettext_lazy("bảng trống"),
    )  # fmt: skip
    note = TextField(
        label=gettext_lazy("Lí do, ghi chú"), max_length=200, required=False,
        help_text=gettext_lazy("Ví dụ: đổi giáo viên Toán khối 8"),
    )  # fmt: skip

    def __init__(self, *args: Any, sources: list[TimetableVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = TimetableVersion.objects.filter(pk__in=[v.pk for v in sources]).select_related("year")
        self.fields["copy_from"].queryset = found  # type: ignore[attr-defined]


class VersionForm(Form):
    name = TextField(label=gettext_lazy("Tên"), max_length=80)
    first = DateField(label=gettext_lazy("Áp dụng từ ngày"))
    note = TextField(label=gettext_lazy("Lí do, ghi chú"), max_length=200, required=False)

    def __init__(self, *args: Any, draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not draft:
            del self.fields["first"]


class PublishForm(Form):
    first = DateField(label=gettext_lazy("Áp dụng từ ngày"))
