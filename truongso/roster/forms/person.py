from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from truongso.people.forms import PersonForm
from truongso.people.models import Unit, UnitKind
from truongso.roster.models import MovementKind
from truongso.ui.forms import DateField, Form, TextField

_TEL = {"inputmode": "tel", "autocomplete": "off"}
_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}


class ContactForm(Form):
    phone = TextField(label=_("Điện thoại"), required=False, max_length=20, widget=forms.TextInput(attrs=_TEL))
    other_phone = TextField(label=_("Số khác"), required=False, max_length=20, widget=forms.TextInput(attrs=_TEL))
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    address = TextField(label=_("Chỗ ở hiện nay"), required=False, max_length=200)
    occupation = TextField(label=_("Nghề nghiệp"), required=False, max_length=80)
    birth_year = forms.IntegerField(
        label=_("Năm sinh"), required=False, min_value=1900, max_value=2100,
        help_text=_("Khi không biết rõ ngày"), widget=forms.TextInput(attrs=_NUMBER),
    )  # fmt: skip


class PupilRecordForm(Form):
    local_code = TextField(
        label=_("Mã học sinh"), required=False, max_length=30, help_text=_("Mã của SMAS hoặc vnEdu, nếu có")
    )
    birth_place = TextField(label=_("Nơi sinh"), required=False, max_length=200)
    home_town = TextField(label=_("Quê quán"), required=False, max_length=200)
    residence = TextField(label=_("Hộ khẩu thường trú"), required=False, max_length=200)


class StaffForm(Form):
    local_code = TextField(label=_("Mã cán bộ"), required=False, max_length=30)
    contract = TextField(label=_("Loại hợp đồng"), required=False, max_length=80)
    qualification = TextField(label=_("Trình độ"), required=False, max_length=80)
    standard = TextField(label=_("Mức chuẩn nghề nghiệp"), required=False, max_length=40)
    teaches = TextField(label=_("Môn dạy"), required=False, max_length=120)


class PositionForm(Form):
    title = TextField(label=_("Vị trí việc làm"), max_length=80, help_text=_("Ví dụ: giáo viên, kế toán, thư viện"))
    first = DateField(label=_("Từ ngày"))
    last = DateField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa biết"))


class MembershipForm(Form):
    group = forms.ModelChoiceField(label=_("Tổ chuyên môn"), queryset=Unit.objects.none(), empty_label=_("Xin chọn"))
    first = DateField(label=_("Từ ngày"))
    last = DateField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa biết"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = Unit.objects.filter(kind=UnitKind.GROUP).order_by("name")  # type: ignore[attr-defined]


class EndForm(Form):
    last = DateField(label=_("Hết ngày"), help_text=_("Ngày cuối cùng còn hiệu lực"))


class SensitiveForm(Form):
    health = TextField(
        label=_("Sức khoẻ"), required=False, max_length=400, help_text=_("Bệnh cần lưu ý, dị ứng, thuốc")
    )
    disability = TextField(label=_("Khuyết tật"), required=False, max_length=200)
    ethnicity = TextField(label=_("Dân tộc"), required=False, max_length=60)
    poverty = TextField(
        label=_("Hoàn cảnh"), required=False, max_length=120, help_text=_("Hộ nghèo, cận nghèo, mồ côi")
    )


class CustodyForm(Form):
    text = forms.CharField(
        label=_("Ghi chú mới"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ví dụ: theo quyết định của toà, chỉ mẹ được đón em"),
    )  # fmt: skip


class StandingForm(Form):
    relation = TextField(label=_("Là gì của em"), max_length=40, help_text=_("mẹ, bố, ông, bà, dì, người giám hộ"))
    legal = forms.BooleanField(
        label=_("Đại diện theo pháp luật"), required=False, help_text=_("Được đồng ý thay cho em về dữ liệu cá nhân")
    )
    informed = forms.BooleanField(
        label=_("Nhận thông tin"), required=False, help_text=_("Xem việc học, kết quả và nhận thông báo về em")
    )
    first_contact = forms.BooleanField(label=_("Gọi đầu tiên khi có việc"), required=False)
    first = DateField(label=_("Từ ngày"))


class GuardianForm(StandingForm):
    full_name = TextField(label=_("Họ và tên"), max_length=120)
    phone = TextField(
        label=_("Điện thoại"), required=False, max_length=20, widget=forms.TextInput(attrs=_TEL),
        help_text=_("Cùng tên và cùng số với người đã có thì là một người: một phụ huynh, nhiều con"),
    )  # fmt: skip
    field_order = ("full_name", "phone", "relation", "legal", "informed", "first_contact", "first")


_INWARD = [(k.value, k.label) for k in (MovementKind.ENROLLED, MovementKind.TRANSFER_IN)]


class PupilForm(PersonForm):
    """A new pupil for a class."""

    kind = forms.ChoiceField(label=_("Em vào trường thế nào"), choices=_INWARD)
    first = DateField(label=_("Ngày đầu ở lớp"))
    other_school = TextField(label=_("Trường cũ"), required=False, max_length=120, help_text=_("Khi chuyển đến"))
    document = TextField(
        label=_("Giấy tờ"), required=False, max_length=80, help_text=_("Số giấy giới thiệu chuyển trường")
    )
