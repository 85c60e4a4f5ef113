from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from truongso.people.models import Person
from truongso.school.models import Subject, SubjectPart
from truongso.ui.forms import DateField, Form, TextField


def _people(field: Any, teachers: list[Person]) -> None:
    """The choices as they were read once for a page full of such fields."""
    field.choices = [("", _("Xin chọn")), *((p.pk, p.full_name) for p in teachers)]


class TeachingForm(Form):
    """Give a subject of a class to a teacher, or (`part` gone) hand it to another one."""

    person = forms.ModelChoiceField(label=_("Người dạy"), queryset=Person.objects.all())
    part = forms.ModelChoiceField(
        label=_("Phần"), queryset=SubjectPart.objects.none(), required=False, empty_label=_("cả môn")
    )
    first = DateField(label=_("Từ ngày"))
    reason = TextField(label=_("Căn cứ"), required=False, max_length=200)

    def __init__(
        self, *args: Any, subject: Subject, teachers: list[Person], whole: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _people(self.fields["person"], teachers)
        parts = SubjectPart.objects.filter(subject=subject)
        if whole or not parts:
            del self.fields["part"]
        else:
            self.fields["part"].queryset = parts  # type: ignore[attr-defined]


class HomeroomForm(Form):
    person = forms.ModelChoiceField(label=_("Giáo viên chủ nhiệm"), queryset=Person.objects.all())
    first = DateField(label=_("Từ ngày"))

    def __init__(self, *args: Any, teachers: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _people(self.fields["person"], teachers)
