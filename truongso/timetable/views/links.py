"""The links of a period, kept by who teaches it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.policy import allow, signed_in
from truongso.people.roles import STAFF
from truongso.timetable import access, link_access, words
from truongso.timetable.actions import links as verbs
from truongso.timetable.actions import standing_links, visits
from truongso.timetable.forms.links import AddressForm, LinkForm
from truongso.timetable.models import Period, StandingLink
from truongso.timetable.queries import links as queries
from truongso.ui.jinja import url


def to_panel(pk: int) -> HttpResponse:
    return redirect(url("period", pk) + "#links")


def warn(request: Request, form: AddressForm) -> None:
    """What was taken, but the teacher should know."""
    if form.recognised.warning:
        messages.warning(request, str(form.recognised.warning))


@allow(*STAFF)
def link_add(request: Request, pk: int) -> HttpResponse:
    """Paste an address; the rest may stay empty."""
    period = access.period_for(request.actor, pk, need="teach")
    form = LinkForm(request.POST or None, own_host=request.get_host())
    if request.method == "POST" and form.is_valid():
        try:
            said = _add(request, period, form)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, said)
            warn(request, form)
            return to_panel(pk)
    page = {"period": period, "form": form, "link": None, "words": words}
    return render(request, "timetable/link_form.html", page, status=422 if form.errors else 200)


def _add(request: Request, period: Period, form: LinkForm) -> str:
    given, found = form.cleaned_data, form.recognised
    words = {"title": given["title"], "watch_for": given["watch_for"]}
    if given["use"] == "term":
        until = link_access.end_of_term(period.day)
        standing_links.put_standing(
            by=request.actor, unit=period.unit, subject=period.subject, found=found, until=until, **words
        )
        return _("Đã dùng cho mọi tiết %(subject)s của lớp %(unit)s đến hết học kì.") % {
            "subject": period.subject.name, "unit": period.unit.name,
        }  # fmt: skip
    more = words | {"start": given["start"], "end": given["end"]}
    if given["use"] == "week":
        count = verbs.add_for_week(by=request.actor, period=period, found=found, **more)
        return ngettext("Đã thêm vào %(num)d tiết.", "Đã thêm vào %(num)d tiết.", count) % {"num": count}
    made = verbs.add_link(by=request.actor, period=period, found=found, **more)
    return _("Đã thêm %(title)s.") % {"title": made.title}


@allow(*STAFF)
def link_edit(request: Request, pk: int) -> HttpResponse:
    link = link_access.link_for(request.actor, pk)
    host = request.get_host()
    form = LinkForm(request.POST, own_host=host).without_use() if request.POST else LinkForm.of(link, own_host=host)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "start", "end", "watch_for")}
        verbs.edit_link(by=request.actor, link=link, found=form.recognised, **given)
        messages.success(request, _("Đã sửa đường dẫn."))
        warn(request, form)
        return to_panel(link.period_id)
    page = {"period": link.period, "form": form, "link": link, "words": words}
    return render(request, "timetable/link_form.html", page, status=422 if form.errors else 200)


@allow(*STAFF)
@require_POST
def link_move(request: Request, pk: int) -> HttpResponse:
    link = link_access.link_for(request.actor, pk)
    verbs.move_link(by=request.actor, link=link, up=request.POST.get("to") == "up")
    return to_panel(link.period_id)


@allow(*STAFF)
@require_POST
def link_remove(request: Request, pk: int) -> HttpResponse:
    link = link_access.link_for(request.actor, pk)
    verbs.remove_link(by=request.actor, link=link)
    messages.success(request, _("Đã bỏ %(title)s.") % {"title": link.title}, "undo:" + url("link_restore", pk))
    return to_panel(link.period_id)


@allow(*STAFF)
@require_POST
def link_restore(request: Request, pk: int) -> HttpResponse:
    link = link_access.link_for(request.actor, pk)
    verbs.restore_link(by=request.actor, link=link)
    messages.success(request, _("Đã lấy lại %(title)s.") % {"title": link.title})
    return to_panel(link.period_id)


@allow(*STAFF)
@require_POST
def link_drop(request: Request, pk: int, standing: int) -> HttpResponse:
    """Not in this period: the standing link stays for the others."""
    period = access.period_for(request.actor, pk, need="teach")
    found = _standing(period, standing)
    if found is not None:
        link = visits.link_of_standing(period, found)
        verbs.remove_link(by=request.actor, link=link)
        messages.success(
            request, _("Tiết này không dùng %(title)s.") % {"title": link.title}, "undo:" + url("link_restore", link.pk)
        )
    return to_panel(pk)


def _standing(period: Period, pk: int) -> StandingLink | None:
    ways = queries.ways_of([period])[period.pk]
    return next((w.standing for w in ways if w.standing and w.standing.pk == pk), None)


@signed_in
def visitors(request: Request, pk: int) -> HttpResponse:
    """Who went into a period, when first, how late: for who takes its roll."""
    period = access.period_for(request.actor, pk, need="roll")
    request.streams = [f"class:{period.unit_id}"]
    page = {"period": period, "words": words, "panel": {"people": queries.visitors(period)}}
    return render(request, "timetable/link_visitors.html", page)
