"""The standing links of the classes and subjects that a teacher has."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import STAFF
from truongso.timetable import link_access
from truongso.timetable.actions import standing_links as verbs
from truongso.timetable.forms.links import StandingForm
from truongso.timetable.queries import standing as queries
from truongso.timetable.views.links import warn
from truongso.ui.jinja import url


@allow(*STAFF)
def standing_links(request: Request) -> HttpResponse:
    """My classes and subjects, each with the links it uses all the time."""
    return render(request, "timetable/link_standing.html", {"kept": queries.kept_by(request.actor)})


@allow(*STAFF)
def standing_add(request: Request, unit: int, subject: int) -> HttpResponse:
    of, about = link_access.class_subject_for(request.actor, unit, subject)
    form = StandingForm(request.POST or None, own_host=request.get_host())
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.put_standing(
                by=request.actor, unit=of, subject=about, found=form.recognised, until=None, **_words(form)
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _done(request, form, _("Đã lưu %(title)s.") % {"title": made.title})
    return _page(request, form, {"unit": of, "subject": about, "standing": None})


@allow(*STAFF)
def standing_edit(request: Request, pk: int) -> HttpResponse:
    standing = link_access.standing_for(request.actor, pk)
    form = StandingForm(request.POST or None, standing=standing, own_host=request.get_host())
    if request.method == "POST" and form.is_valid():
        try:
            verbs.edit_standing(
                by=request.actor, standing=standing, found=form.recognised, until=standing.until, **_words(form)
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _done(request, form, _("Đã sửa đường dẫn."))
    return _page(request, form, {"unit": standing.unit, "subject": standing.subject, "standing": standing})


def _words(form: StandingForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("title", "watch_for")}


def _done(request: Request, form: StandingForm, said: str) -> HttpResponse:
    messages.success(request, said)
    warn(request, form)
    return redirect("standing_links")


def _page(request: Request, form: StandingForm, page: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "timetable/link_standing_form.html", {"form": form, **page}, status=status)


@allow(*STAFF)
@require_POST
def standing_remove(request: Request, pk: int) -> HttpResponse:
    standing = link_access.standing_for(request.actor, pk)
    verbs.remove_standing(by=request.actor, standing=standing)
    messages.success(request, _("Đã bỏ %(title)s.") % {"title": standing.title}, "undo:" + url("standing_restore", pk))
    return redirect("standing_links")


@allow(*STAFF)
@require_POST
def standing_restore(request: Request, pk: int) -> HttpResponse:
    standing = link_access.standing_for(request.actor, pk)
    try:
        verbs.restore_standing(by=request.actor, standing=standing)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Đã lấy lại %(title)s.") % {"title": standing.title})
    return redirect("standing_links")
