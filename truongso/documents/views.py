from __future__ import annotations

from typing import BinaryIO, cast
from urllib.parse import quote

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.documents import access, actions, queries, rules
from truongso.documents.kinds import KINDS
from truongso.documents.purposes import OWN
from truongso.people.http import Request
from truongso.people.policy import signed_in
from truongso.ui.jinja import url


@signed_in
def files(request: Request) -> HttpResponse:
    """One's own files; sending one without script comes here too."""
    problem = ""
    if request.method == "POST":
        problem = _take(request)
        if not problem:
            messages.success(request, _("Đã cất tệp."))
            return redirect("files")
    used, quota = queries.used_bytes(request.actor.person_id), rules.quota(request.actor)
    page = {
        "files": list(queries.files_of(request.actor.person_id)[:200]),
        "deleted": list(queries.deleted_of(request.actor.person_id)[:50]),
        "used": rules.shown_size(used), "quota": rules.shown_size(quota), "percent": min(100, 100 * used // quota),
        "problem": problem, "size": rules.shown_size,
    }  # fmt: skip
    return render(request, "documents/files.html", page, status=422 if problem else 200)


def _take(request: Request) -> str:
    """Keep the file of the form; returns the sentence that says why not."""
    if request.POST.get("upload"):
        upload = access.upload_for(request.actor, request.POST["upload"])
        return "" if upload.file_id else _("Tệp chưa gửi xong. Xin đợi thanh tiến độ đầy rồi bấm lại.")
    sent = request.FILES.get("file")
    if sent is None:
        return _("Chưa chọn tệp. Xin chọn một tệp.")
    try:
        actions.keep_whole(
            by=request.actor, purpose=OWN, name=sent.name or "", size=sent.size or 0, content=cast(BinaryIO, sent.file)
        )
    except actions.Refused as refused:
        return refused.messages[0]
    return ""


@signed_in
def file(request: Request, public_id: str, name: str = "") -> HttpResponse:
    """Hand a file over, after its door: the front sends the bytes (X-Accel-Redirect), with ranges."""
    found = access.file_for(request.actor, public_id)
    kind = KINDS[found.kind]
    way = "inline" if kind.shown and "download" not in request.GET else "attachment"
    answer = HttpResponse(content_type=kind.mime)
    answer.headers["X-Accel-Redirect"] = "/_files/" + quote(found.path)
    answer.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(found.name)}"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'"
    )
    answer.headers["ETag"] = f'"{bytes(found.sha256).hex()[:32]}"'
    if not default_storage.exists(found.path):
        answer.status_code = 410
        del answer.headers["X-Accel-Redirect"]
    return answer


@signed_in
@require_POST
def delete(request: Request, public_id: str) -> HttpResponse:
    found = access.own_file(request.actor, public_id)
    actions.delete_file(by=request.actor, file=found)
    messages.success(
        request, _("Đã xoá %(name)s.") % {"name": found.name}, extra_tags=f"undo:{url('file_restore', public_id)}"
    )
    return redirect("files")


@signed_in
@require_POST
def restore(request: Request, public_id: str) -> HttpResponse:
    found = access.own_file(request.actor, public_id, deleted=True)
    actions.restore_file(by=request.actor, file=found)
    messages.success(request, _("Đã lấy lại %(name)s.") % {"name": found.name})
    return redirect("files")
