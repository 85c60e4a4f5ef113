"""The list of timetables; making, naming and deleting them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.timetable import access, rules
from truongso.timetable.actions import versions as verbs
from truongso.timetable.forms.versions import NewVersionForm, VersionForm
from truongso.timetable.models import TimetableVersion, VersionState
from truongso.timetable.queries import drafts as queries
from truongso.timetable.views.grid import SEERS


@allow(*SEERS)
def timetables(request: Request) -> HttpResponse:
    """All timetables, newest first; drafts for those who plan."""
    plans = bool(rules.may_plan(request.actor))
    found = queries.versions(drafts=plans)
    now = queries.applied_on(request.actor.on)
    page = {"versions": found, "who": queries.who(found), "plans": plans, "now": now.pk if now else 0}
    return render(request, "timetable/versions.html", page)


@allow(*rules.PLANNERS)
def timetable_new(request: Request) -> HttpResponse:
    """A new draft: empty, or as a copy of another."""
    sources = queries.versions(drafts=True)
    year = queries.year_for(request.actor.on)
    form = NewVersionForm(
        request.POST if request.method == "POST" else None, sources=sources,
        initial={"name": queries.first_free_name(year) if year else "", "copy_from": request.GET.get("from", "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = _make(request, form)
        if made is not None:
            messages.success(request, _("Đã lập %(name)s.") % {"name": made.name})
            return redirect("timetable", made.pk)
    return render(
        request, "timetable/version.html", {"form": form, "version": None}, status=422 if form.errors else 200
    )


def _make(request: Request, form: NewVersionForm) -> TimetableVersion | None:
    data = form.cleaned_data
    year = queries.year_of(data["first"])
    if year is None:
        form.add_error("first", _("Ngày này không nằm trong năm học nào đã lập."))
        return None
    try:
        return verbs.create_version(by=request.actor, year=year, **data)
    except ValidationError as error:
        add_errors(form, error)
        return None


@allow(*rules.PLANNERS)
def timetable_edit(request: Request, pk: int) -> HttpResponse:
    """Name, day and note; a draft can also be deleted here."""
    version = access.version_for(request.actor, pk, need="plan")
    draft = version.state == VersionState.DRAFT
    form = VersionForm(
        request.POST if request.method == "POST" else None, draft=draft,
        initial={"name": version.name, "note": version.note, "first": version.during.lower},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change_version(by=request.actor, version=version, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("timetable", version.pk)
    page = {"form": form, "version": version, "draft": draft, "cells": version.entries.count()}
    return render(request, "timetable/version.html", page, status=422 if form.errors else 200)


@allow(*rules.PLANNERS)
@require_POST
def timetable_delete(request: Request, pk: int) -> HttpResponse:
    version = access.version_for(request.actor, pk, need="plan")
    try:
        verbs.delete_version(by=request.actor, version=version)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("timetable", pk)
    messages.success(request, _("Đã xoá %(name)s.") % {"name": version.name})
    return redirect("timetables")
