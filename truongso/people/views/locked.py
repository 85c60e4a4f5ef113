"""A session that lay idle asks for the password again; a form that was being sent is kept on the page and sent after."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from truongso.people.actions import accounts
from truongso.people.actions.sessions import touch
from truongso.people.forms import UnlockForm
from truongso.people.http import Request
from truongso.people.middleware import LOCKED_KEY
from truongso.people.policy import early, while_acting

KEPT = "kept-"
_NEVER_KEPT = {"csrfmiddlewaretoken", "password", "old", "credential", "code"}


def safe_path(request: HttpRequest, path: str) -> str:
    """A path of ours, or the first page."""
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else "/"


def keep_and_ask(request: HttpRequest) -> HttpResponse:
    """The lock page in answer to a sent form: it carries the form's values along."""
    kept = [(name, value) for name, values in request.POST.lists() if name not in _NEVER_KEPT for value in values]
    form = UnlockForm(account=request.user)  # type: ignore[arg-type]
    page = {"form": form, "kept": kept, "next": request.get_full_path(), "had_files": bool(request.FILES)}
    return render(request, "people/unlock.html", page, status=423)


@while_acting
@early
def unlock(request: Request) -> HttpResponse:
    path = safe_path(request, request.POST.get("next") or request.GET.get("next", "/"))
    kept = [(n.removeprefix(KEPT), v) for n, vs in request.POST.lists() if n.startswith(KEPT) for v in vs]
    form = UnlockForm(request.POST or None, account=request.user)
    if request.method != "POST" or not form.is_valid():
        if request.method == "POST" and accounts.note_failure(request.user):
            request.session.flush()
            return redirect("account_login")
        page = {"form": form, "kept": kept, "next": path, "had_files": False}
        return render(request, "people/unlock.html", page, status=422 if form.is_bound else 200)
    request.session.pop(LOCKED_KEY, None)
    accounts.note_success(request.user)
    touch(request.session.session_key or "", timezone.now())
    if kept:
        return render(request, "people/unlocked.html", {"kept": kept, "next": path})
    return redirect(path)
