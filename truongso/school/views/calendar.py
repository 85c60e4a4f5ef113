from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from truongso.lib.dates import school_year
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.school import actions, after, queries
from truongso.school.access import READERS, may_change
from truongso.school.forms.calendar import HolidayForm, MakeUpDayForm, NewYearForm, TermForm, WeekForm, YearForm
from truongso.school.models import SchoolYear
from truongso.school.rules.frames import year_name
from truongso.school.views.rows import Editing, Listing, back, edit, show

DAY = timedelta(days=1)


def _year(pk: int) -> SchoolYear | None:
    return SchoolYear.objects.filter(pk=pk).first()


def _days(data: dict[str, Any]) -> set[date]:
    """The days from first to last as typed; none when they are the wrong way round, which the verb says."""
    first, last = data["first"], data["last"]
    return after.between(first, last) if last >= first and (last - first).days < 400 else set()


NEW_YEAR = Listing(
    "newyear", "year", NewYearForm, find=lambda scope, pk: None, initial=lambda row: {},
    keep=lambda by, scope, row, data: actions.make_year(by=by, **data),
)  # fmt: skip
YEAR = Listing(
    "year", "year", YearForm, find=lambda scope, pk: scope if scope.pk == pk else None,
    initial=lambda row: {"first": row.during.lower, "last": row.during.upper - DAY, "basis": row.basis},
    keep=lambda by, scope, row, data: actions.change_year(by=by, year=row or scope, **data),
)  # fmt: skip
TERMS = Listing(
    "term", "calendar", TermForm, find=lambda scope, pk: scope.terms.filter(pk=pk).first(),
    initial=lambda row: {"first": row.during.lower, "last": row.during.upper - DAY, "weeks": row.weeks},
    keep=lambda by, scope, row, data: actions.change_term(by=by, term=row, **data) if row else None,
    asks=lambda row, data: after.touched(after.of(row.during) - _days(data)) if row else [],
)  # fmt: skip
HOLIDAYS = Listing(
    "holiday", "calendar", HolidayForm, find=lambda scope, pk: scope.holidays.filter(pk=pk).first(),
    initial=lambda r: {"name": r.name, "kind": r.kind, "first": r.during.lower, "last": r.during.upper - DAY},
    keep=lambda by, scope, row, data: actions.save_holiday(by=by, year=scope, holiday=row, **data),
    remove=lambda by, row: actions.remove_holiday(by=by, holiday=row), rescope=_year,
    asks=lambda row, data: after.touched(_days(data) - (after.of(row.during) if row else set())),
    says=lambda data: after.standing(_days(data)),
)  # fmt: skip
MAKE_UP = Listing(
    "makeup", "calendar", MakeUpDayForm, find=lambda scope, pk: scope.make_up_days.filter(pk=pk).first(),
    initial=lambda row: {"day": row.day, "instead_of": row.instead_of},
    keep=lambda by, scope, row, data: actions.save_make_up_day(by=by, year=scope, row=row, **data),
    remove=lambda by, row: actions.remove_make_up_day(by=by, row=row), rescope=_year,
)  # fmt: skip
WEEKS = Listing(
    "week", "calendar", WeekForm, find=lambda scope, pk: scope.weeks.filter(pk=pk).first(),
    initial=lambda row: {"first_day": row.first_day},
    keep=lambda by, scope, row, data: actions.move_week(by=by, week=row, **data) if row else None,
)  # fmt: skip


def chosen_year(request: Request) -> SchoolYear | None:
    """The year that ?year= names; else the one of today, else the newest. None when there is none at all."""
    if name := request.GET.get("year", ""):
        found = queries.year_named(name)
        if found is None:
            raise Http404
        return found
    return queries.current_year(request.actor.on) or queries.years().first()


def _proposed(request: Request) -> str:
    """The year one would make next: today's, or the one after the newest."""
    newest = queries.years().first()
    return year_name(int(newest.name[:4]) + 1) if newest else school_year(request.actor.on)


@allow(*READERS)
def years(request: Request) -> HttpResponse:
    """All years: make the next one, open and close."""
    editing: Editing | HttpResponse = Editing()
    refusal = ""
    do, year = request.POST.get("do", ""), queries.year_named(request.POST.get("year", ""))
    if year is not None and do in {"open", "close", "delete"}:
        verb = {"open": actions.open_year, "close": actions.close_year, "delete": actions.remove_year}[do]
        try:
            verb(by=request.actor, year=year)
            messages.success(request, _("Đã lưu."))
            return redirect("school_years")
        except ValidationError as error:
            editing, refusal = Editing(status=422), error.messages[0]
    else:
        editing = edit(request, NEW_YEAR)
    if isinstance(editing, HttpResponse):
        return editing
    page = {"years": list(queries.years()), "proposed": _proposed(request), "refusal": refusal}
    return show(request, "school/years.html", editing, "year", **page)


@allow(*READERS)
def calendar(request: Request) -> HttpResponse:
    """One year: its dates, terms, days off, make-up days and weeks."""
    year = chosen_year(request)
    if year is None:
        editing = edit(request, NEW_YEAR)
        return editing if isinstance(editing, HttpResponse) else show(
            request, "school/no_year.html", editing, "year", proposed=_proposed(request)
        )  # fmt: skip
    if request.POST.get("do") == "weeks":
        actions.make_weeks(by=request.actor, year=year)
        messages.success(request, _("Đã đánh số lại tuần học."))
        return redirect(back(request))
    editing = edit(request, YEAR, TERMS, HOLIDAYS, MAKE_UP, WEEKS, scope=year)
    if isinstance(editing, HttpResponse):
        return editing
    page = {"year": year, "sheet": queries.calendar_sheet(year), "may_year": may_change(request.actor, "year")}
    return show(request, "school/calendar.html", editing, "calendar", **page)
