from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.curriculum import access, examples, queries
from truongso.curriculum.annex.document import annex_one
from truongso.curriculum.annex.to_docx import to_docx
from truongso.curriculum.annex.to_xlsx import tables
from truongso.curriculum.models import PeriodicTest, Programme, ProgrammeState
from truongso.curriculum.views import editing
from truongso.documents.kinds import KINDS
from truongso.people.http import Request
from truongso.people.policy import signed_in
from truongso.ui.downloads import download, excel


@signed_in
def programme(request: Request, pk: int) -> HttpResponse:
    """The outline: to read, and for the group's head and the school's to edit in place."""
    found = access.programme_for(request.actor, pk, edit=request.method == "POST")
    may = access.edit_verdict(request.actor, found.subject_id)
    if request.method == "POST":
        answer = editing.act(request, found)
        if isinstance(answer, HttpResponse):
            return answer
    else:
        answer = editing.opened(found, request.GET.get("edit", "")) if may else editing.Opened()
    page = {**_outline(found), "opened": answer, "may": may}
    if may:
        page |= {"dropped": queries.dropped(found), "example": (found.subject.code, found.grade) in examples.known()}
    return render(request, "curriculum/programme.html", page, status=answer.status)


def _outline(found: Programme) -> dict[str, Any]:
    outline = queries.outline(found)
    held, planned = sum(t.periods for t in outline), queries.planned_periods(found)
    return {
        "programme": found, "outline": outline, "held": held, "planned": planned, "short": (planned or held) - held,
        "in_use": found.state == ProgrammeState.IN_USE,
        "tests": [[_named(t), f"{t.minutes} " + _("phút") if t.minutes else "", t.when, t.outcomes, t.form] for t in found.tests.all()],
        "resources": [[r.name, r.get_kind_display(), r.quantity, r.used_for, r.note] for r in found.resources.all()],
    }  # fmt: skip


def _named(test: PeriodicTest) -> str:
    which = _("Cuối học kì %(n)s") if test.final else _("Giữa học kì %(n)s")
    return which % {"n": "I" if test.term == 1 else "II"}


@signed_in
def programme_print(request: Request, pk: int) -> HttpResponse:
    """The distribution as a table, to print."""
    found = access.programme_for(request.actor, pk)
    return render(request, "curriculum/print.html", _outline(found))


@signed_in
def programme_file(request: Request, pk: int, kind: str) -> HttpResponse:
    """Annex I, as Word or Excel."""
    found = access.programme_for(request.actor, pk)
    annex = annex_one(found, request.actor.on)
    name = _("Phụ lục I") + f" {found.subject.short_name} {found.grade} {found.year.name}"
    if kind == "excel":
        return excel(name, *tables(annex))
    return download(to_docx(annex), name=f"{name}.docx", content_type=KINDS["docx"].mime)


@signed_in
@require_POST
def programme_undo(request: Request, pk: int, token: str) -> HttpResponse:
    found = access.programme_for(request.actor, pk, edit=True)
    editing.undo(request.actor, found, token)
    messages.success(request, _("Đã trở lại như trước."))
    return redirect("programme", pk)
