from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from truongso.school.forms.rows import RowForm
from truongso.school.models.profile import Level
from truongso.ui.forms import DateField, Form, TextField


class ProfileForm(Form):
    name = TextField(
        label=_("Tên trường"), max_length=120, help_text=_("Viết đủ như trên con dấu, ví dụ Trường THCS Bình Minh")
    )
    short_name = TextField(
        label=_("Tên gọi tắt"), max_length=60, required=False, help_text=_("Hiện ở góc trang, ví dụ THCS Bình Minh")
    )
    level = forms.ChoiceField(label=_("Cấp học"), choices=Level.choices, initial=Level.THCS, required=False)
    place = TextField(
        label=_("Xã, phường"), max_length=60, required=False, help_text=_("Đứng trước ngày tháng của văn bản")
    )
    province = TextField(label=_("Tỉnh, thành phố"), max_length=60, required=False)
    address = TextField(label=_("Địa chỉ"), max_length=200, required=False)
    sector_code = TextField(
        label=_("Mã trường của ngành"), max_length=20, required=False, help_text=_("Như trong cơ sở dữ liệu ngành, cả số 0 ở đầu"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    code = TextField(
        label=_("Chữ viết tắt trong số văn bản"), max_length=20, required=False, help_text=_("ví dụ THCSBM")
    )
    phone = TextField(
        label=_("Điện thoại"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    email = forms.EmailField(label=_("Thư điện tử của trường"), required=False)

    def clean_level(self) -> str:
        return str(self.cleaned_data["level"] or Level.THCS.value)


class ManagingBodyForm(RowForm):
    name = TextField(label=_("Cơ quan chủ quản"), max_length=120, help_text=_("ví dụ Ủy ban nhân dân xã Bình Minh"))
    first = DateField(label=_("Từ ngày"), help_text=_("Từ 01/07/2025 cấp xã thay phòng giáo dục"))
