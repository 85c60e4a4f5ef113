"""A period outside the timetable: for which class, of which lesson, when."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.models import Unit, UnitKind
from truongso.people.policy import allow
from truongso.people.roles import Role
from truongso.roster.models import TeachingAssignment
from truongso.timetable import access, rules
from truongso.timetable.actions import periods
from truongso.timetable.forms.rearrange import PlaceForm
from truongso.timetable.models import PeriodChange
from truongso.timetable.queries.places import Wanted
from truongso.timetable.views.rearrange import grid
from truongso.ui.jinja import url

LEADERS = (Role.HEAD, Role.DEPUTY)


@allow(*LEADERS)
def choose_class(request: Request) -> HttpResponse:
    classes = Unit.objects.filter(
        kind=UnitKind.CLASS, during__contains=request.actor.on, teaching__during__contains=request.actor.on
    )
    return render(request, "timetable/add_class.html", {"classes": classes.distinct().order_by("name")})


@allow(*LEADERS)
def add(request: Request, pk: int) -> HttpResponse:
    """First which of the class's lessons, then when: its teacher must be free as well."""
    unit = access.class_for(request.actor, pk)
    access.insist(rules.may_rearrange(request.actor))
    taught = list(
        TeachingAssignment.objects.on(request.actor.on).filter(unit=unit).select_related("subject", "part", "person")
    )
    asked = request.GET.get("teaching", "")
    one = next((t for t in taught if str(t.pk) == asked), None)
    if one is None:
        return render(request, "timetable/add_lesson.html", {"unit": unit, "taught": taught})
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day, shift, number = form.cleaned_data["number"]
        try:
            made = periods.add_period(
                by=request.actor, unit=unit, subject=one.subject, part=one.part, person=one.person, day=day, shift=shift,
                number=number, reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except ValidationError as error:
            add_errors(form, error)
        else:
            change = PeriodChange.objects.filter(period=made).latest("pk")
            messages.success(request, _("Đã thêm tiết."), extra_tags=f"undo:{url('period_undo', change.pk)}")
            return redirect("period", made.pk)
    page: dict[str, Any] = {"unit": unit, "one": one, "form": form}
    page |= grid(request, Wanted(unit.pk, one.person_id, None), request.actor.on)
    return render(request, "timetable/add_when.html", page, status=422 if form.errors else 200)
