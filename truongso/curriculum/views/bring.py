"""A table or a file into a programme: read, shown to be corrected, taken."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.curriculum import access, proposals
from truongso.curriculum.actions.arrange import arrangement_of
from truongso.curriculum.actions.drafts import apply_draft
from truongso.curriculum.actions.outline import make_programme
from truongso.curriculum.annex import grid, packed, reasons
from truongso.curriculum.annex.draft import Draft, read_each
from truongso.curriculum.annex.grid import Source
from truongso.curriculum.annex.mend import mend
from truongso.curriculum.annex.opened import Refused, open_file
from truongso.curriculum.forms import FileForm, PasteForm, TargetForm
from truongso.curriculum.models import Programme
from truongso.curriculum.proposals import Proposal
from truongso.curriculum.views.editing import offer_undo
from truongso.people.http import Request
from truongso.people.policy import signed_in
from truongso.ui.forms import Form


@dataclass(slots=True)
class Box:
    """The page where one pastes or chooses a file."""

    programme: Programme | None
    paste: PasteForm = field(default_factory=PasteForm)
    file: FileForm = field(default_factory=FileForm)


@signed_in
def bring(request: Request, pk: int) -> HttpResponse:
    """Into this programme."""
    found = access.programme_for(request.actor, pk, edit=True)
    return _answer(request, Box(found))


@signed_in
def bring_any(request: Request) -> HttpResponse:
    """A file that says itself of which subject and grade it is, or of several grades."""
    return _answer(request, Box(None))


def _answer(request: Request, box: Box) -> HttpResponse:
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do in {"compare", "take"}:
        return _take(request, box) if do == "take" else _preview(request, box, *_carried(request))
    if do in {"paste", "file"}:
        source = _source(request, box, do)
        if source is not None:
            drafts = [d for d in read_each(source) if d.lessons or d.wrong]
            if box.programme is not None and len(drafts) > 1:
                drafts = [d for d in drafts if box.programme.grade in d.grades] or drafts[:1]
            if drafts:
                return _preview(request, box, drafts[0], drafts[1:])
            form: Form = box.paste if do == "paste" else box.file
            form.add_error("text" if do == "paste" else "file", proposals.nothing_found())
    may = access.sight(request.actor)
    page = {"box": box, "programme": box.programme, "any": may.all or bool(may.subjects)}
    return render(request, "curriculum/bring.html", page, status=422 if do else 200)


def _source(request: Request, box: Box, do: str) -> Source | None:
    if do == "paste":
        box.paste = PasteForm(request.POST)
        if not box.paste.is_valid():
            return None
        markup = box.paste.cleaned_data["markup"]
        return grid.from_html(markup) if "<table" in markup.lower() else grid.from_text(box.paste.cleaned_data["text"])
    box.file = FileForm(request.POST, request.FILES)
    if not box.file.is_valid():
        return None
    try:
        return open_file(box.file.cleaned_data["file"].read())
    except Refused as error:
        box.file.add_error("file", error.why)
        return None


def _carried(request: Request) -> tuple[Draft, list[Draft]]:
    """The draft in hand, and those of other grades that wait."""
    try:
        waiting = json.loads(request.POST.get("rest", "[]"))
        return packed.unpack(request.POST.get("draft", "")), [packed.unpack(text) for text in waiting]
    except (ValueError, TypeError):
        raise SuspiciousOperation("not a draft of ours") from None


def _proposal(request: Request, box: Box, draft: Draft, target: TargetForm) -> Proposal:
    p = box.programme
    if p is not None:
        return proposals.of_draft(draft, request.actor.on, p.subject, p.grade, p.year)
    said = target.cleaned_data if target.is_bound and target.is_valid() else {}
    return proposals.of_draft(draft, request.actor.on, said.get("subject"), said.get("grade"), said.get("year"))


def _preview(
    request: Request, box: Box, draft: Draft, rest: list[Draft], errors: dict[str, str] | None = None
) -> HttpResponse:
    again = "draft" in request.POST
    target = TargetForm(request.POST if again else None, actor=request.actor)
    one = _proposal(request, box, draft, target)
    if not again:
        target.initial = {"subject": one.subject, "grade": one.grade, "year": one.year}
    problems = {name: reasons.of_reason(why) for name, why in (errors or {}).items()}
    page: dict[str, Any] = {
        "one": one, "programme": box.programme, "target": target, "packed": packed.pack(draft), "errors": problems,
        "rest": json.dumps([packed.pack(d) for d in rest], ensure_ascii=False), "waiting": len(rest), "fields": reasons.FIELDS,
        "typed": request.POST if errors is not None else {}, "taken": set(request.POST.getlist("take")) if errors is not None else None,
        "topics": _by_topic(one), "wrong": [(f"w{i}", w, reasons.sentence(w)) for i, w in enumerate(draft.wrong)],
    }  # fmt: skip
    return render(
        request, "curriculum/preview.html", page, status=422 if errors is not None or (again and one.missing) else 200
    )


def _by_topic(one: Proposal) -> list[tuple[str, list[Any]]]:
    found: list[tuple[str, list[Any]]] = []
    for topic in one.draft.topics:
        found.append((topic.title, [line for line in one.found.lines if line.topic is topic]))
    return found


def _take(request: Request, box: Box) -> HttpResponse:
    draft, rest = _carried(request)
    target = TargetForm(request.POST, actor=request.actor)
    one = _proposal(request, box, draft, target)
    fixed = mend(draft, request.POST.dict(), set(request.POST.getlist("take")))
    unclear = box.programme is None and not target.is_valid()
    if unclear or one.missing or fixed.errors or one.subject is None or one.grade is None or one.year is None:
        return _preview(request, box, *_carried(request), errors=fixed.errors)
    access.insist(access.edit_verdict(request.actor, one.subject.pk))
    programme = make_programme(by=request.actor, subject=one.subject, grade=one.grade, year=one.year)
    before = arrangement_of(programme)
    every = set(range(len(fixed.draft.lessons)))
    done = apply_draft(
        by=request.actor, programme=programme, draft=fixed.draft, overwrite=every - fixed.skip, skip=fixed.skip
    )  # fmt: skip
    said = _("%(name)s: %(new)d bài mới, %(changed)d bài thay đổi, %(same)d bài như cũ.") % {
        "name": programme, "new": done.new, "changed": done.changed, "same": done.same,
    }  # fmt: skip
    messages.success(request, said, extra_tags="" if done.changed or done.same else offer_undo(programme, before))
    if rest:
        return _next(request, rest)
    return redirect("programme", programme.pk)


def _next(request: Request, rest: list[Draft]) -> HttpResponse:
    """The next grade of the same file."""
    request.POST = request.POST.__class__(mutable=True)  # what was typed belonged to the one before
    return _preview(request, Box(None), rest[0], rest[1:])
