"""Everybody one may see, found as one types."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from truongso.lib.sheets import Column, Table
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import Role
from truongso.people.rules import may_manage_people
from truongso.roster import directory, rules
from truongso.roster.actions.exports import log_export
from truongso.roster.directory import PAGE
from truongso.roster.forms import SearchForm
from truongso.ui.downloads import excel

FINDERS = (Role.TEACHER, Role.HOMEROOM, Role.GROUP_HEAD, *rules.READERS)
_MOST = 20_000


@allow(*FINDERS)
def people(request: Request) -> HttpResponse:
    """The directory; the same page answers each typed letter, of which the browser takes the list only."""
    form = SearchForm(request.GET, actor=request.actor)
    search = form.search()
    found = directory.find(request.actor, search)
    start = _number(request.GET.get("from", ""))
    count = found.count()
    asked = {key: value for key, value in form.asked().items() if value}
    page = {
        "form": form,
        "filtered": any(asked.get(name) for name in ("role", "unit", "grade", "group", "position")),
        "rows": directory.rows(found[start : start + PAGE], request.actor),
        "count": count,
        "start": start,
        "excel": "?" + urlencode(asked),
        "next": "?" + urlencode(asked | {"from": start + PAGE}) if count > start + PAGE else None,
        "previous": "?" + urlencode(asked | {"from": max(0, start - PAGE)}) if start else None,
        "may_add": may_manage_people(request.actor),
    }
    return render(request, "roster/people.html", page)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


@allow(*FINDERS)
def people_excel(request: Request) -> HttpResponse:
    """What the directory shows now, whole, as a file; taking it is logged."""
    search = SearchForm(request.GET, actor=request.actor).search()
    rows = directory.rows(directory.find(request.actor, search)[:_MOST], request.actor)
    log_export(by=request.actor, what="people", count=len(rows))
    columns = [
        Column(_("STT"), 6), Column(_("Họ và tên"), 28), Column(_("Ngày sinh"), 12), Column(_("Giới tính"), 10),
        Column(_("Vai trò"), 28), Column(_("Là người giám hộ của"), 36), Column(_("Tên đăng nhập"), 18),
        Column(_("Điện thoại"), 14),
    ]  # fmt: skip
    lines = [
        [n, r.person.full_name, r.person.birth_date, str(r.person.get_gender_display()) if r.person.gender else "",
         ", ".join(r.roles), ", ".join(r.children), r.account.login if r.account else "", r.phone]
        for n, r in enumerate(rows, 1)
    ]  # fmt: skip
    return excel(_("Mọi người"), Table(_("Mọi người"), columns, lines))
