"""Error pages in the school's words. The last of them needs no database."""

from __future__ import annotations

import logging
import secrets
import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from truongso.lib import disk
from truongso.roster.merge_access import merged_address

log = logging.getLogger(__name__)


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    page = {"title": title, "text": text, "code": ""}
    try:
        return render(request, "ui/errors/error.html", page, status=status)
    except Exception:
        log.exception("the error page itself failed")
        return bare(request, status, title, text, "")


def bare(request: HttpRequest, status: int, title: str, text: str, code: str) -> HttpResponse:
    """Without the database: no frame, no name."""
    return HttpResponse(
        render_to_string("ui/errors/bare.html", {"title": title, "text": text, "code": code}), status=status
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400, _("Trang này không đọc được yêu cầu"), _("Xin quay lại trang trước và thử lại."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    moved = merged_address(request)
    if moved:
        return redirect(moved)
    return _page(
        request, 404, _("Không có trang này"), _("Đường dẫn có thể đã đổi, hoặc trang này không dành cho mình.")
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request, 403, _("Việc này chưa làm được"), str(exception) or _("Vai trò hiện nay chưa được làm việc này.")
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        _("Trang đã mở quá lâu"),
        _("Xin quay lại trang trước, tải lại rồi gửi lần nữa. Những gì vừa gõ vẫn còn ở đó."),
    )


def too_many(request: HttpRequest) -> HttpResponse:
    """429 of the throttle at the door, which also bites when it can no longer write its count."""
    if disk.free(settings.DATA.root) < disk.LEAST:
        return no_room(request)
    answer = _page(
        request, 429, _("Nhiều người vào cùng lúc quá"), _("Xin đợi một phút rồi thử lại. Tài khoản không bị khoá.")
    )
    answer.headers["Retry-After"] = "60"
    return answer


def no_room(request: HttpRequest) -> HttpResponse:
    """507: who reads it cannot help, but can tell the one who can."""
    log.error("the disk is full, at %s", request.path)
    text = _("Chưa lưu được gì thêm; những gì đã lưu còn nguyên. Xin báo thầy cô Tin học dọn bớt ổ đĩa rồi thử lại.")
    return bare(request, 507, _("Máy chủ của trường đã đầy ổ đĩa"), text, "")


def broken(request: HttpRequest) -> HttpResponse:
    """500: a code to quote, which also stands in the log."""
    if disk.is_full(sys.exc_info()[1]):
        return no_room(request)
    code = secrets.token_hex(2).upper()
    log.error("error code %s at %s", code, request.path)
    return bare(
        request,
        500,
        _("Trang này đang hỏng"),
        _("Lỗi ở phía nhà trường, không phải do mình. Xin thử lại sau ít phút."),
        code,
    )
