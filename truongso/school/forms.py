from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from truongso.ui.forms import Form, TextField


class ProfileForm(Form):
    name = TextField(
        label=_("Tên trường"), max_length=120, help_text=_("Viết đủ như trên con dấu, ví dụ Trường THCS Bình Minh")
    )
    short_name = TextField(
        label=_("Tên gọi tắt"), max_length=60, required=False, help_text=_("Hiện ở góc trang, ví dụ THCS Bình Minh")
    )
    place = TextField(
        label=_("Địa danh"),
        max_length=60,
        required=False,
        help_text=_("Đứng trước ngày tháng của văn bản: tên xã, phường"),
    )
    code = TextField(
        label=_("Chữ viết tắt trong số văn bản"), max_length=20, required=False, help_text=_("ví dụ THCSBM")
    )
    phone = TextField(
        label=_("Điện thoại"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
