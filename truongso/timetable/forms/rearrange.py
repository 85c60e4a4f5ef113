"""The forms of a period's changes: what is chosen, why, and which state of the period was seen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.timetable import words
from truongso.timetable.models import Mode, Period
from truongso.timetable.queries import candidates
from truongso.ui.forms import Form, TextField

_GONE = gettext_lazy("Lựa chọn này không còn nữa. Xin chọn lại.")
_PLACE = gettext_lazy("Xin chọn một giờ trống.")
NEAR = {
    0: gettext_lazy("đang dạy môn này ở lớp này"),
    1: gettext_lazy("dạy môn này"),
    2: gettext_lazy("cùng tổ chuyên môn"),
    3: gettext_lazy("đang dạy lớp này"),
    4: gettext_lazy("môn khác"),
}


class ChoiceField(forms.ChoiceField):
    """One line of several to tap; its choices are made for the period."""

    def __init__(self, label: Any, missing: Any) -> None:
        super().__init__(label=label, widget=forms.RadioSelect)
        self.error_messages = {**self.error_messages, "required": missing, "invalid_choice": _GONE}

    @property
    def nothing(self) -> bool:
        return not self.choices


class PlaceField(forms.CharField):
    """A slot as the grid's radios send it: "2026-11-24 am 3" → (day, shift, number)."""

    def __init__(self) -> None:
        super().__init__(label=gettext_lazy("Giờ mới"))
        self.error_messages["required"] = _PLACE

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            day, shift, number = text.split(" ")
            if shift not in {"am", "pm"}:
                raise ValueError(shift)
            return date.fromisoformat(day), shift, int(number)
        except ValueError:
            raise ValidationError(_PLACE) from None


class ChangeForm(Form):
    reason = TextField(
        label=gettext_lazy("Lí do"), max_length=200,
        help_text=gettext_lazy("Học sinh và gia đình cũng đọc được; chuyện riêng của thầy cô xin đừng ghi"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    field_order: tuple[str, ...] | None = None

    def __init__(self, *args: Any, period: Period | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = _("Xin ghi lí do, để sau này ai xem cũng hiểu.")
        if period is not None:
            self.initial.setdefault("version", period.version)
            self.prepare(period)

    def prepare(self, period: Period) -> None:
        """Choices that depend on the period."""

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, ChoiceField)
        field.choices = choices


class PlaceForm(ChangeForm):
    number = PlaceField()
    field_order = ("number", "reason")


class SwapForm(ChangeForm):
    other = ChoiceField(gettext_lazy("Đổi với"), gettext_lazy("Xin chọn một tiết để đổi."))
    field_order = ("other", "reason")

    def prepare(self, period: Period) -> None:
        found = candidates.to_swap(period, timezone.now())
        self.choose(
            "other",
            [
                (str(p.pk), f"{words.when(p)}: {words.lesson(p)}, {p.person.full_name if p.person else '–'}")
                for p in found
            ],
        )


class SubstituteForm(ChangeForm):
    person = ChoiceField(gettext_lazy("Người dạy thay"), gettext_lazy("Xin chọn người dạy thay."))
    field_order = ("person", "reason")

    def prepare(self, period: Period) -> None:
        self.choose("person", [(str(s.person.pk), _who(s)) for s in candidates.substitutes(period)])


def _who(one: candidates.Substitute) -> str:
    said = {"name": one.person.full_name, "near": NEAR[one.near], "n": one.load}
    return _("%(name)s: %(near)s, hôm ấy %(n)d tiết") % said


class RoomForm(ChangeForm):
    room = ChoiceField(gettext_lazy("Phòng đang trống"), gettext_lazy("Xin chọn một phòng."))
    field_order = ("room", "reason")

    def prepare(self, period: Period) -> None:
        rooms = [(str(r.pk), f"{r.name} · {r.get_kind_display()}") for r in candidates.free_rooms(period)]
        self.choose("room", [*rooms, ("0", _("Không ghi phòng"))])


class ModeForm(ChangeForm):
    mode = ChoiceField(gettext_lazy("Hình thức"), gettext_lazy("Xin chọn một hình thức."))
    field_order = ("mode", "reason")

    def prepare(self, period: Period) -> None:
        self.choose("mode", [(m.value, str(m.label)) for m in Mode if m != period.mode])
