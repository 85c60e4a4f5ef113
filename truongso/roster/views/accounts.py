"""Accounts and slips: who has none, who never came in, and the paper that lets them in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from truongso.lib.sheets import Column, Table
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import Role
from truongso.roster import account_access, account_queries
from truongso.roster.account_queries import AccountRow, Scope, State
from truongso.roster.actions import accounts as verbs
from truongso.roster.actions import slips
from truongso.roster.forms_accounts import PrintForm, ScopeForm
from truongso.roster.slips import address_for_phones
from truongso.ui.downloads import download, excel

READERS = (Role.HOMEROOM, Role.IT_ADMIN, Role.HEAD, Role.DEPUTY)
PRINTERS = (Role.HOMEROOM, Role.IT_ADMIN)
PAGE = 50


def _asked(request: Request) -> tuple[ScopeForm, Scope, list[AccountRow]]:
    """What the page is about, and everybody in it whatever their state."""
    within = account_access.classes_of(request.actor)
    form = ScopeForm(request.GET or request.POST or None, actor=request.actor, within=within)
    scope = form.scope()
    whole = Scope(scope.kind, scope.grade, scope.unit_id)
    return form, scope, account_queries.rows(request.actor.on, whole, within)


@allow(*READERS)
def overview(request: Request) -> HttpResponse:
    """How far the school has come, by class; and the people, filtered."""
    form, scope, found = _asked(request)
    shown = [r for r in found if scope.state in {"", r.state}]
    start = account_access.start_of(request.GET.get("from", ""))
    query = request.GET.copy()
    page: dict[str, Any] = {
        "form": form, "rows": shown[start : start + PAGE], "total": len(shown), "State": State,
        "counts": account_queries.counts(found), "classes": account_queries.by_class(found),
        "may_print": request.actor.has(*PRINTERS), "query": form.query(),
        "older": None, "newer": None,
    }  # fmt: skip
    for name, at in (("older", start + PAGE), ("newer", start - PAGE)):
        if 0 <= at < len(shown):
            query["from"] = str(at)
            page[name] = f"?{query.urlencode()}"
    return render(request, "roster/accounts.html", page)


@allow(*READERS)
def sheet(request: Request) -> HttpResponse:
    """The same list as Excel: the state of accounts, no password."""
    _form, scope, found = _asked(request)
    columns = [
        Column(_("Họ và tên"), 28), Column(_("Là"), 14), Column(_("Lớp, con, vai trò"), 36), Column(_("Lớp"), 8),
        Column(_("Tên đăng nhập"), 20), Column(_("Tình trạng"), 18), Column(_("Vào lần đầu"), 14),
    ]  # fmt: skip
    lines = (
        (r.name, str(r.kind.label), r.about, r.class_name, r.login, str(r.state.label), r.first_in)
        for r in found
        if scope.state in {"", r.state}
    )
    return excel(_("Tài khoản"), Table(_("Tài khoản"), columns, lines))


@allow(*PRINTERS)
@never_cache
def print_slips(request: Request) -> HttpResponse:
    """Choose for whom; the file is made in the background."""
    scope_form, scope, found = _asked(request)
    able = account_queries.printable(request.actor, found)
    waiting = sum(r.first_in is None for r in able)
    form = PrintForm(request.POST if request.method == "POST" else None, initial={"who": "waiting"})
    if request.method == "POST" and form.is_valid():
        everybody = form.cleaned_data["who"] == "all"
        if able if everybody else waiting:
            rows = account_queries.by_family(able) if form.cleaned_data["families"] else able
            batch = slips.order_slips(
                by=request.actor, rows=rows, everybody=everybody, name=scope_form.title(),
                address=address_for_phones(request.scheme or "http", request.get_host()),
            )  # fmt: skip
            return redirect("slip_batch", batch.pk)
        form.add_error("who", _("Ai trong số này cũng đã vào rồi, không cần in phiếu."))
    page = {
        "form": form, "scope": scope, "query": scope_form.query(), "heading": scope_form.title(), "able": len(able),
        "waiting": waiting, "left_out": len(found) - len(able), "scope_form": scope_form,
    }  # fmt: skip
    return render(request, "roster/accounts_print.html", page, status=422 if form.errors else 200)


@allow(*PRINTERS)
@require_POST
def issue_many(request: Request) -> HttpResponse:
    """Accounts for everybody in the scope who has none."""
    form, _scope, found = _asked(request)
    made = verbs.issue_accounts(by=request.actor, rows=account_queries.printable(request.actor, found))
    messages.success(request, ngettext("Đã cấp %(num)s tài khoản.", "Đã cấp %(num)s tài khoản.", made) % {"num": made})
    return redirect(f"{account_access.address('accounts')}{form.query()}")


@allow(*PRINTERS)
@never_cache
def batch(request: Request, pk: int) -> HttpResponse:
    """How far the slips are; then the file, for a day."""
    found = account_access.batch_for(request.actor, pk)
    request.streams = [found.job.stream] if found.job else []
    return render(request, "roster/accounts_batch.html", {"batch": found, "job": found.job})


@allow(*PRINTERS)
@never_cache
def batch_file(request: Request, pk: int) -> HttpResponse:
    found = account_access.batch_for(request.actor, pk, need="file")
    content = slips.fetch_slips(by=request.actor, batch=found)
    return download(content, name=f"{_('Phiếu')} {found.name}.pdf", content_type="application/pdf", inline=True)


@allow(*PRINTERS)
@require_POST
def batch_wipe(request: Request, pk: int) -> HttpResponse:
    slips.wipe_slips(by=request.actor, batch=account_access.batch_for(request.actor, pk))
    messages.success(request, _("Đã xoá tệp phiếu. Phiếu trên giấy vẫn dùng được."))
    return redirect("accounts")
