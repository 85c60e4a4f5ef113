"""Looking in somebody's place, to help: announced to that person before the first page is seen."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.notify.actions import send_notice
from truongso.notify.audience import Audience
from truongso.people import access
from truongso.people.actions.support import start_support, stop_support
from truongso.people.forms import SupportForm
from truongso.people.http import Request
from truongso.people.middleware import SUPPORT_KEY
from truongso.people.policy import allow, early, while_acting
from truongso.people.roles import Role


@allow(Role.IT_ADMIN)
def start(request: Request, pk: int) -> HttpResponse:
    account = access.account_for(request.actor, pk, need="manage")
    form = SupportForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        page = {"form": form, "person": account.person}
        return render(request, "shell/support.html", page, status=422 if form.is_bound else 200)
    with transaction.atomic():
        session = start_support(by=request.actor, target=account, reason=form.cleaned_data["reason"])
        send_notice(
            by=request.actor,
            title=_("%(name)s đang xem thay để hỗ trợ") % {"name": request.actor.name},
            body=_("Lí do: %(reason)s. Chỉ xem, không làm thay, nhiều nhất 30 phút. Mọi trang đã xem đều ghi nhật kí.")
            % {"reason": session.reason},
            to=Audience.only(account.person_id),
        )
    request.session[SUPPORT_KEY] = {"target": account.pk, "until": session.until.isoformat(), "id": session.pk}
    return redirect("today")


@while_acting
@early
@require_POST
def stop(request: Request) -> HttpResponse:
    kept = request.session.pop(SUPPORT_KEY, None)
    if kept:
        stop_support(admin=request.user, support_id=kept["id"])
        messages.success(request, _("Đã thôi xem thay."))
    return redirect("people")
