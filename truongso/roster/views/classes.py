"""The classes, and the page of one: its pupils, their families, its teachers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.lib.sheets import Column, Table, Value
from truongso.people.http import Request
from truongso.people.models import Gender
from truongso.people.policy import allow
from truongso.people.roles import Role
from truongso.roster import access, classes
from truongso.roster.access import ClassSight
from truongso.roster.actions.exports import log_export
from truongso.roster.classes import Pupil
from truongso.roster.views.directory import FINDERS
from truongso.ui.downloads import excel


@allow(*FINDERS)
def class_index(request: Request) -> HttpResponse:
    """The classes one may open: straight to the list when there is one only."""
    found = classes.cards(classes.visible(request.actor), request.actor.on)
    if len(found) == 1:
        return redirect("class", found[0].unit.pk)
    own = request.actor.units(Role.HOMEROOM)
    return render(request, "roster/classes.html", {"cards": found, "own": own})


@allow(*FINDERS)
def classes_excel(request: Request) -> HttpResponse:
    found = classes.cards(classes.visible(request.actor), request.actor.on)
    log_export(by=request.actor, what="classes", count=len(found))
    columns = [Column(_("Lớp"), 10), Column(_("Khối"), 8), Column(_("Chủ nhiệm"), 28), Column(_("Số học sinh"), 12),
               Column(_("Nữ"), 8), Column(_("Số giáo viên"), 12)]  # fmt: skip
    lines = [[c.unit.name, c.grade, c.homeroom, c.pupils, c.girls, c.teachers] for c in found]
    return excel(_("Lớp học"), Table(_("Lớp học"), columns, lines))


@allow(*FINDERS)
def class_page(request: Request, pk: int) -> HttpResponse:
    unit, seen = access.class_for(request.actor, pk)
    pupils = classes.pupils(unit, request.actor.on)
    page = {
        "unit": unit,
        "seen": seen,
        "pupils": pupils,
        "girls": sum(1 for p in pupils if p.person.gender == Gender.FEMALE),
        "waiting": sum(1 for p in pupils if p.row.account is None or p.row.account.first_signed_in_at is None),
        "teachers": classes.teachers(unit, request.actor.on),
        "homeroom": classes.homeroom(unit, request.actor.on),
        "grade": classes.grade_of(unit),
        "register": getattr(unit, "school_class", None),
        "may_print_slips": seen.own or request.actor.has(Role.IT_ADMIN),
    }
    return render(request, "roster/class.html", page)


def _columns(seen: ClassSight) -> list[Column]:
    shown = [Column(_("STT"), 6), Column(_("Họ và tên"), 28), Column(_("Ngày sinh"), 12), Column(_("Giới tính"), 10)]
    if seen.family:
        shown.append(Column(_("Phụ huynh"), 40))
    if seen.contact:
        shown.append(Column(_("Điện thoại"), 16))
    return shown


def _line(number: int, pupil: Pupil, seen: ClassSight) -> list[Value]:
    person = pupil.person
    gender = str(person.get_gender_display()) if person.gender else ""
    line: list[Value] = [number, person.full_name, person.birth_date, gender]
    if seen.family:
        line.append(pupil.row.family)
    if seen.contact:
        line.append(pupil.phone)
    return line


@allow(*FINDERS)
def class_excel(request: Request, pk: int) -> HttpResponse:
    """The class's list as one sees it, as a file; taking it is logged."""
    unit, seen = access.class_for(request.actor, pk)
    pupils = classes.pupils(unit, request.actor.on)
    log_export(by=request.actor, what=f"class:{unit.pk}", count=len(pupils))
    lines = [_line(n, p, seen) for n, p in enumerate(pupils, 1)]
    title = _("Danh sách lớp %(name)s") % {"name": unit.name}
    return excel(title, Table(unit.name, _columns(seen), lines, title=title))


@allow(*FINDERS)
def class_print(request: Request, pk: int) -> HttpResponse:
    """The list on paper."""
    unit, seen = access.class_for(request.actor, pk)
    pupils = classes.pupils(unit, request.actor.on)
    homeroom = classes.homeroom(unit, request.actor.on)
    page = {"unit": unit, "seen": seen, "pupils": pupils, "homeroom": homeroom}
    return render(request, "roster/class_print.html", page)
