from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.people.roles import Role
from truongso.people.rules import may_assign
from truongso.school.forms.rows import RowForm, StaffField
from truongso.school.models import Campus, Shift
from truongso.school.rules.classes import MOST_CLASSES, UnreadableNames, expand, grade_of
from truongso.ui.forms import TextField


class _Place(RowForm):
    shift = forms.ChoiceField(label=gettext_lazy("Buổi học"), choices=Shift.choices)
    campus = forms.ModelChoiceField(
        label=gettext_lazy("Điểm trường"), queryset=Campus.objects.all(), required=False, empty_label=gettext_lazy("(không ghi)")
    )  # fmt: skip


class ClassForm(_Place):
    name = TextField(label=gettext_lazy("Tên lớp"), max_length=20)
    grade = forms.IntegerField(
        label=gettext_lazy("Khối"), min_value=1, max_value=12, required=False, help_text=gettext_lazy("Để trống thì lấy theo tên lớp")
    )  # fmt: skip
    homeroom = StaffField(label=gettext_lazy("Giáo viên chủ nhiệm"))
    local_code = TextField(
        label=gettext_lazy("Mã lớp"), max_length=30, required=False, help_text=gettext_lazy("Mã của cơ sở dữ liệu ngành hoặc phần mềm cũ, nếu có"),
    )  # fmt: skip
    field_order = ("name", "grade", "shift", "campus", "homeroom", "local_code")

    def prepare(self) -> None:
        if self.by is None or not may_assign(self.by, Role.HOMEROOM):
            del self.fields["homeroom"]
        else:
            self.fields["homeroom"].of(self.by)  # type: ignore[attr-defined]


class QuickClassesForm(_Place):
    names = TextField(
        label=gettext_lazy("Các lớp"), max_length=600, help_text=gettext_lazy("Viết liền một dòng: 6A1-6A5, 7A1..7A4, 8A, 8B")
    )  # fmt: skip
    field_order = ("names", "shift", "campus")

    def clean_names(self) -> list[str]:
        try:
            found = expand(self.cleaned_data["names"])
        except UnreadableNames as wrong:
            raise ValidationError(_why(wrong)) from None
        for name in found:
            if grade_of(name) is None:
                raise ValidationError(_("Tên “%(name)s” chưa nói khối nào. Xin viết như 6A1.") % {"name": name[:20]})
            if len(name) > 20:
                raise ValidationError(_("Tên lớp “%(name)s…” dài quá.") % {"name": name[:20]})
        return found


def _why(wrong: UnreadableNames) -> str:
    piece = {"piece": wrong.piece[:30], "n": MOST_CLASSES}
    if wrong.why == "order":
        return _("Trong “%(piece)s” lớp cuối đứng trước lớp đầu.") % piece
    if wrong.why == "many":
        return _("Nhiều hơn %(n)d lớp một lần. Xin xem lại “%(piece)s”.") % piece
    return _("Chưa đọc được “%(piece)s”. Xin viết như 6A1-6A5.") % piece
