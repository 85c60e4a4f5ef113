from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from truongso.lib.dates import school_year
from truongso.lib.sheets.sniff import MOST_BYTES
from truongso.school.models import SchoolYear


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp danh sách"),
        help_text=_(
            "Excel (.xlsx, .xls) hoặc .csv xuất từ CSDL ngành, SMAS, vnEdu, hay danh sách của trường. Cứ để nguyên như tệp đã xuất."
        ),
        error_messages={"required": _("Xin chọn một tệp."), "empty": _("Tệp trống. Xin chọn tệp khác.")},
    )
    year = forms.ChoiceField(label=_("Năm học"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = school_year(timezone.localdate())
        following = f"{int(here[:4]) + 1}-{int(here[5:]) + 1}"
        names = sorted({here, following, *SchoolYear.objects.values_list("name", flat=True)}, reverse=True)
        self.fields["year"].choices = [("", _("Theo tệp"))] + [(n, n) for n in names]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        found = self.cleaned_data["file"]
        if found.size > MOST_BYTES:
            raise forms.ValidationError(_("Tệp này lớn quá 30 MB. Xin chỉ giữ các trang cần nhập."))
        return found
