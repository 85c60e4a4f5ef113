from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.people.roles import Role
from truongso.people.rules import may_assign
from truongso.school.forms.rows import RowForm, StaffField, words
from truongso.school.models import Subject, SubjectKind
from truongso.ui.forms import TextField

_ALIASES = gettext_lazy("Tên khác trong tệp và thời khoá biểu, cách nhau bằng dấu phẩy")


class PartForm(RowForm):
    name = TextField(label=gettext_lazy("Tên"), max_length=60)
    short_name = TextField(label=gettext_lazy("Tên ngắn"), max_length=20)
    aliases = TextField(label=gettext_lazy("Còn gọi là"), required=False, max_length=600, help_text=_ALIASES)

    def clean_aliases(self) -> list[str]:
        return words(self.cleaned_data["aliases"])


class SubjectForm(PartForm):
    name = TextField(label=gettext_lazy("Tên môn hoặc hoạt động"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Cách đánh giá"), choices=SubjectKind.choices)
    optional = forms.BooleanField(label=gettext_lazy("Môn tự chọn"), required=False)
    active = forms.BooleanField(label=gettext_lazy("Đang dạy ở trường"), required=False, initial=True)
    field_order = ("name", "short_name", "kind", "active", "optional", "aliases")


class GroupForm(RowForm):
    name = TextField(label=gettext_lazy("Tên tổ"), max_length=60, help_text=gettext_lazy("ví dụ Toán – Tin"))
    head = StaffField(label=gettext_lazy("Tổ trưởng"))
    subjects = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Phụ trách môn"), queryset=Subject.objects.filter(active=True), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def prepare(self) -> None:
        if self.by is None or not may_assign(self.by, Role.GROUP_HEAD):
            del self.fields["head"]
        else:
            self.fields["head"].of(self.by)  # type: ignore[attr-defined]


class PeriodsGrid:
    """The table of periods: one field a subject and grade, one save. `wrong` holds what could not be read."""

    def __init__(self, subjects: list[Subject], grades: tuple[int, ...], present: dict[tuple[int, int], int]) -> None:
        self.subjects, self.grades = subjects, grades
        self.typed = {key: str(value) for key, value in present.items()}
        self.values: dict[tuple[int, int], int] = {}
        self.wrong: dict[tuple[int, int], str] = {}

    def read(self, data: Any) -> bool:
        for subject in self.subjects:
            for grade in self.grades:
                key = (subject.pk, grade)
                self.typed[key] = text = data.get(f"p-{subject.pk}-{grade}", "").strip()
                try:
                    self.values[key] = self._number(text)
                except ValidationError as error:
                    self.wrong[key] = error.messages[0]
        return not self.wrong

    @staticmethod
    def _number(text: str) -> int:
        if not text:
            return 0
        if not (text.isascii() and text.isdigit()) or int(text) > 400:
            raise ValidationError(_("“%(text)s” chưa phải là số tiết. Xin ghi số từ 0 đến 400.") % {"text": text[:12]})
        return int(text)
