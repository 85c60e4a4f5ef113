"""The family's absence note: written by a guardian, read by the homeroom teacher."""

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
from truongso.people.models import Person
from truongso.people.policy import allow
from truongso.people.roles import Role
from truongso.timetable import roll_access
from truongso.timetable.actions import notes as verbs
from truongso.timetable.forms.notes import NoteForm
from truongso.timetable.queries import notes as queries
from truongso.timetable.queries.rolls import pupils_on

HOMEROOM = (Role.HOMEROOM, Role.HEAD, Role.DEPUTY)


@allow(Role.GUARDIAN)
def absence(request: Request) -> HttpResponse:
    """Write a note for a child, and see what became of the earlier ones."""
    children = roll_access.children_of(request.actor)
    start = {"first": request.actor.on, "child": request.GET.get("child", "")}
    form = NoteForm(request.POST or None, children=children, initial=start)
    if request.method == "POST" and form.is_valid() and _sent(request, form, children, by_school=False):
        return redirect("absence")
    page = {
        "form": form,
        "notes": queries.of_children([c.pk for c in children]),
        "when": verbs.when,
        "children": children,
    }
    return render(request, "timetable/absence.html", page, status=422 if form.errors else 200)


@allow(*HOMEROOM)
def class_notes(request: Request, pk: int) -> HttpResponse:
    """The notes of a class, those not read first; and one written down for a family that called."""
    unit = roll_access.class_notes_for(request.actor, pk)
    children = [person for _unit, person in pupils_on([pk], request.actor.on)]
    form = NoteForm(request.POST or None, children=children, many=True, initial={"first": request.actor.on})
    if request.method == "POST" and form.is_valid() and _sent(request, form, children, by_school=True):
        return redirect("class_notes", pk)
    page = {"unit": unit, "form": form, "notes": queries.of_class(pk, request.actor.on), "when": verbs.when}
    return render(request, "timetable/notes.html", page, status=422 if form.errors else 200)


def _sent(request: Request, form: NoteForm, children: list[Person], *, by_school: bool) -> bool:
    data = form.cleaned_data
    child = next(c for c in children if c.pk == data["child"])
    try:
        sent = verbs.send_note(
            by=request.actor, child=child, first=data["first"], last=data["last"], shift=data["shift"], reason=form.reason,
            by_school=by_school,
        )  # fmt: skip
    except ValidationError as error:
        add_errors(form, error)
        return False
    if sent.note.after_lock:
        messages.warning(request, _("Buổi ấy đã khoá sổ. Đơn vẫn được ghi lại và gửi giáo viên chủ nhiệm."))
    elif sent.excused:
        text = ngettext(
            "Đã ghi. %(num)s lần vắng nay là có phép.", "Đã ghi. %(num)s lần vắng nay là có phép.", sent.excused
        )
        messages.success(request, text % {"num": sent.excused})
    else:
        messages.success(request, _("Đã ghi đơn.") if by_school else _("Đã gửi đơn cho giáo viên chủ nhiệm."))
    return True


@require_POST
@allow(Role.GUARDIAN, *HOMEROOM)
def note_withdraw(request: Request, pk: int) -> HttpResponse:
    note = roll_access.note_to_withdraw(request.actor, pk)
    verbs.withdraw_note(by=request.actor, note=note)
    messages.success(request, _("Đã rút đơn."))
    unit = queries.class_of(note, request.actor.on)
    return redirect("class_notes", unit) if note.by_school and unit else redirect("absence")


@require_POST
@allow(*HOMEROOM)
def note_mark_seen(request: Request, pk: int) -> HttpResponse:
    note = roll_access.note_to_see(request.actor, pk)
    verbs.note_seen(by=request.actor, note=note)
    unit = queries.class_of(note, request.actor.on)
    return redirect("class_notes", unit) if unit else redirect("today")
