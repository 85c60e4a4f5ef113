"""The living style guide: every component, in every state, drawn by the macros of the product."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.people.policy import public
from truongso.ui import charts
from truongso.ui.forms import DateField, Form, TextField


class SampleForm(Form):
    lesson = TextField(label=gettext_lazy("Tên bài"))
    due = DateField(label=gettext_lazy("Hạn nộp"), help_text=gettext_lazy("ngày/tháng/năm, gõ 24 11 cũng được"))
    born = DateField(label=gettext_lazy("Ngày sinh"))
    code = TextField(label=gettext_lazy("Mã lớp"), disabled=True, required=False, initial="8A2")
    note = forms.CharField(label=gettext_lazy("Lời nhắn"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    grade = forms.ChoiceField(label=gettext_lazy("Khối"), choices=[("6", "6"), ("7", "7"), ("8", "8"), ("9", "9")])
    told = forms.BooleanField(label=gettext_lazy("Báo cho gia đình"), required=False)
    mode = forms.ChoiceField(
        label=gettext_lazy("Hình thức của tiết"),
        widget=forms.RadioSelect,
        choices=[("inperson", gettext_lazy("Trực tiếp")), ("support", gettext_lazy("Trực tuyến hỗ trợ"))],
    )
    secret = forms.CharField(label=gettext_lazy("Mật khẩu"), widget=forms.PasswordInput, required=False)


@public
def guide(request: HttpRequest) -> HttpResponse:
    filled = {
        "lesson": _("Hình thoi và hình vuông"),
        "due": "24/11/2026",
        "born": "31/02/2013",
        "grade": "8",
        "mode": "support",
    }
    shares = [
        charts.Bar(_("Toán"), 12.4, "12,4 %"), charts.Bar(_("Ngữ văn"), 10.2, "10,2 %"),
        charts.Bar(_("Lịch sử và Địa lí"), 7.1, "7,1 %"), charts.Bar(_("Tin học"), 18.0, "18,0 %"),
    ]  # fmt: skip
    weeks = [(_("tuần %(n)d") % {"n": n}, value) for n, value in enumerate((4.0, 6.5, 8.0, 8.2, 9.6, 11.1), start=7)]
    finding = _("Ba môn đạt mức 10 %, Lịch sử và Địa lí còn thiếu 3 tiết.")
    page = {
        "form": SampleForm(filled),
        "share": charts.bars(_("Tỉ lệ dạy trực tuyến theo môn"), finding, shares, threshold=10, full=25),
        "curve": charts.line(_("Tỉ lệ qua các tuần"), _("Từ 4,0 % ở tuần 7 lên 11,1 % ở tuần 12."), weeks, full=15),
        "cells": [("present", "·")] * 9
        + [("late", "M"), ("present", "·"), ("excused", "P"), ("absent", "K"), ("tech", "S")],
    }
    return render(request, "shell/guide.html", page)
