"""Changing one period: a page with a tab for each thing that may happen to it, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from truongso.lib import dates
from truongso.people.actor import Actor
from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.policy import signed_in
from truongso.timetable import access, words
from truongso.timetable.actions import undoing
from truongso.timetable.actions.steps import ChangedMeanwhile
from truongso.timetable.forms import rearrange as forms
from truongso.timetable.models import Period, PeriodChange, PeriodState
from truongso.timetable.queries.around import stands
from truongso.timetable.queries.places import WEEKS, Wanted, places
from truongso.timetable.views import doing
from truongso.ui.jinja import url

Carry = Callable[[Actor, Period, dict[str, Any]], Period]


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that may happen to a period. `state` is the one in which it may."""

    label: str | Promise
    hint: str | Promise
    done: str | Promise
    form: type[forms.ChangeForm]
    carry: Carry
    state: str = PeriodState.PLANNED.value
    grid: bool = False


WAYS: dict[str, Way] = {
    "move": Way(gettext_lazy("Dời"), gettext_lazy("Chạm vào một giờ mà lớp, giáo viên và phòng đều trống."),
                gettext_lazy("Đã dời tiết."), forms.PlaceForm, doing.move, grid=True),
    "swap": Way(gettext_lazy("Đổi tiết"), gettext_lazy("Các tiết của lớp trong tuần này và tuần sau mà hai giáo viên đều đổi được."),
                gettext_lazy("Đã đổi hai tiết."), forms.SwapForm, doing.swap),
    "substitute": Way(gettext_lazy("Dạy thay"), gettext_lazy("Những thầy cô đang trống giờ này, gần với môn và lớp nhất đứng trước."),
                      gettext_lazy("Đã phân công dạy thay."), forms.SubstituteForm, doing.substitute),
    "cancel": Way(gettext_lazy("Cho nghỉ"), gettext_lazy("Tiết này không học và được ghi nợ, đến khi dạy bù."),
                  gettext_lazy("Đã cho nghỉ tiết này."), forms.ChangeForm, doing.cancel),
    "room": Way(gettext_lazy("Đổi phòng"), gettext_lazy("Những phòng không có lớp học và không ai đặt vào giờ này."),
                gettext_lazy("Đã đổi phòng."), forms.RoomForm, doing.room),
    "mode": Way(gettext_lazy("Hình thức"), gettext_lazy("Chỉ tiết này. Cho nhiều ngày, nhiều lớp thì lập quyết định."),
                gettext_lazy("Đã đổi hình thức."), forms.ModeForm, doing.mode),
    "makeup": Way(gettext_lazy("Dạy bù"), gettext_lazy("Chạm vào một giờ mà lớp, giáo viên và phòng đều trống."),
                  gettext_lazy("Đã xếp dạy bù."), forms.PlaceForm, doing.make_up, PeriodState.CANCELLED.value, grid=True),
    "restore": Way(gettext_lazy("Dạy lại như cũ"), gettext_lazy("Tiết này vẫn học vào giờ đã định."),
                   gettext_lazy("Tiết này lại được dạy."), forms.ChangeForm, doing.restore, PeriodState.CANCELLED.value),
}  # fmt: skip


@signed_in
def choose(request: Request, pk: int) -> HttpResponse:
    """To the first thing that may be done with the period as it stands."""
    found = access.period_for(request.actor, pk, need="rearrange")
    return redirect("period_change_way", pk, next(key for key, way in WAYS.items() if way.state == found.state))


@signed_in
def change(request: Request, pk: int, do: str) -> HttpResponse:
    """One of the ways: what can be chosen, why, and the deed. What was chosen stays when somebody else was quicker."""
    found = access.period_for(request.actor, pk, need="rearrange")
    way = WAYS.get(do)
    if way is None:
        raise Http404
    if request.method != "POST":
        if way.state != found.state:
            return redirect("period_change", pk)
        return _page(request, found, do, way.form(period=found))
    form = way.form(request.POST, period=found)
    valid = form.is_valid()
    seen = form.cleaned_data.get("version")
    if seen != found.version:
        form.add_error(None, ChangedMeanwhile())
    elif valid:
        try:
            done = way.carry(request.actor, found, form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, str(way.done), extra_tags=f"undo:{_undo(done)}")
            return redirect("period", done.pk)
    return _again(request, found, do, form)


def _undo(done: Period) -> str:
    latest = PeriodChange.objects.filter(period=done).first()
    return url("period_undo", latest.pk) if latest else ""


def _again(request: Request, found: Period, do: str, form: forms.ChangeForm) -> HttpResponse:
    """The page with what was typed, on the period as it now is: pressing once more is then a choice with open eyes."""
    found.refresh_from_db()
    data = request.POST.copy()
    data["version"] = str(found.version)
    form.data = data
    return _page(request, found, do, form, status=422)


def _page(request: Request, found: Period, do: str, form: forms.ChangeForm, status: int = 200) -> HttpResponse:
    way, now = WAYS[do], timezone.now()
    tabs = [
        (w.label, url("period_change_way", found.pk, key), key == do)
        for key, w in WAYS.items()
        if w.state == found.state
    ]
    page: dict[str, Any] = {
        "period": found, "form": form, "way": way, "do": do, "tabs": tabs, "words": words, "grids": None,
        "stands": stands(found, now), "empty": _nothing_to_choose(form),
    }  # fmt: skip
    if way.grid:
        wanted = Wanted(found.unit_id, found.person_id, found.room_id, found.pk)
        page |= grid(
            request, wanted, max(found.day, timezone.localdate(now)) if do == "move" else timezone.localdate(now)
        )
    return render(request, "timetable/change.html", page, status=status)


def grid(request: Request, wanted: Wanted, otherwise: date) -> dict[str, Any]:
    """Two weeks of slots from the day asked for, and the weeks beside them."""
    first, step = day_asked(request, otherwise), timedelta(weeks=WEEKS)
    beside = {"earlier": (first - step).isoformat(), "later": (first + step).isoformat()}
    return {"grids": places(wanted, first, timezone.now()), **beside}


def day_asked(request: Request, otherwise: date) -> date:
    """?from=, where it is a day of our times."""
    try:
        day = dates.parse(request.GET.get("from", ""), today=request.actor.on)
    except dates.NotADate:
        return otherwise
    return day if 2000 < day.year < 2200 else otherwise


def _nothing_to_choose(form: forms.ChangeForm) -> bool:
    return any(isinstance(f, forms.ChoiceField) and f.nothing for f in form.fields.values())


@signed_in
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take back one's own latest change of a period."""
    change = access.change_for(request.actor, pk)
    try:
        period = undoing.undo_change(by=request.actor, change=change)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("period", change.period_id)
    messages.success(request, _("Đã hoàn tác."))
    return redirect("period", period.pk) if period else redirect("today")
