"""Lists edited in place: one path for a row's form, its saving, its removal and the way back.

A page keeps one address. `?edit=holiday-12` opens that row's form where the row stands (a link without script, a swap
with it), the form posts to the page, and the answer is the page again: so every list works alike, also in the wizard.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.lib import dates
from truongso.people.actor import Actor
from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.school import actions, setup
from truongso.school.access import Part, may_change
from truongso.school.forms.rows import RowForm
from truongso.ui.jinja import url

_SALT = "school.undo"


@dataclass(frozen=True, slots=True)
class Listing:
    """One kind of row: its form, where it is found, what its verbs are. `scope` is what the list belongs to."""

    key: str
    part: Part
    form: type[RowForm]
    find: Callable[[Any, int], Any]
    initial: Callable[[Any], dict[str, Any]]
    keep: Callable[[Actor, Any, Any, dict[str, Any]], object]
    remove: Callable[[Actor, Any], None] | None = None
    rescope: Callable[[int], Any] = lambda pk: None  # finds the scope again, for an undo
    # What saving would do elsewhere, to be agreed to first; and what there is to say once it is saved.
    asks: Callable[[Any, dict[str, Any]], list[str]] = lambda row, data: []
    says: Callable[[dict[str, Any]], list[str]] = lambda data: []

    def __post_init__(self) -> None:
        LISTINGS[self.key] = self


LISTINGS: dict[str, Listing] = {}


@dataclass(slots=True)
class Editing:
    """What is open on the page: "holiday-12", "holiday-new" or "" when nothing is."""

    key: str = ""
    form: RowForm | None = None
    status: int = 200
    removable: bool = False
    refusal: str = ""
    question: str = ""  # to be agreed to by pressing once more


def back(request: Request) -> str:
    """The page's own address with what it was asked for, and nothing open."""
    asked = request.GET.copy()
    asked.pop("edit", None)
    return f"{request.path}?{asked.urlencode()}" if asked else request.path


def saved(request: Request) -> HttpResponse:
    """After a sheet was saved: the page again, or the wizard's next step when it was saved by going on."""
    key = request.POST.get("onward", "")
    if key not in setup.BY_KEY or getattr(request, "frame", None) is None:
        return redirect(back(request))
    actions.record_step(by=request.actor, step=key, state="done")
    onward = setup.progress().after(key)
    return redirect("school_setup_step", onward.key) if onward else redirect("school")


def edit(request: Request, *listings: Listing, scope: Any = None) -> Editing | HttpResponse:
    """What of these lists is open, or the answer to what was just saved or removed."""
    asked = request.POST.get("row", "") if request.method == "POST" else request.GET.get("edit", "")
    parts = re.fullmatch(r"([a-z]+)-(new|\d{1,9})", asked)
    listing = next((x for x in listings if parts and x.key == parts[1]), None)
    if listing is None or parts is None:
        if request.method == "POST":
            raise Http404
        return Editing()
    row = None if parts[2] == "new" else listing.find(scope, int(parts[2]))
    if parts[2] != "new" and row is None:
        if request.method == "POST":
            raise Http404
        return Editing()
    if request.method != "POST":
        return _opened(request, listing, asked, row, scope)
    if request.POST.get("do") == "remove" and row is not None and listing.remove is not None:
        return _removed(request, listing, asked, row, scope)
    return _saved(request, listing, asked, row, scope)


def _saved(request: Request, listing: Listing, asked: str, row: Any, scope: Any) -> Editing | HttpResponse:
    """The row as typed is kept, when what it does elsewhere was agreed to; else its form again."""
    form = listing.form(request.POST, scope=scope, by=request.actor, auto_id=f"{listing.key}_%s")
    removable = row is not None and listing.remove is not None
    if form.is_valid():
        question = " ".join(listing.asks(row, form.cleaned_data))
        if question != request.POST.get("agreed", ""):
            return Editing(asked, form, 422, removable, question=question)
        try:
            listing.keep(request.actor, scope, row, form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _kept(request, listing, form.cleaned_data)
    return Editing(asked, form, 422, removable)


def _kept(request: Request, listing: Listing, data: dict[str, Any]) -> HttpResponse:
    messages.success(request, _("Đã lưu."))
    for sentence in listing.says(data):
        messages.info(request, sentence)
    return HttpResponseRedirect(back(request))


def _opened(request: Request, listing: Listing, asked: str, row: Any, scope: Any) -> Editing:
    if not may_change(request.actor, listing.part):
        return Editing()
    initial = listing.initial(row) if row is not None else None
    form = listing.form(initial=initial, scope=scope, by=request.actor, auto_id=f"{listing.key}_%s")
    return Editing(asked, form, removable=row is not None and listing.remove is not None)


def _removed(request: Request, listing: Listing, asked: str, row: Any, scope: Any) -> Editing | HttpResponse:
    kept = {"list": listing.key, "scope": getattr(scope, "pk", None), "data": _as_typed(request, listing, row, scope)}
    name = str(row)
    assert listing.remove is not None
    try:
        listing.remove(request.actor, row)
    except ValidationError as error:
        found = _opened(request, listing, asked, row, scope)
        found.status, found.refusal = 422, error.messages[0]
        return found
    tags = "undo:" + url("school_undo", signing.dumps(kept, salt=_SALT, compress=True))
    messages.success(request, _("Đã xoá “%(name)s”.") % {"name": name}, extra_tags=tags)
    return HttpResponseRedirect(back(request))


def _as_typed(request: Request, listing: Listing, row: Any, scope: Any) -> dict[str, Any]:
    """The row as its form would post it: what an undo posts again."""
    form = listing.form(initial=listing.initial(row), scope=scope, by=request.actor)
    found: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, list | tuple):
            found[bound.name] = [str(v) for v in value]
        elif isinstance(value, date):
            found[bound.name] = dates.show(value)
        elif value not in (None, False):
            found[bound.name] = "on" if value is True else str(value)
    return found


def put_back(request: Request, token: str) -> bool:
    """Enter again what a token of a removal holds; False when it cannot be."""
    try:
        kept = signing.loads(token, salt=_SALT, max_age=3600)
    except signing.BadSignature:
        raise Http404 from None
    listing = LISTINGS[kept["list"]]
    scope = listing.rescope(kept["scope"]) if kept["scope"] is not None else None
    form = listing.form(_posted(kept["data"]), scope=scope, by=request.actor)
    if not form.is_valid():
        return False
    try:
        listing.keep(request.actor, scope, None, form.cleaned_data)
    except ValidationError:
        return False
    return True


def _posted(data: dict[str, Any]) -> Any:
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def show(request: Request, template: str, editing: Editing, part: Part, **page: Any) -> HttpResponse:
    """The page, in the wizard's frame when the wizard leads here."""
    page |= {
        "editing": editing, "back": back(request), "frame": getattr(request, "frame", None),
        "may": may_change(request.actor, part),
    }  # fmt: skip
    return render(request, template, page, status=editing.status)
