from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.notify import access, actions, queries
from truongso.notify.forms import NoticeForm, WithdrawForm
from truongso.people.http import Request
from truongso.people.policy import allow, signed_in
from truongso.people.roles import Role

SENDERS = (*access.TO_ALL, Role.HOMEROOM)


@signed_in
def notices(request: Request) -> HttpResponse:
    """What one was told, newest first."""
    before = request.GET.get("before", "")
    found = list(queries.inbox(request.actor.person_id, int(before) if before.isdigit() else None)[: queries.PAGE + 1])
    older = f"?before={found[queries.PAGE - 1].pk}" if len(found) > queries.PAGE else None
    page = {"receipts": found[: queries.PAGE], "older": older, "may_send": request.actor.has(*SENDERS)}
    return render(request, "notify/notices.html", page)


@signed_in
def notice(request: Request, pk: int) -> HttpResponse:
    receipt = access.receipt_for(request.actor, pk)
    actions.read(by=request.actor, receipt=receipt)
    return render(request, "notify/notice.html", {"receipt": receipt, "notice": receipt.notice})


@signed_in
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    receipt = access.receipt_for(request.actor, pk)
    if actions.confirm(by=request.actor, receipt=receipt):
        messages.success(request, _("Đã ghi nhận: thầy cô, gia đình hoặc em đã đọc."))
    return redirect("today")


@allow(*SENDERS)
def compose(request: Request) -> HttpResponse:
    form = NoticeForm(request.POST or None, actor=request.actor, to_all=request.actor.has(*access.TO_ALL))
    if request.method != "POST" or not form.is_valid():
        return render(request, "notify/compose.html", {"form": form}, status=422 if form.is_bound else 200)
    data, audience = form.cleaned_data, form.audience()
    verdict = access.may_send(request.actor, audience)
    if not verdict:
        raise PermissionDenied(str(verdict.why))
    made = actions.send_notice(
        by=request.actor, title=data["title"], body=data["body"], to=audience, must_read=data["must_read"],
        deadline=data["deadline"],
    )  # fmt: skip
    messages.success(request, _("Đã gửi thông báo."))
    return redirect("notice_sent", made.pk)


@allow(*SENDERS)
def sent(request: Request) -> HttpResponse:
    everybody = request.actor.has(Role.HEAD)
    found = queries.sent(None if everybody else request.actor.person_id)[: queries.PAGE]
    return render(request, "notify/sent.html", {"notices": list(found)})


@allow(*SENDERS)
def sent_notice(request: Request, pk: int) -> HttpResponse:
    """How far a notice has got, and whom it has not reached."""
    found = access.notice_for(request.actor, pk)
    missing = list(queries.not_reached(found)[:200])
    page = {"notice": found, "reach": queries.reach(found), "missing": missing, "form": WithdrawForm()}
    return render(request, "notify/sent_notice.html", page)


@allow(*SENDERS)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    found = access.notice_for(request.actor, pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        page = {"notice": found, "reach": queries.reach(found), "missing": [], "form": form}
        return render(request, "notify/sent_notice.html", page, status=422)
    actions.withdraw(by=request.actor, notice=found, why=form.cleaned_data["why"])
    messages.success(request, _("Đã thu hồi thông báo."))
    return redirect("notices_sent")
