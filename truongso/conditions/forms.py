from __future__ import annotations

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.conditions.models import Condition, Connection, Device, Display, Helper, Internet, Room, RoomKind, YesNo
from truongso.conditions.models.equipment import EquipmentKind
from truongso.conditions.models.survey import Sharing
from truongso.school.models import Campus
from truongso.ui.forms import DateField, Form, TextField

_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}


class CountField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=kwargs.pop("min_value", 0), max_value=9999, widget=forms.TextInput(attrs=_NUMBER), **kwargs
        )
        self.error_messages["invalid"] = gettext_lazy("Xin ghi một con số, ví dụ 45.")

    def clean(self, value: Any) -> int:
        found: int | None = super().clean(value)
        return found or 0


class SpeedField(forms.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(min_value=0, max_value=100000, decimal_places=1, required=False, widget=widget, **kwargs)
        self.error_messages["invalid"] = gettext_lazy("Xin ghi một con số, ví dụ 85,5.")

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class ClockField(forms.CharField):
    """14:00, 14h, 14h30."""

    widget = forms.TextInput(attrs={"type": "time"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        found = re.fullmatch(r"(\d{1,2})\s*[:hg]\s*(\d{2})?(:\d{2})?", text)
        if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValidationError(_("Giờ chưa đúng. Xin viết như 14:00."))
        return time(int(found[1]), int(found[2] or 0))


class RoomForm(Form):
    name = TextField(label=gettext_lazy("Tên phòng"), max_length=60, help_text=gettext_lazy("ví dụ A203"))
    campus = forms.ModelChoiceField(
        label=gettext_lazy("Điểm trường"), queryset=Campus.objects.none(), required=False, empty_label=gettext_lazy("(chung)")
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Loại phòng"), choices=RoomKind.choices)
    seats = CountField(label=gettext_lazy("Số chỗ ngồi"), required=False)
    display = forms.ChoiceField(label=gettext_lazy("Thiết bị trình chiếu"), choices=Display.choices)
    internet = forms.ChoiceField(label=gettext_lazy("Mạng trong phòng"), choices=Internet.choices)
    mbps_down = SpeedField(label=gettext_lazy("Tốc độ tải về đo được (Mbps)"))
    mbps_up = SpeedField(label=gettext_lazy("Tốc độ tải lên đo được (Mbps)"))
    measured_on = DateField(label=gettext_lazy("Ngày đo"), required=False)
    computers = CountField(label=gettext_lazy("Số máy tính cho học sinh"), required=False)
    condition = forms.ChoiceField(label=gettext_lazy("Tình trạng"), choices=Condition.choices)
    bookable = forms.BooleanField(label=gettext_lazy("Giáo viên đặt trước được"), required=False)
    notes = TextField(label=gettext_lazy("Ghi chú"), required=False, max_length=300)
    active = forms.BooleanField(label=gettext_lazy("Đang sử dụng"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campus = self.fields["campus"]
        assert isinstance(campus, forms.ModelChoiceField)
        campus.queryset = Campus.objects.all()


class EquipmentForm(Form):
    name = TextField(label=gettext_lazy("Tên thiết bị"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=EquipmentKind.choices)
    room = forms.ModelChoiceField(
        label=gettext_lazy("Để ở phòng"), queryset=Room.objects.none(), required=False,
        empty_label=gettext_lazy("(mang đi các phòng)"),
    )  # fmt: skip
    quantity = CountField(label=gettext_lazy("Số lượng"), min_value=1)
    condition = forms.ChoiceField(label=gettext_lazy("Tình trạng"), choices=Condition.choices)
    acquired = DateField(label=gettext_lazy("Ngày nhận"), required=False)
    remarks = TextField(label=gettext_lazy("Ghi chú"), required=False, max_length=200)
    active = forms.BooleanField(label=gettext_lazy("Còn trong sổ"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        room = self.fields["room"]
        assert isinstance(room, forms.ModelChoiceField)
        room.queryset = Room.objects.in_use()


class FaultForm(Form):
    text = TextField(
        label=gettext_lazy("Hỏng gì"), max_length=300, help_text=gettext_lazy("ví dụ: ti vi không lên hình")
    )


class BookingForm(Form):
    day = DateField(label=gettext_lazy("Ngày"))
    start = ClockField(label=gettext_lazy("Từ"))
    end = ClockField(label=gettext_lazy("Đến"))
    purpose = TextField(
        label=gettext_lazy("Để làm gì"), max_length=120, help_text=gettext_lazy("ví dụ: quay bài Hình thoi, lớp 8")
    )


class RoundForm(Form):
    title = TextField(label=gettext_lazy("Tên đợt"), max_length=120)
    first = DateField(label=gettext_lazy("Từ ngày"))
    last = DateField(label=gettext_lazy("Đến hết ngày"))


class SurveyForm(Form):
    """Six questions, one tap each; any may still be open, and what does not apply is left out by the verb."""

    device = forms.ChoiceField(label=gettext_lazy("Em học trực tuyến bằng máy nào?"), choices=Device.choices)
    sharing = forms.ChoiceField(label=gettext_lazy("Máy ấy dùng chung với mấy người?"), choices=Sharing.choices)
    connection = forms.ChoiceField(label=gettext_lazy("Ở nhà có mạng gì?"), choices=Connection.choices)
    quiet = forms.ChoiceField(label=gettext_lazy("Có chỗ yên tĩnh để học không?"), choices=YesNo.choices)
    camera = forms.ChoiceField(label=gettext_lazy("Micro và camera của máy có dùng được không?"), choices=YesNo.choices)
    helper = forms.ChoiceField(label=gettext_lazy("Khi máy trục trặc, ai giúp em?"), choices=Helper.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            field.widget = forms.RadioSelect(choices=field.choices)  # type: ignore[attr-defined]
