from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from truongso.notify import actions as notify_actions
from truongso.notify.models import Preference
from truongso.people.actions.accounts import set_language
from truongso.people.http import Request
from truongso.people.middleware import LANGUAGE_COOKIE
from truongso.people.policy import early, public, signed_in
from truongso.people.views.locked import safe_path
from truongso.shell.context import THEME_COOKIE
from truongso.shell.nav import links

YEAR = 365 * 24 * 3600


@signed_in
def more(request: Request) -> HttpResponse:
    """The phone's last tab: everything that did not fit in the bar."""
    return render(request, "shell/more.html", {"items": links(request, request.actor, 0)})


@signed_in
def settings_page(request: Request) -> HttpResponse:
    by_mail = Preference.objects.filter(person_id=request.actor.person_id).values_list("by_mail", flat=True).first()
    return render(request, "shell/settings.html", {"by_mail": by_mail is not False})


@signed_in
@require_POST
def preference(request: Request) -> HttpResponse:
    notify_actions.set_preference(by=request.actor, by_mail=request.POST.get("by_mail") == "1")
    messages.success(request, _("Đã lưu."))
    return redirect("settings")


@public
@require_POST
def language(request: Request) -> HttpResponse:
    """Vietnamese or English: kept in this browser, and with the account when signed in."""
    chosen = "en" if request.POST.get("language") == "en" else "vi"
    if request.user.is_authenticated and request.actor.acting_account_id is None:
        set_language(account=request.user, language=chosen)
    answer = redirect(safe_path(request, request.POST.get("next", "/")))
    answer.set_cookie(
        LANGUAGE_COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
    )
    return answer


@public
@require_POST
def theme(request: Request) -> HttpResponse:
    chosen = request.POST.get("theme", "")
    answer = redirect(safe_path(request, request.POST.get("next", "/")))
    if chosen in {"light", "dark"}:
        answer.set_cookie(THEME_COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        answer.delete_cookie(THEME_COOKIE)
    return answer


@early
def help_page(request: Request) -> HttpResponse:
    return render(request, "shell/help.html")


@public
def offline(request: HttpRequest) -> HttpResponse:
    """What a phone shows when there is neither line nor kept page."""
    return render(request, "ui/errors/offline.html")


@public
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    icons = [
        {"src": f"/static/icons/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    icons[2]["src"] = "/static/icons/maskable-512.png"
    body = {
        "name": "Trường Số", "short_name": "Trường Số", "lang": "vi", "start_url": "/", "scope": "/", "display": "standalone",
        "background_color": "#f8f4ec", "theme_color": "#1d3c30", "icons": icons,
    }  # fmt: skip
    return HttpResponse(json.dumps(body, ensure_ascii=False), content_type="application/manifest+json")


@public
def service_worker(request: HttpRequest) -> HttpResponseBase:
    path = Path(settings.FRONTEND_DIST) / "sw.js"
    answer = FileResponse(path.open("rb"), content_type="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@public
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the product can be used, 503 when not; either way what each part says."""
    from truongso.shell.health import health

    found = health()
    answer = JsonResponse(found, status=200 if found["ok"] else 503)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # who asks again and again must not fill the log
    return answer
