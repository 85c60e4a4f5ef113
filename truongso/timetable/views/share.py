"""Taking the timetable along: on paper, as a file, in the phone's calendar."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.people.actor import Actor
from truongso.people.http import Request
from truongso.people.models import Person
from truongso.people.policy import allow, signed_in
from truongso.people.queries import units_of
from truongso.people.roles import STAFF, Role
from truongso.roster.slips import address_for_phones
from truongso.timetable import access
from truongso.timetable.models import TimetableVersion
from truongso.timetable.papers import excel, pdf
from truongso.timetable.papers.sheets import sheets
from truongso.timetable.queries import feeds
from truongso.timetable.queries.versions import in_force
from truongso.ui.downloads import XLSX, download

READERS = (*STAFF, Role.INSPECTOR)
PDF = "application/pdf"


@signed_in
def share(request: Request) -> HttpResponse:
    """What can be taken along: own week on paper, calendars, and for staff the whole school's sheets."""
    actor = request.actor
    page = {
        "version": in_force(actor.on),
        "calendars": feeds.mine(actor),
        "classes": units_of(_own_classes(actor)),
        "reads_all": actor.is_staff or actor.has(Role.INSPECTOR),
    }
    return render(request, "timetable/share.html", page)


def _own_classes(actor: Actor) -> frozenset[int]:
    return actor.units(Role.PUPIL, Role.HOMEROOM) | access.classes_of_children(actor)


@signed_in
def mine_pdf(request: Request) -> HttpResponse:
    """A teacher's own week; a pupil's or parent's: the classes of the family, a page each."""
    version, actor = in_force(request.actor.on), request.actor
    if version is None:
        return redirect("timetable_share")  # which says that there is none yet
    if actor.is_staff:
        return _teacher(request, version, request.user.person)
    units = list(units_of(_own_classes(actor)))
    if not units:
        return redirect("timetable_share")
    found = sheets(version, units)
    content = pdf.classes_pdf(found, found.classes, address=_address(request), day=actor.on)
    return download(content, name=_pdf_name(", ".join(u.name for u in units)), content_type=PDF, inline=True)


@signed_in
def class_pdf(request: Request, pk: int) -> HttpResponse:
    unit = access.class_for(request.actor, pk)
    found = sheets(_in_force(request), [unit])
    content = pdf.classes_pdf(found, found.classes, address=_address(request), day=request.actor.on)
    return download(content, name=_pdf_name(unit.name), content_type=PDF, inline=True)


@allow(*READERS)
def teacher_pdf(request: Request, pk: int) -> HttpResponse:
    person = Person.objects.filter(pk=pk, entries__isnull=False).first()
    if person is None:
        raise Http404
    return _teacher(request, _in_force(request), person)


def _teacher(request: Request, version: TimetableVersion, person: Person) -> HttpResponse:
    found = sheets(version, person=person)
    content = pdf.teachers_pdf(found, [person], address=_address(request), day=request.actor.on)
    return download(content, name=_pdf_name(person.full_name), content_type=PDF, inline=True)


@allow(*READERS)
def version_xlsx(request: Request, pk: int) -> HttpResponse:
    version = access.version_for(request.actor, pk)
    name = _("Thời khoá biểu %(name)s") % {"name": version.name}
    return download(excel.version_xlsx(sheets(version)), name=f"{name}.xlsx", content_type=XLSX)


@allow(*READERS)
def version_classes(request: Request, pk: int) -> HttpResponse:
    found = sheets(access.version_for(request.actor, pk))
    content = pdf.classes_pdf(found, found.classes, address=_address(request), day=request.actor.on)
    return download(content, name=_pdf_name(_("các lớp")), content_type=PDF, inline=True)


@allow(*READERS)
def version_teachers(request: Request, pk: int) -> HttpResponse:
    found = sheets(access.version_for(request.actor, pk))
    content = pdf.teachers_pdf(found, found.teachers, address=_address(request), day=request.actor.on)
    return download(content, name=_pdf_name(_("giáo viên")), content_type=PDF, inline=True)


@allow(*READERS)
def version_school(request: Request, pk: int) -> HttpResponse:
    found = sheets(access.version_for(request.actor, pk))
    return download(
        pdf.school_pdf(found, request.actor.on), name=_pdf_name(_("toàn trường")), content_type=PDF, inline=True
    )


@signed_in
def way(request: Request, pk: int | None = None) -> HttpResponse:
    """Where the codes on the printed sheets lead: this week, with what changed since it was printed."""
    return redirect("week_class", pk) if pk else redirect("week")


def _in_force(request: Request) -> TimetableVersion:
    version = in_force(request.actor.on)
    if version is None:
        raise Http404
    return version


def _address(request: Request) -> str:
    return address_for_phones(request.scheme or "http", request.get_host())


def _pdf_name(what: str) -> str:
    return _("Thời khoá biểu %(name)s") % {"name": what} + ".pdf"
