"""Resumable uploads: the tus 1.0 protocol, with creation, expiration and termination."""

from __future__ import annotations

import base64
import binascii
from typing import BinaryIO, cast

from django.http import HttpResponse
from django.utils.http import http_date
from django.utils.translation import gettext as _

from truongso.documents import access, actions
from truongso.documents.models import Upload
from truongso.documents.purposes import PURPOSES
from truongso.documents.rules import CHUNK_BYTES
from truongso.people.http import Request
from truongso.people.policy import signed_in
from truongso.ui.jinja import url

VERSION = "1.0.0"


def _say(status: int, sentence: str = "", **headers: str) -> HttpResponse:
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return HttpResponse(
        sentence, status=status, content_type="text/plain; charset=utf-8",
        headers={"Tus-Resumable": VERSION, "Cache-Control": "no-store", **named},
    )  # fmt: skip


def _metadata(text: str) -> dict[str, str]:
    found = {}
    for pair in text.split(","):
        name, _space, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return found


@signed_in
def create(request: Request) -> HttpResponse:
    """POST /uploads/: announce a file."""
    if request.method == "OPTIONS":
        return _say(204, tus_version=VERSION, tus_extension="creation,expiration,termination")
    if request.method != "POST" or request.headers.get("Tus-Resumable") != VERSION:
        return _say(412, tus_version=VERSION)
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    length, purpose = request.headers.get("Upload-Length", ""), PURPOSES.get(said.get("purpose", ""))
    if not length.isdigit() or purpose is None:
        return _say(400, _("Yêu cầu gửi tệp chưa đúng. Xin tải lại trang."))
    try:
        upload = actions.begin_upload(
            by=request.actor, purpose=purpose, name=said.get("filename", ""), length=int(length)
        )
    except actions.Refused as refused:
        return _say(413, refused.messages[0])
    return _say(201, location=url("upload", upload.public_id), upload_expires=http_date(upload.expires_at.timestamp()))


@signed_in
def piece(request: Request, public_id: str) -> HttpResponse:
    """HEAD says how much is here, PATCH adds a piece, DELETE gives up."""
    upload = access.upload_for(request.actor, public_id)
    if request.method == "HEAD":
        return _say(200, upload_offset=str(upload.offset), upload_length=str(upload.length))
    if request.method == "DELETE":
        actions.drop_upload(upload=upload)
        return _say(204)
    if request.method != "PATCH":
        return _say(405)
    if request.headers.get("Content-Type") != "application/offset+octet-stream":
        return _say(415)
    return _patch(request, upload)


def _patch(request: Request, upload: Upload) -> HttpResponse:
    offset = request.headers.get("Upload-Offset", "")
    size = request.headers.get("Content-Length", "")
    if not offset.isdigit() or not size.isdigit() or int(size) > CHUNK_BYTES:
        return _say(413 if size.isdigit() else 400)
    try:
        now = actions.add_piece(upload=upload, offset=int(offset), piece=cast(BinaryIO, request), most=int(size))
    except actions.Conflict:
        return _say(409)
    except actions.Busy:
        return _say(423)
    except actions.DiskFull:
        return _say(507, _("Máy chủ của trường đã đầy ổ đĩa. Phần đã gửi vẫn giữ; xin báo người quản trị."))
    if now == upload.length:
        try:
            actions.finish_upload(by=request.actor, upload=upload)
        except actions.Refused as refused:
            return _say(415, refused.messages[0])
    return _say(204, upload_offset=str(now))
