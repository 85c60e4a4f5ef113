from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from truongso.consent.asked import Ask
from truongso.consent.models import Deadline, RequestKind
from truongso.people.models import Person
from truongso.ui.forms import DateField, Form, TextField

YES_NO = (("yes", gettext_lazy("Đồng ý")), ("no", gettext_lazy("Không đồng ý")))


class AnswerForm(Form):
    """One purpose, a yes and a no of the same size for each child; nothing is chosen beforehand but what was said."""

    def __init__(self, *args: Any, asks: Sequence[Ask], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks = {f"c{a.child.pk}": a for a in asks}
        for name, ask in self.asks.items():
            initial = {True: "yes", False: "no"}.get(ask.given.agrees) if ask.given else None
            self.fields[name] = forms.ChoiceField(
                label=ask.child.full_name, choices=YES_NO, widget=forms.RadioSelect, required=False, initial=initial
            )

    def said(self) -> list[tuple[Ask, bool]]:
        return [(a, self.cleaned_data[n] == "yes") for n, a in self.asks.items() if self.cleaned_data[n]]


class PaperForm(Form):
    day = DateField(label=gettext_lazy("Ngày kí trên phiếu"))
    note = TextField(
        label=gettext_lazy("Ghi chú"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("ví dụ: phiếu lưu ở tủ số 2"),
    )


class VersionForm(Form):
    title = TextField(label=gettext_lazy("Tên mục"), max_length=120)
    text = forms.CharField(
        label=gettext_lazy("Nói với gia đình thế nào"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Viết như nói: để làm gì, ai xem được, không đồng ý thì sao"),
    )  # fmt: skip
    which_data = TextField(label=gettext_lazy("Dữ liệu nào"), max_length=300)
    kept = TextField(label=gettext_lazy("Giữ bao lâu"), max_length=200)
    discloses = forms.BooleanField(
        label=gettext_lazy("Công bố ra ngoài trường"), required=False,
        help_text=gettext_lazy("Khi ấy cả gia đình và em từ 7 tuổi đều phải đồng ý (Luật 91/2025, Điều 24)"),
    )  # fmt: skip
    needs_follow_up = forms.BooleanField(
        label=gettext_lazy("Khi rút lại thì còn việc phải làm"), required=False,
        help_text=gettext_lazy("ví dụ xoá bản ghi, gỡ ảnh: nhà trường được nhắc theo hạn của luật"),
    )  # fmt: skip
    first = DateField(label=gettext_lazy("Áp dụng từ ngày"))


class RequestForm(Form):
    subject = forms.ModelChoiceField(
        label=gettext_lazy("Dữ liệu của ai"), queryset=Person.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(label=gettext_lazy("Muốn gì"), choices=RequestKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Nói rõ thêm"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("ví dụ: sửa ngày sinh của con thành 12/05/2014"),
    )  # fmt: skip

    def __init__(self, *args: Any, subjects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subject = self.fields["subject"]
        assert isinstance(subject, forms.ModelChoiceField)
        subject.queryset = subjects


class OfficeRequestForm(RequestForm):
    received_on = DateField(label=gettext_lazy("Ngày nhận"))
    third_party = forms.BooleanField(
        label=gettext_lazy("Có bên khác cùng giữ dữ liệu này"), required=False,
        help_text=gettext_lazy("Luật cho thêm ngày khi phải hỏi bên thứ ba"),
    )  # fmt: skip
    field_order = ("subject", "kind", "text", "received_on", "third_party")


class StepForm(Form):
    note = TextField(
        label=gettext_lazy("Lời ghi"), required=False, max_length=500,
        help_text=gettext_lazy("Bắt buộc khi gia hạn hoặc từ chối: nêu lí do"),
    )  # fmt: skip


class DeadlineForm(Form):
    acknowledge = forms.IntegerField(label=gettext_lazy("Báo nhận trong (ngày làm việc)"), min_value=1, max_value=60)
    answer = forms.IntegerField(label=gettext_lazy("Trả lời trong (ngày)"), min_value=1, max_value=365)
    answer_third = forms.IntegerField(label=gettext_lazy("Khi có bên thứ ba (ngày)"), min_value=1, max_value=365)
    extension = forms.IntegerField(label=gettext_lazy("Gia hạn một lần thêm (ngày)"), min_value=0, max_value=365)
    article = TextField(label=gettext_lazy("Căn cứ"), max_length=120)
    first = DateField(label=gettext_lazy("Áp dụng từ ngày"))

    @staticmethod
    def of(deadline: Deadline) -> dict[str, Any]:
        names = ("acknowledge", "answer", "answer_third", "extension", "article")
        return {name: getattr(deadline, name) for name in names} | {"first": deadline.during.lower}
