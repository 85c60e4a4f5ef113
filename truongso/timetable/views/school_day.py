"""The day of the whole school: what the figures of the head's home count, row by row."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import Role
from truongso.timetable import day_words as words
from truongso.timetable.queries import school_day as asked
from truongso.ui.jinja import url

READERS = (Role.HEAD, Role.DEPUTY, Role.CLERK, Role.IT_ADMIN, Role.INSPECTOR)


@allow(*READERS)
def school_day(request: Request) -> HttpResponse:
    show, now = request.GET.get("show", ""), timezone.localtime()
    if show not in asked.SHOWN:
        raise Http404
    names = {
        "": _("Cả ngày"), "now": _("Đang diễn ra"), "cancelled": _("Nghỉ"), "substituted": _("Dạy thay"),
        "unrolled": _("Chưa điểm danh"), "unsigned": _("Chưa kí sổ"),
    }  # fmt: skip
    tabs = [(names[key], url("school_day") + (f"?show={key}" if key else ""), key == show) for key in names]
    page = {"found": asked.school_day(now, show), "tabs": tabs, "now": now, "words": words}
    return render(request, "timetable/school_day.html", page)
