"""A pupil's steps: into a class, to another, away, back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.roster import access
from truongso.roster.actions import pupils
from truongso.roster.forms import PupilForm, PupilRecordForm
from truongso.roster.forms.moves import ChangeClassForm, LeaveForm, ReturnForm, TransferOutForm
from truongso.roster.models import MovementKind
from truongso.roster.rules import KEEPERS
from truongso.roster.views.answers import form_page

_FORMS: dict[str, type[Any]] = {
    "class": ChangeClassForm,
    "out": TransferOutForm,
    "leave": LeaveForm,
    "return": ReturnForm,
}


@allow(*KEEPERS)
def move(request: Request, pk: int, what: str) -> HttpResponse:
    """One step; `what` is class, out, leave or return."""
    found = access.kept_person(request.actor, pk)
    if what not in _FORMS:
        raise Http404
    day = request.actor.on
    form = _FORMS[what](request.POST or None, actor=request.actor, initial={"first": day, "last": day})
    words: dict[str, Any] = {"by": request.actor, "person": found}
    do = {
        "class": lambda data: pupils.change_class(**words, **data),
        "out": lambda data: pupils.take_out(**words, kind=MovementKind.TRANSFER_OUT, **data),
        "leave": lambda data: pupils.take_out(**words, kind=MovementKind.LEAVE, **data),
        "return": lambda data: pupils.enrol(**words, kind=MovementKind.RETURN, **data),
    }[what]
    headings = {
        "class": _("Chuyển lớp"),
        "out": _("Chuyển trường"),
        "leave": _("Thôi học"),
        "return": _("Nhận học lại"),
    }
    return form_page(request, found, form, headings[what], do, done=_("Đã ghi."), save=headings[what])


@allow(*KEEPERS)
def pupil_add(request: Request, pk: int) -> HttpResponse:
    """A new pupil into a class: entered and enrolled in one step."""
    unit = access.kept_class(request.actor, pk)
    form = PupilForm(request.POST or None, initial={"first": request.actor.on})
    if request.method == "POST" and form.is_valid():
        try:
            made = pupils.bring_pupil(by=request.actor, unit=unit, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            words = {"name": made.full_name, "class": unit.name}
            messages.success(request, _("Đã nhận %(name)s vào lớp %(class)s.") % words)
            return redirect("person", made.pk)
    return render(request, "roster/pupil_add.html", {"form": form, "unit": unit}, status=422 if form.errors else 200)


@allow(*KEEPERS)
def record(request: Request, pk: int) -> HttpResponse:
    """What the register keeps of a pupil besides."""
    found = access.kept_person(request.actor, pk)
    now = getattr(found, "pupil_record", None)
    initial = {name: getattr(now, name) or "" for name in PupilRecordForm.base_fields} if now else {}
    form = PupilRecordForm(request.POST or None, initial=initial)
    return form_page(
        request, found, form, _("Hồ sơ học sinh"),
        lambda data: pupils.save_pupil_record(by=request.actor, person=found, **data),
    )  # fmt: skip
