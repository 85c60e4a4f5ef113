"""The register of all classes by weeks: where lines are missing, who is reminded, what the school signs at once."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import Role
from truongso.school.models import Week
from truongso.school.queries import classes_of, current_year
from truongso.timetable import access, layout, rules
from truongso.timetable.actions import register_weeks as verbs
from truongso.timetable.models import RegisterWeek
from truongso.timetable.queries.gaps import unsigned
from truongso.timetable.queries.register_week import board
from truongso.timetable.views.register_weeks import READERS, monday_of

SHOWN = 8  # weeks


@allow(*READERS)
def register(request: Request) -> HttpResponse:
    """Leaders see all classes by weeks with their gaps; others their classes."""
    year, this = current_year(request.actor.on), layout.monday(request.actor.on)
    classes = [c.unit for c in classes_of(year)] if year else []
    leads = request.actor.has(*rules.LEADERS, Role.INSPECTOR)
    own = classes if leads else [u for u in classes if u.pk in access.register_classes(request.actor)]
    last = min(monday_of(request), this)
    weeks = (
        list(Week.objects.filter(year=year, first_day__lte=last).order_by("-first_day")[:SHOWN])[::-1] if year else []
    )
    cells = board(own, [w.first_day for w in weeks])
    page = {
        "classes": own, "weeks": weeks, "cells": cells, "leads": bool(rules.may_lead_register(request.actor)),
        "homeroom": bool(request.actor.units(Role.HOMEROOM)),
        "gaps": unsigned(units=[u.pk for u in own]).count() if own else 0, "this": this,
        "ready": {w.first_day: sum(1 for u in own if (c := cells.get((u.pk, w.first_day))) and c.ready) for w in weeks},
        "older": weeks[0].first_day - timedelta(days=7) if weeks and weeks[0].number > 1 else None,
        "newer": min(last + timedelta(weeks=SHOWN), this) if last < this else None,
    }  # fmt: skip
    return render(request, "timetable/register.html", page)


@allow(Role.HEAD, Role.DEPUTY)
@require_POST
def register_sign_all(request: Request) -> HttpResponse:
    """The school signs every class's week that lacks no line and that its homeroom teacher has signed."""
    access.insist(rules.may_lead_register(request.actor))
    monday = monday_of(request)
    units = [week.unit for week in RegisterWeek.objects.filter(monday=monday, head_at=None).select_related("unit")]
    cells = board(units, [monday])
    ready = [unit for unit in units if (unit.pk, monday) in cells and cells[unit.pk, monday].ready]
    try:
        done = verbs.sign_weeks(by=request.actor, units=ready, monday=monday)
    except ValidationError as error:
        messages.info(request, error.messages[0])
        return redirect("register")
    messages.success(request, ngettext("Đã kí sổ của %(num)s lớp.", "Đã kí sổ của %(num)s lớp.", done) % {"num": done})
    return redirect("register")


@allow(Role.HEAD, Role.DEPUTY, Role.HOMEROOM)
@require_POST
def register_remind(request: Request) -> HttpResponse:
    """Leaders remind all teachers with periods to sign, the homeroom teacher those of the own class."""
    units = None if rules.may_lead_register(request.actor) else request.actor.units(Role.HOMEROOM)
    access.insist(rules.may_sign_week(request.actor, homeroom=True))
    try:
        told = verbs.remind(by=request.actor, units=units)
    except ValidationError as error:
        messages.info(request, error.messages[0])
    else:
        messages.success(
            request, ngettext("Đã nhắc %(num)s thầy cô.", "Đã nhắc %(num)s thầy cô.", told) % {"num": told}
        )
    return redirect("register")
