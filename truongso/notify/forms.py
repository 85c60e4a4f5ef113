from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.notify.audience import Audience
from truongso.people import queries
from truongso.people.actor import Actor
from truongso.people.models import Unit
from truongso.people.roles import STAFF, Role
from truongso.ui.forms import DateField, Form, TextField

EVERYBODY = [
    ("staff", gettext_lazy("Cán bộ, giáo viên")),
    ("pupils", gettext_lazy("Học sinh cả trường")),
    ("guardians", gettext_lazy("Gia đình cả trường")),
]
LAST_MINUTE = time(23, 59)


class NoticeForm(Form):
    title = TextField(label=gettext_lazy("Tên thông báo"), max_length=160)
    body = forms.CharField(
        label=gettext_lazy("Nội dung"), widget=forms.Textarea(attrs={"rows": 6}), required=False, max_length=5000
    )
    to = forms.MultipleChoiceField(label=gettext_lazy("Gửi tới"), widget=forms.CheckboxSelectMultiple)
    must_read = forms.BooleanField(
        label=gettext_lazy("Cần đọc và xác nhận"), required=False,
        help_text=gettext_lazy("Đứng đầu trang Hôm nay cho tới khi người nhận bấm Tôi đã đọc"),
    )  # fmt: skip
    deadline = DateField(label=gettext_lazy("Xác nhận trước hết ngày"), required=False)

    def __init__(self, *args: Any, actor: Actor, to_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = actor.units(Role.HOMEROOM)
        classes: list[Unit] = list(queries.classes(actor.on) if to_all else queries.units_of(own))
        choices = [(f"p{c.pk}", _("Học sinh lớp %(name)s") % {"name": c.name}) for c in classes]
        choices += [(f"g{c.pk}", _("Gia đình lớp %(name)s") % {"name": c.name}) for c in classes]
        self.fields["to"].choices = ([*EVERYBODY] if to_all else []) + choices  # type: ignore[attr-defined]

    def clean_deadline(self) -> datetime | None:
        day = self.cleaned_data["deadline"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise ValidationError(_("Ngày này đã qua. Xin chọn từ hôm nay trở đi."))
        return timezone.make_aware(datetime.combine(day, LAST_MINUTE))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("deadline") and not cleaned.get("must_read"):
            self.add_error(
                "deadline", _("Hạn xác nhận chỉ dùng cho tin cần xác nhận. Xin đánh dấu ô trên, hoặc bỏ hạn.")
            )
        return cleaned

    def audience(self) -> Audience:
        chosen = set(self.cleaned_data["to"])
        roles: set[Role] = set()
        if "staff" in chosen:
            roles |= STAFF
        if "pupils" in chosen:
            roles.add(Role.PUPIL)
        if "guardians" in chosen:
            roles.add(Role.GUARDIAN)
        return Audience(
            roles=frozenset(roles),
            pupils_of=frozenset(int(c[1:]) for c in chosen if c[0] == "p" and c[1:].isdigit()),
            guardians_of=frozenset(int(c[1:]) for c in chosen if c[0] == "g" and c[1:].isdigit()),
        )


class WithdrawForm(Form):
    why = TextField(label=gettext_lazy("Vì sao thu hồi"), max_length=200)
