"""The page "Nhà trường" and the first-run wizard: each step is the structure page itself, in a frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import Role
from truongso.school import actions, hub, setup
from truongso.school.access import KEEPERS, RULERS
from truongso.school.views import calendar, places, programme, units
from truongso.school.views.rows import Editing, put_back, show

ICONS: dict[hub.Section, str] = {
    "structure": "school", "people": "users", "teaching": "book-open", "conditions": "monitor",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """What the wizard puts around a page."""

    state: setup.StepState
    progress: setup.Progress
    before: setup.Step | None


@allow(*(hub.ALL_ROLES | KEEPERS))
def school(request: Request) -> HttpResponse:
    """Everything of the school that this person may look at or keep, in sections."""
    unfinished = None
    if request.actor.has(*RULERS):
        found = setup.progress()
        unfinished = found if found.left else None
    page = {"sections": hub.entries_for(request.actor), "unfinished": unfinished, "icons": ICONS}
    return render(request, "school/school.html", page)


@allow(*RULERS)
def overview(request: Request) -> HttpResponse:
    """All steps of the wizard, done, skipped and to do; goes on with the first of them."""
    return render(request, "school/setup.html", {"progress": setup.progress()})


@allow(*RULERS)
def step(request: Request, key: str) -> HttpResponse:
    if key not in setup.BY_KEY:
        raise Http404
    found = setup.progress()
    state = next(s for s in found.steps if s.step.key == key)
    request.frame = Frame(state, found, found.before(key))  # type: ignore[attr-defined]
    return PAGES[key](request)


@allow(*RULERS)
@require_POST
def move(request: Request, key: str) -> HttpResponse:
    """This step is done, or passed over for now; on to the next."""
    if key not in setup.BY_KEY:
        raise Http404
    state = "skipped" if request.POST.get("do") == "skip" else "done"
    actions.record_step(by=request.actor, step=key, state=state)
    onward = setup.progress().after(key)
    if onward is None:
        messages.success(request, _("Trường đã sẵn sàng."))
        return redirect("school")
    return redirect("school_setup_step", onward.key)


@allow(Role.HEAD, Role.DEPUTY, Role.IT_ADMIN, Role.CLERK)
@require_POST
def undo(request: Request, token: str) -> HttpResponse:
    """Enter again what was just removed."""
    if put_back(request, token):
        messages.success(request, _("Đã lấy lại."))
    else:
        messages.error(request, _("Không lấy lại được nữa, vì chỗ ấy đã có dữ liệu khác."))
    return redirect(request.headers.get("Referer") or "school")


def _address(*names: str) -> str:
    """The first of these pages that this install has."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    raise LookupError(names)


def _elsewhere(*names: str) -> Callable[[Request], HttpResponse]:
    """A step whose page belongs to another part: what it is for, and the way there."""

    def page(request: Request) -> HttpResponse:
        frame: Any = request.frame  # type: ignore[attr-defined]
        return show(
            request, "school/elsewhere.html", Editing(), "profile", step=frame.state.step, href=_address(*names)
        )

    return page


PAGES: dict[str, Callable[[Request], HttpResponse]] = {
    "profile": places.profile,
    "campuses": places.campuses,
    "calendar": calendar.calendar,
    "bells": places.bells,
    "subjects": programme.subjects,
    "periods": programme.periods,
    "groups": units.groups,
    "classes": units.classes,
    "people": _elsewhere("imports", "people"),
    "teaching": _elsewhere("teaching", "people"),
}
