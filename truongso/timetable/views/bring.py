"""Bring a timetable in from a file: send it, see what it would do, answer, make a draft, take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from truongso.intake.book import Refused
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.timetable import rules
from truongso.timetable.actions import bring
from truongso.timetable.bringing.plan import Plan
from truongso.timetable.forms.bring import DraftForm, FileForm
from truongso.timetable.models import BringState, TimetableFile
from truongso.timetable.queries import bring as queries

PAGE = 60


@allow(*rules.PLANNERS)
@never_cache
def files(request: Request) -> HttpResponse:
    """Send a file; the files sent before."""
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            made = bring.take_file(by=request.actor, given=form.given())
        except Refused as refused:
            form.add_error("file", refused.why)
        else:
            return redirect("timetable_file", made.pk)
    page = {"form": form, "files": list(queries.files()[:30])}
    return render(request, "timetable/bring.html", page, status=422 if form.errors else 200)


def _file(pk: int) -> TimetableFile:
    found = TimetableFile.objects.select_related("year", "base", "version", "by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@allow(*rules.PLANNERS)
@never_cache
def file(request: Request, pk: int) -> HttpResponse:
    """What the file says against the school and another timetable, lesson by lesson."""
    found = _file(pk)
    if request.method == "POST":
        return _write(request, found)
    return _page(request, found, _form(found))


def _form(found: TimetableFile, data: Any = None) -> DraftForm:
    initial = {"title": found.title, "first": found.first, "base": str(found.base_id or ""), "keep": found.keep}
    return DraftForm(data, file=found, initial=initial)


def _write(request: Request, found: TimetableFile) -> HttpResponse:
    form = _form(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    said = form.cleaned_data
    try:
        settled = bring.settle(
            by=request.actor, file=found, title=said["title"], first=said["first"], base=form.versions.get(said["base"]), keep=said["keep"]
        )  # fmt: skip
        if request.POST.get("do") != "write":
            return redirect("timetable_file", found.pk)
        version = bring.commit(by=request.actor, file=settled, digest=request.POST.get("digest", ""))
    except ValidationError as error:
        _tell(form, error)
        return _page(request, _file(found.pk), form)
    messages.success(request, _("Đã lập bản nháp “%(name)s”.") % {"name": version.name})
    return redirect("timetable_file", found.pk)


def _tell(form: DraftForm, error: ValidationError) -> None:
    """The sentence at its field: the name that is taken, the day outside the year; else above the form."""
    said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, texts in said.items():
        form.add_error({"name": "title"}.get(name, name) if name in {"name", "first"} else None, " ".join(texts))


def _page(request: Request, found: TimetableFile, form: DraftForm) -> HttpResponse:
    school, plan = queries.plan_for(found)
    status = request.GET.get("status", "")
    counts = plan.counts()
    if not counts.get(status):
        status = next((s for s in ("wrong", "changed", "new", "same") if counts[s]), "")
    start = int(text) if (text := request.GET.get("from", "")).isascii() and text.isdigit() and len(text) < 6 else 0
    lines = plan.of(status)
    page = {
        "file": found, "form": form, "plan": plan, "counts": counts, "status": status, "lines": lines[start : start + PAGE],
        "names": school.teachers.names, "rooms": school.room_names, "digest": plan.digest(), "open": found.state == BringState.CHECKED,
        "tabs": [(f"{name} ({counts[s]})", f"?status={s}", s == status) for s, name in _statuses().items() if counts[s]],
        "previous": f"?status={status}&from={max(0, start - PAGE)}" if start else None,
        "next": f"?status={status}&from={start + PAGE}" if len(lines) > start + PAGE else None, "answered": _answered(found, plan),
    }  # fmt: skip
    return render(request, "timetable/bring_file.html", page, status=422 if form.errors else 200)


def _statuses() -> dict[str, str]:
    return {"wrong": _("Sai"), "changed": _("Thay đổi"), "new": _("Mới"), "same": _("Như cũ")}


def _answered(found: TimetableFile, plan: Plan) -> int:
    waiting = {choice.key for choice, _n in plan.choices()}
    return sum(1 for key in found.answers if key not in waiting)


@allow(*rules.PLANNERS)
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """What words of the file mean, for all their cells at once; or forget what was said."""
    found = _file(pk)
    given = {k.removeprefix("a:"): str(v) for k, v in request.POST.items() if k.startswith("a:") and v}
    if request.POST.get("do") == "forget":
        given = dict.fromkeys(found.answers, "")
    try:
        bring.answer(by=request.actor, file=found, answers=given)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("timetable_file", pk)


@allow(*rules.PLANNERS)
@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    try:
        bring.take_back(by=request.actor, file=_file(pk))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Đã xoá bản nháp lập từ tệp này."))
    return redirect("timetable_file", pk)


@allow(*rules.PLANNERS)
@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    bring.drop(by=request.actor, file=_file(pk))
    messages.success(request, _("Đã bỏ tệp này."))
    return redirect("timetable_files")
