"""Pasting an address: recognised here, wrong ones told at the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.timetable.link_kinds import NotALink, Recognised, read_moment, recognise, show_moment
from truongso.timetable.models import LinkKind, PeriodLink, StandingLink
from truongso.ui.forms import Form, TextField

USES = (
    ("period", gettext_lazy("Chỉ tiết này")),
    ("week", gettext_lazy("Các tiết của môn này ở lớp đến hết tuần")),
    ("term", gettext_lazy("Mọi tiết của môn này ở lớp đến hết học kì")),
)
_MOMENT = {"inputmode": "text", "autocomplete": "off", "maxlength": "10"}


class MomentField(forms.CharField):
    """A second of a video, typed as 3:20."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput(attrs=_MOMENT), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return show_moment(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            return read_moment(text)
        except ValueError:
            raise ValidationError(_("Xin ghi phút và giây, ví dụ 3:20.")) from None


class AddressForm(Form):
    """What every link has. `own_host` is ours: a link must not lead back to itself."""

    address = TextField(
        label=gettext_lazy("Đường dẫn"), max_length=4000,
        help_text=gettext_lazy("Dán đường dẫn Zoom, Meet, Teams, Zalo, YouTube hay trang bài học; dán cả lời mời cũng được."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    title = TextField(
        label=gettext_lazy("Tên hiện cho lớp"), max_length=120, required=False,
        help_text=gettext_lazy("Để trống thì lấy tên của trang."),
    )  # fmt: skip
    watch_for = TextField(
        label=gettext_lazy("Lời dặn"), max_length=300, required=False,
        help_text=gettext_lazy("Ví dụ: mật khẩu phòng, hoặc điều cần chú ý khi xem."),
    )  # fmt: skip

    def __init__(self, *args: Any, own_host: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_host = own_host
        self.found: Recognised | None = None

    @property
    def recognised(self) -> Recognised:
        """Of a valid form."""
        assert self.found is not None
        return self.found

    def clean_address(self) -> str:
        text: str = self.cleaned_data["address"]
        try:
            self.found = recognise(text, own_host=self.own_host)
        except NotALink as no:
            raise ValidationError(str(no.why)) from None
        return text


class LinkForm(AddressForm):
    """A link of one period, or of those that follow it too."""

    start = MomentField(label=gettext_lazy("Xem từ"), help_text=gettext_lazy("phút và giây của video, ví dụ 3:20"))
    end = MomentField(label=gettext_lazy("Xem đến"), help_text=gettext_lazy("để trống là xem đến hết"))
    use = forms.ChoiceField(
        label=gettext_lazy("Dùng cho"), choices=USES, widget=forms.RadioSelect, required=False, initial="period"
    )
    field_order = ("address", "title", "start", "end", "watch_for", "use")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        found = self.found
        if found is not None and found.kind != LinkKind.VIDEO:
            given["start"] = given["end"] = None
        elif found is not None:
            given["start"] = found.start if given.get("start") is None else given["start"]
            given["end"] = found.end if given.get("end") is None else given["end"]
        if given.get("start") is not None and given.get("end") is not None and given["end"] <= given["start"]:
            self.add_error("end", _("Chỗ dừng phải sau chỗ bắt đầu. Xin xem lại."))
        return given

    @classmethod
    def of(cls, link: PeriodLink, **kwargs: Any) -> LinkForm:
        made = cls(
            initial={
                "address": link.url, "title": link.title, "start": link.start_second, "end": link.end_second,
                "watch_for": link.watch_for,
            },
            **kwargs,
        )  # fmt: skip
        return made.without_use()

    def without_use(self) -> LinkForm:
        """Correcting one link is about that one."""
        del self.fields["use"]
        return self


class StandingForm(AddressForm):
    def __init__(self, *args: Any, standing: StandingLink | None = None, **kwargs: Any) -> None:
        if standing is not None:
            kwargs["initial"] = {
                "address": standing.url, "title": standing.title, "watch_for": standing.watch_for,
            }  # fmt: skip
        super().__init__(*args, **kwargs)
