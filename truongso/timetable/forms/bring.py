from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from truongso.timetable.bringing.files import MOST_BYTES
from truongso.timetable.models import TimetableFile, VersionState
from truongso.timetable.queries.bring import versions_of
from truongso.ui.forms import DateField, Form, TextField


class FileForm(Form):
    file = forms.FileField(
        label=_("Tệp thời khoá biểu"),
        help_text=_("Excel (.xlsx, .xls), .csv, hoặc tệp .fet của phần mềm FET. Cứ để nguyên như bản trường đã in."),
        error_messages={"required": _("Xin chọn một tệp."), "empty": _("Tệp trống. Xin chọn tệp khác.")},
    )
    more = forms.FileField(
        label=_("Tệp thứ hai, nếu có"),
        help_text=_("Kết quả của FET (…_activities.xml), hoặc tệp của buổi còn lại."),
        required=False,
        error_messages={"empty": _("Tệp trống. Xin chọn tệp khác.")},
    )

    def given(self) -> list[tuple[str, bytes]]:
        return [(f.name, f.read()) for f in (self.cleaned_data["file"], self.cleaned_data["more"]) if f]

    def clean_file(self) -> Any:
        return _not_too_large(self.cleaned_data["file"])

    def clean_more(self) -> Any:
        return _not_too_large(self.cleaned_data["more"])


def _not_too_large(found: Any) -> Any:
    if found and found.size > MOST_BYTES:
        raise forms.ValidationError(_("Tệp này lớn quá 30 MB. Xin chỉ giữ các trang cần nhập."))
    return found


class DraftForm(Form):
    """What the draft is called, when it begins, what it is compared with."""

    title = TextField(label=_("Tên thời khoá biểu"), max_length=80)
    first = DateField(label=_("Áp dụng từ ngày"))
    base = forms.ChoiceField(label=_("So với"), required=False)
    keep = forms.BooleanField(label=_("Giữ các buổi mà tệp không nói tới, như ở bản so sánh"), required=False)

    def __init__(self, *args: Any, file: TimetableFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {str(v.pk): v for v in versions_of(file.year)}
        names = {
            k: _("%(name)s (bản nháp)") % {"name": v.name} if v.state == VersionState.DRAFT else v.name
            for k, v in self.versions.items()
        }
        self.fields["base"].choices = [("", _("Không so với bản nào")), *names.items()]  # type: ignore[attr-defined]
