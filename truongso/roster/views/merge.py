"""Persons who stand in the lists twice: proposed, looked at side by side, made one by somebody who decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.people import queries as people
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import Role
from truongso.roster import merge_access, merge_queries
from truongso.roster.actions import merge

MERGERS = (Role.HEAD, Role.IT_ADMIN)
FOUND = 30


@allow(*MERGERS)
def proposals(request: Request) -> HttpResponse:
    """Likely duplicates; or any two people, found by name: `first` is the one already picked."""
    search, first = request.GET.get("q", "")[:60], request.GET.get("first", "")
    picked = (
        people.people().filter(pk=int(first)).first()
        if first.isascii() and first.isdigit() and len(first) < 18
        else None
    )
    rows = people.with_roles(people.people(search), request.actor.on)[:FOUND] if search else []
    page = {
        "pairs": merge_queries.proposals(), "search": search, "picked": picked,
        "found": [p for p in rows if picked is None or p.pk != picked.pk],
    }  # fmt: skip
    return render(request, "roster/merge.html", page)


@allow(*MERGERS)
def compare(request: Request, kept: int, gone: int) -> HttpResponse:
    """Side by side. Merging cannot be undone, which stands before the button."""
    one, other = merge_access.pair_for(request.actor, kept, gone)
    problem = ""
    if request.method == "POST":
        try:
            merge.merge_persons(by=request.actor, kept=kept, gone=gone, **_wishes(request))
        except ValidationError as error:
            problem = error.messages[0]
        else:
            messages.success(request, _("Đã gộp hai hồ sơ thành một."))
            return redirect("person", kept)
    page = {
        "kept": one, "gone": other, "lines": merge_queries.compare(one, other), "problem": problem,
        "chosen": {k for k, v in request.POST.items() if v == "gone"},
        "accounts": [a for a in (getattr(one, "account", None), getattr(other, "account", None)) if a],
        "account_wanted": request.POST.get("account", ""),
        "of_kept": merge_queries.belongings(one), "of_gone": merge_queries.belongings(other),
        "verdict": merge_queries.merge_verdict(request.actor, kept, gone),
    }  # fmt: skip
    return render(request, "roster/merge_compare.html", page, status=422 if problem else 200)


def _wishes(request: Request) -> dict[str, Any]:
    account = request.POST.get("account", "")
    return {
        "choices": {key: value for key, value in request.POST.items() if "." in key},
        "account": int(account) if account.isascii() and account.isdigit() and len(account) < 18 else None,
    }


@allow(*MERGERS)
@require_POST
def apart(request: Request, kept: int, gone: int) -> HttpResponse:
    merge_access.pair_for(request.actor, kept, gone)
    merge.set_apart(by=request.actor, one=kept, other=gone)
    undo = reverse("duplicate_again", args=(kept, gone))
    messages.success(request, _("Đã ghi: đây là hai người khác nhau."), extra_tags=f"undo:{undo}")
    return redirect("duplicates")


@allow(*MERGERS)
@require_POST
def again(request: Request, kept: int, gone: int) -> HttpResponse:
    merge_access.pair_for(request.actor, kept, gone)
    merge.propose_again(by=request.actor, one=kept, other=gone)
    return redirect("duplicates")
