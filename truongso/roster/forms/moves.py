from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from truongso.lib import vi
from truongso.people.models import Unit
from truongso.roster import classes
from truongso.ui.forms import DateField, Form, TextField


class _ToClass(Form):
    unit = forms.ModelChoiceField(label=_("Vào lớp"), queryset=Unit.objects.none(), empty_label=_("Xin chọn"))
    first = DateField(label=_("Từ ngày"), help_text=_("Ngày đầu tiên ở lớp ấy"))

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = classes.visible(actor)
        units = sorted(field.queryset, key=lambda u: vi.collate(u.name))
        field.choices = [("", field.empty_label), *((u.pk, u.name) for u in units)]


class ChangeClassForm(_ToClass):
    reason = TextField(label=_("Lí do"), required=False, max_length=200)


class ReturnForm(_ToClass):
    reason = TextField(label=_("Lí do"), required=False, max_length=200)


class LeaveForm(Form):
    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    last = DateField(label=_("Ngày cuối ở lớp"))
    reason = TextField(label=_("Lí do"), required=False, max_length=200)


class TransferOutForm(LeaveForm):
    other_school = TextField(label=_("Chuyển đến trường"), max_length=120)
    document = TextField(
        label=_("Giấy tờ"), required=False, max_length=80, help_text=_("Số giấy giới thiệu chuyển trường")
    )
    field_order = ("last", "other_school", "document", "reason")
