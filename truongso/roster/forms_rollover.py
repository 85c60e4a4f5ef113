from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.people.models import Person
from truongso.roster import rollover_queries as queries
from truongso.roster.models import PlanClass
from truongso.school.models import Campus, SchoolYear, Shift
from truongso.school.queries import campuses
from truongso.school.rules.classes import UnreadableNames, expand
from truongso.ui.forms import Form, TextField


class StartForm(Form):
    new_classes = TextField(
        label=gettext_lazy("Lớp đầu cấp của năm học mới"), max_length=400,
        help_text=gettext_lazy("Viết tên các lớp, hoặc viết gọn: 6A1-6A4"),
    )  # fmt: skip
    keep_homeroom = forms.BooleanField(
        label=gettext_lazy("Giáo viên chủ nhiệm theo lớp lên"), required=False, initial=True
    )
    with_teachers = forms.BooleanField(
        label=gettext_lazy("Giáo viên bộ môn theo lớp lên"), required=False,
        help_text=gettext_lazy("Phân công năm nay thành đề xuất cho năm sau, sửa được từng lớp."),
    )  # fmt: skip
    keep_staff = forms.BooleanField(
        label=gettext_lazy("Cán bộ, tổ chuyên môn giữ nguyên"), required=False, initial=True,
        help_text=gettext_lazy("Vai trò, vị trí và tổ hết hạn theo năm học thì kéo dài sang năm mới."),
    )  # fmt: skip

    def __init__(self, *args: Any, year: SchoolYear, **kwargs: Any) -> None:
        grades = list(year.classes.order_by("grade", "unit__name").values_list("grade", "unit__name"))
        first = [name for grade, name in grades if grade == grades[0][0]]
        kwargs["initial"] = {"new_classes": ", ".join(first)}
        super().__init__(*args, **kwargs)

    def clean_new_classes(self) -> list[str]:
        try:
            return expand(self.cleaned_data["new_classes"])
        except UnreadableNames as wrong:
            raise ValidationError(
                _("Chưa đọc được “%(piece)s”. Xin viết như 6A1, 6A2 hoặc 6A1-6A4.") % {"piece": wrong.piece}
            ) from None


class ClassForm(Form):
    name = TextField(label=gettext_lazy("Tên lớp"), max_length=60)
    homeroom = forms.ModelChoiceField(
        label=gettext_lazy("Giáo viên chủ nhiệm"), queryset=Person.objects.none(), required=False,
        empty_label=gettext_lazy("chưa chọn"),
    )  # fmt: skip
    with_teachers = forms.BooleanField(label=gettext_lazy("Giáo viên bộ môn theo lớp lên"), required=False)
    campus = forms.ModelChoiceField(
        label=gettext_lazy("Điểm trường"), queryset=Campus.objects.none(), required=False,
        empty_label=gettext_lazy("chưa chọn"),
    )  # fmt: skip
    shift = forms.ChoiceField(label=gettext_lazy("Buổi học"), choices=Shift.choices, initial=Shift.MORNING)

    def __init__(self, *args: Any, found: PlanClass, day: Any, **kwargs: Any) -> None:
        names = ("name", "homeroom", "with_teachers", "campus", "shift")
        kwargs["initial"] = {name: getattr(found, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["homeroom"].queryset = queries.teachers(day)  # type: ignore[attr-defined]
        self.fields["campus"].queryset = campuses()  # type: ignore[attr-defined]
        if not campuses().exists():
            del self.fields["campus"]
        if found.from_unit_id is None:
            del self.fields["with_teachers"]


class AddClassForm(Form):
    name = TextField(label=gettext_lazy("Thêm lớp"), max_length=60, help_text=gettext_lazy("ví dụ 6A5"))
