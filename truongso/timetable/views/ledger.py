"""The ledger of periods (tiết còn nợ): by class and subject or by teacher, with the periods behind every figure."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso.lib.sheets import Column, Table
from truongso.people.http import Request
from truongso.people.models import Unit, UnitKind
from truongso.people.policy import allow
from truongso.people.roles import STAFF, Role
from truongso.timetable import rules, words
from truongso.timetable.queries import ledger
from truongso.timetable.queries.ledger import Asked, Sum
from truongso.ui.downloads import excel

READERS = (*STAFF, Role.INSPECTOR)
MOST = 300  # periods behind one figure on one page


def _asked(request: Request) -> Asked:
    def number(name: str) -> int | None:
        text = request.GET.get(name, "")
        return int(text) if text.isdecimal() and len(text) < 10 else None

    return Asked(number("unit"), number("teacher"), number("group"))


def _show(request: Request) -> str:
    show = request.GET.get("show", "owed")
    return show if show in {"owed", "all", "teachers"} else "owed"


def _lines(request: Request) -> list[Sum]:
    """Of the whole school one line a class, and its subjects once it is chosen."""
    show, asked = _show(request), _asked(request)
    by: ledger.Lines = (
        "teachers" if show == "teachers" else "classes" if show == "all" and asked == Asked() else "subjects"
    )
    lines = ledger.sums(ledger.in_sight(request.actor, asked), timezone.now(), by)
    return [line for line in lines if line.owed] if show == "owed" else lines


@allow(*READERS)
def owed(request: Request) -> HttpResponse:
    """What is still owed, for those whose periods these are; leaders see the school."""
    mine, show, lines = ledger.in_sight(request.actor), _show(request), _lines(request)
    asked = request.GET.copy()
    asked.pop("show", None)
    rest = f"&{asked.urlencode()}" if asked else ""
    page: dict[str, Any] = {
        "lines": lines, "show": show, "asked": _asked(request), "query": request.GET.urlencode(), "total": sum(x.owed for x in lines),
        "tabs": [(label, f"?show={key}{rest}", key == show) for key, label in _tabs()],
        "classes": Unit.objects.filter(pk__in=mine.values("unit_id")).order_by("name").values_list("pk", "name"), "teachers": ledger.teachers_in(mine),
        "groups": Unit.objects.filter(kind=UnitKind.GROUP, during__contains=request.actor.on).order_by("name").values_list("pk", "name"),
    }  # fmt: skip
    return render(request, "timetable/owed.html", page)


def _tabs() -> list[tuple[str, str]]:
    return [("owed", _("Còn nợ")), ("all", _("Tất cả")), ("teachers", _("Theo giáo viên"))]


@allow(*READERS)
def behind(request: Request, what: str) -> HttpResponse:
    """The periods that one figure counts."""
    now = timezone.now()
    titles = {
        "planned": _("Tiết theo thời khoá biểu đến nay"), "held": _("Tiết đã dạy"), "cancelled": _("Tiết nghỉ"),
        "made_up": _("Tiết nghỉ đã có lịch bù"), "owed": _("Tiết còn nợ"),
    }  # fmt: skip
    if what not in titles:
        raise Http404
    periods = ledger.in_sight(request.actor, _asked(request))
    subject = request.GET.get("subject", "")
    if subject.isdecimal() and len(subject) < 10:
        periods = periods.filter(subject=int(subject))
    rows = ledger.behind(periods, what, now, MOST)
    page = {
        "title": titles[what], "rows": rows, "words": words, "more": len(rows) == MOST,
        "may": rules.may_rearrange(request.actor),
    }  # fmt: skip
    return render(request, "timetable/owed_behind.html", page)


@allow(*READERS)
def export(request: Request) -> HttpResponse:
    columns = (
        Column(_("Lớp")), Column(_("Môn")), Column(_("Giáo viên"), width=28), Column(_("Theo thời khoá biểu")),
        Column(_("Đã dạy")), Column(_("Nghỉ")), Column(_("Đã xếp bù")), Column(_("Còn nợ")),
    )  # fmt: skip
    rows = [(x.unit, x.subject, x.person, x.planned, x.held, x.cancelled, x.made_up, x.owed) for x in _lines(request)]
    return excel(_("Tiết còn nợ"), Table(_("Tiết còn nợ"), columns, rows))
