from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.curriculum import access, rules
from truongso.curriculum.annex.draft import LONGEST, split_outcomes
from truongso.curriculum.models import LessonKind, Programme
from truongso.lib import vi
from truongso.people.actor import Actor
from truongso.school.models import SchoolYear, Subject, SubjectPart
from truongso.school.queries import subjects
from truongso.ui.forms import Form, TextField


class _OfProgramme(Form):
    """A form that offers the strands of the programme's subject, when it has any."""

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = SubjectPart.objects.filter(subject=programme.subject_id)
        if parts:
            self.fields["part"].queryset = parts  # type: ignore[attr-defined]
        else:
            del self.fields["part"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned.setdefault("part", None)
        return cleaned


def _part() -> forms.ModelChoiceField[SubjectPart]:
    return forms.ModelChoiceField(
        label=gettext_lazy("Phân môn, mạch"), queryset=SubjectPart.objects.none(), required=False, empty_label=gettext_lazy("(chung)")
    )  # fmt: skip


class TopicForm(_OfProgramme):
    title = TextField(label=gettext_lazy("Tên chương, chủ đề"), max_length=200)
    part = _part()


class OutcomesField(forms.CharField):
    """One outcome a line; bullets that came along from Word are taken off."""

    def to_python(self, value: Any) -> Any:
        lines = "\n".join(vi.nfc(line) for line in (super().to_python(value) or "").splitlines())
        return split_outcomes(lines)


class LessonForm(_OfProgramme):
    title = TextField(label=gettext_lazy("Tên bài học"), max_length=300)
    periods = forms.IntegerField(
        label=gettext_lazy("Số tiết"), min_value=1, max_value=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "2", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Xin ghi số tiết bằng một con số, ví dụ 2."),
                        "min_value": gettext_lazy("Một bài có ít nhất một tiết."),
                        "max_value": gettext_lazy("Một bài có nhiều nhất 60 tiết. Xin tách thành nhiều bài.")},
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Loại bài"), choices=LessonKind.choices, initial=LessonKind.LESSON)
    part = _part()
    week_hint = TextField(
        label=gettext_lazy("Tuần dự kiến"), max_length=40, required=False, help_text=gettext_lazy("Có thể để trống, ví dụ Tuần 3")
    )  # fmt: skip
    outcomes = OutcomesField(
        label=gettext_lazy("Yêu cầu cần đạt"), required=False, help_text=gettext_lazy("Mỗi dòng một yêu cầu"),
        widget=forms.Textarea(attrs={"rows": "4"}),
    )  # fmt: skip

    def clean_outcomes(self) -> list[str]:
        found: list[str] = self.cleaned_data["outcomes"]
        if len(found) > 40:
            raise ValidationError(_("Một bài có nhiều nhất 40 yêu cầu. Xin gộp bớt."))
        return found


class PasteForm(Form):
    text = forms.CharField(
        label=gettext_lazy("Bảng chép từ Excel hoặc Word"), required=False, strip=False,
        help_text=gettext_lazy("Bôi đen cả bảng, có dòng tiêu đề Bài học, Số tiết; chép rồi dán vào đây"),
        widget=forms.Textarea(attrs={"rows": "8", "spellcheck": "false"}),
    )  # fmt: skip
    markup = forms.CharField(
        required=False, strip=False, widget=forms.HiddenInput()
    )  # the clipboard's HTML, when there is any


class FileForm(Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp Phụ lục I của tổ"), help_text=gettext_lazy("Word (.docx) hoặc Excel (.xlsx), tối đa 20 MB"),
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx,.xls,.csv"}),
        error_messages={"required": gettext_lazy("Chưa chọn tệp. Xin chọn một tệp."), "empty": gettext_lazy("Tệp này rỗng. Xin chọn tệp khác.")},
    )  # fmt: skip


class TargetForm(Form):
    """Which programme a file is of, where it does not say so itself."""

    subject = forms.ModelChoiceField(label=gettext_lazy("Môn"), queryset=Subject.objects.none(), required=False, empty_label=gettext_lazy("(chọn môn)"))  # fmt: skip
    grade = forms.TypedChoiceField(label=gettext_lazy("Khối"), coerce=int, empty_value=None, required=False,
                                   choices=[("", gettext_lazy("(chọn khối)")), *((n, str(n)) for n in range(6, 13))])  # fmt: skip
    year = forms.ModelChoiceField(
        label=gettext_lazy("Năm học"), queryset=SchoolYear.objects.none(), required=False, empty_label=None
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        headed = access.headed(actor)
        mine = [s.pk for s in subjects() if rules.may_edit(actor, headed, s.pk)]
        self.fields["subject"].queryset = Subject.objects.filter(pk__in=mine)  # type: ignore[attr-defined]
        self.fields["year"].queryset = SchoolYear.objects.order_by("-name")  # type: ignore[attr-defined]
