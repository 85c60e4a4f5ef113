from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.people.models import Person
from truongso.school.models import Shift
from truongso.timetable.models import AbsencePolicy
from truongso.ui.forms import DateField, Form, TextField

OTHER = "other"
REASONS = (
    ("sick", gettext_lazy("Bị ốm")),
    ("doctor", gettext_lazy("Đi khám bệnh")),
    ("family", gettext_lazy("Việc gia đình")),
    ("away", gettext_lazy("Đi xa cùng gia đình")),
    (OTHER, gettext_lazy("Lí do khác")),
)


class NoteForm(Form):
    """For whom, which days, why: taps, and words only where they are needed."""

    child = forms.TypedChoiceField(label=gettext_lazy("Em nào nghỉ?"), coerce=int)
    first = DateField(label=gettext_lazy("Nghỉ từ ngày"))
    last = DateField(
        label=gettext_lazy("Đến hết ngày"), required=False, help_text=gettext_lazy("Nghỉ một ngày thì để trống.")
    )
    shift = forms.ChoiceField(
        label=gettext_lazy("Buổi nào?"), choices=[("", gettext_lazy("Cả ngày")), (Shift.MORNING, gettext_lazy("Buổi sáng")), (Shift.AFTERNOON, gettext_lazy("Buổi chiều"))], required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    why = forms.ChoiceField(label=gettext_lazy("Lí do"), choices=REASONS, widget=forms.RadioSelect)
    more = TextField(label=gettext_lazy("Nói thêm (không bắt buộc)"), required=False, max_length=200)

    def __init__(self, *args: Any, children: list[Person], many: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        child = self.fields["child"]
        assert isinstance(child, forms.TypedChoiceField)
        child.choices = [(c.pk, c.full_name) for c in children]
        if not many:
            child.widget = forms.RadioSelect(choices=child.choices)
        if len(children) == 1:
            self.initial["child"] = children[0].pk

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first") and not data.get("last") and "last" not in self.errors:
            data["last"] = data["first"]
        if data.get("why") == OTHER and not data.get("more"):
            self.add_error("more", ValidationError(_("Xin ghi lí do, vài chữ là đủ.")))
        return data

    @property
    def reason(self) -> str:
        """As it is kept: the tap and the words."""
        data = self.cleaned_data
        word = "" if data["why"] == OTHER else str(dict(REASONS)[data["why"]])
        return ": ".join(part for part in (word, data["more"]) if part)


class PolicyForm(Form):
    """The dated rule; the fields are those of the table."""

    first = DateField(label=gettext_lazy("Áp dụng từ ngày"))
    limit = forms.IntegerField(label=gettext_lazy("Nghỉ nhiều nhất (buổi một năm)"), min_value=1, max_value=200)
    warn_first = forms.IntegerField(label=gettext_lazy("Nhắc lần đầu từ (buổi)"), min_value=1, max_value=200)
    warn_second = forms.IntegerField(label=gettext_lazy("Nhắc lần hai từ (buổi)"), min_value=1, max_value=200)
    online_replace = forms.BooleanField(
        label=gettext_lazy("Tính tiết trực tuyến thay thế dạy ở trường"), required=False
    )
    online_support = forms.BooleanField(label=gettext_lazy("Tính tiết trực tuyến hỗ trợ"), required=False)
    self_study = forms.BooleanField(label=gettext_lazy("Tính tiết tự học ở nhà"), required=False)
    lock_days = forms.IntegerField(
        label=gettext_lazy("Giáo viên bộ môn sửa điểm danh được trong (ngày)"), min_value=0, max_value=60
    )
    article = TextField(label=gettext_lazy("Theo văn bản"), max_length=160)

    @classmethod
    def of(cls, policy: AbsencePolicy) -> dict[str, Any]:
        return {name: getattr(policy, name) for name in cls.base_fields if name != "first"} | {
            "first": policy.during.lower
        }
