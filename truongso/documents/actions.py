from __future__ import annotations

import os
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit
from truongso.documents import kinds, pictures, queries, rules
from truongso.documents.models import StoredFile, Upload, public_id
from truongso.documents.purposes import PURPOSES, Purpose
from truongso.lib import disk, vi
from truongso.people.actor import Actor


class Refused(ValidationError):
    """A file that cannot be taken; the sentence says why and what to do."""


class Conflict(Exception):
    """This piece does not follow the last one; the sender asks where we are (HEAD)."""


class Busy(Exception):
    """Another request is writing this upload just now."""


class DiskFull(Exception):
    """No room on the disk; what has arrived is kept."""


def part_path(upload: Upload) -> Path:
    """Where the pieces gather, beside the stored files: moving the whole then costs nothing."""
    return Path(settings.MEDIA_ROOT) / "incoming" / upload.public_id


@transaction.atomic
def begin_upload(*, by: Actor, purpose: Purpose, name: str, length: int) -> Upload:
    """Announce a file. Raises Refused when it may not come, is too large, or would not fit the owner's room."""
    if not purpose.can_send(by):
        raise Refused(_("Vai trò hiện nay chưa gửi được tệp vào đây."))
    if length <= 0:
        raise Refused(_("Tệp này rỗng. Xin chọn tệp khác."))
    if length > purpose.max_bytes:
        raise Refused(
            _("Tệp này %(size)s, nhận nhiều nhất %(most)s. Xin nén hoặc chia nhỏ.")
            % {"size": rules.shown_size(length), "most": rules.shown_size(purpose.max_bytes)}
        )
    used = queries.used_bytes(by.person_id)
    if used + length > rules.quota(by):
        raise Refused(
            _("Chỗ cất tệp đã đầy: đang dùng %(used)s trên %(quota)s. Xin xoá bớt tệp cũ.")
            % {"used": rules.shown_size(used), "quota": rules.shown_size(rules.quota(by))}
        )
    if disk.free(settings.DATA.root) - length < disk.RESERVE:
        raise Refused(_("Máy chủ của trường sắp đầy ổ đĩa. Xin báo người quản trị rồi gửi lại."))
    upload = Upload.objects.create(
        owner_id=by.person_id,
        purpose=purpose.name,
        name=(vi.nfc(name.replace("/", "_").replace("\\", "_")) or "tep")[:200],
        length=length,
        expires_at=timezone.now() + timedelta(days=rules.UPLOAD_DAYS),
    )
    path = part_path(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(0o600)
    return upload


@transaction.atomic
def add_piece(*, upload: Upload, offset: int, piece: BinaryIO, most: int) -> int:
    """Write one piece at `offset`; returns the new offset, which is on disk. Raises Conflict, Busy, DiskFull."""
    try:
        upload = Upload.objects.select_for_update(nowait=True).get(pk=upload.pk)
    except OperationalError:
        raise Busy from None
    if offset != upload.offset or upload.file_id is not None:
        raise Conflict
    room = min(most, upload.length - offset)
    written = 0
    try:
        with part_path(upload).open("r+b") as out:
            out.truncate(offset)  # a piece that was cut off before its commit
            out.seek(offset)
            while written < room and (data := piece.read(min(256 * 1024, room - written))):
                out.write(data)
                written += len(data)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        if disk.is_full(error):
            raise DiskFull from None
        if not written:
            raise
    upload.offset = offset + written
    upload.save(update_fields=["offset"])
    return upload.offset


def finish_upload(*, by: Actor, upload: Upload) -> StoredFile:
    """Look at what has arrived, clean it and keep it. Raises Refused; then the upload is gone."""
    path = part_path(upload)
    try:
        kind = _look(path, upload.name, PURPOSES[upload.purpose])
        if kind.picture:
            _clean(path, kind)
    except Refused:
        drop_upload(upload=upload)
        raise
    digest = sha256()
    with path.open("rb") as handle:
        while data := handle.read(2**20):
            digest.update(data)
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload.pk)
        if upload.file is not None:
            return upload.file
        name = public_id()
        with path.open("rb") as handle:
            kept = default_storage.save(f"{name[:2]}/{name}", File(handle))
        stored = StoredFile.objects.create(
            public_id=name, owner_id=by.person_id, purpose=upload.purpose, name=upload.name, kind=kind.name,
            size=default_storage.size(kept), sha256=digest.digest(), path=kept,
        )  # fmt: skip
        upload.file = stored
        upload.save(update_fields=["file"])
        audit.record(by, "documents.add_file", obj=stored)
    path.unlink(missing_ok=True)
    return stored


def _look(path: Path, name: str, purpose: Purpose) -> kinds.Kind:
    kind = kinds.kind_of(path)
    if kind is None or kind.name not in purpose.kinds:
        raise Refused(
            _("Không nhận được loại tệp này. Nhận ảnh, PDF, Word, Excel, PowerPoint, âm thanh, video, văn bản.")
        )
    if not kinds.agrees(kind, name):
        raise Refused(
            _("Tên tệp đuôi .%(said)s nhưng bên trong là %(kind)s. Xin lưu lại cho đúng loại rồi gửi lại.")
            % {"said": kinds.ending(name), "kind": kind.name}
        )
    return kind


def _clean(path: Path, kind: kinds.Kind) -> None:
    try:
        pictures.redraw(path, kind)
    except pictures.BadPicture as bad:
        if bad.why == "large":
            raise Refused(_("Ảnh này lớn quá. Xin chụp lại hoặc thu nhỏ.")) from None
        raise Refused(_("Ảnh này hỏng, không mở được. Xin chọn ảnh khác.")) from None


def keep_whole(*, by: Actor, purpose: Purpose, name: str, size: int, content: BinaryIO) -> StoredFile:
    """A file that came in one request (no script, or a small one)."""
    upload = begin_upload(by=by, purpose=purpose, name=name, length=size)
    try:
        add_piece(upload=upload, offset=0, piece=content, most=size)
    except DiskFull:
        drop_upload(upload=upload)
        raise Refused(_("Máy chủ của trường đã đầy ổ đĩa. Xin báo người quản trị rồi gửi lại.")) from None
    return finish_upload(by=by, upload=upload)


@transaction.atomic
def drop_upload(*, upload: Upload) -> None:
    path = part_path(upload)
    Upload.objects.filter(pk=upload.pk).delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


@transaction.atomic
def delete_file(*, by: Actor, file: StoredFile) -> None:
    """Put away; it can be brought back for a month, then it is gone for good."""
    file.deleted_at = timezone.now()
    file.save(update_fields=["deleted_at"])
    audit.record(by, "documents.delete_file", obj=file)


@transaction.atomic
def restore_file(*, by: Actor, file: StoredFile) -> None:
    file.deleted_at = None
    file.save(update_fields=["deleted_at"])
    audit.record(by, "documents.restore_file", obj=file)


def clean_up() -> int:
    """Drop uploads that nobody finished, and files deleted a month ago; returns how many went."""
    now, gone = timezone.now(), 0
    for upload in Upload.objects.filter(expires_at__lt=now, file=None):
        drop_upload(upload=upload)
        gone += 1
    for file in StoredFile.objects.filter(deleted_at__lt=now - timedelta(days=rules.DELETED_DAYS)):
        with transaction.atomic():
            audit.record(None, "documents.erase_file", obj=file)
            path = file.path
            file.delete()
        default_storage.delete(path)
        gone += 1
    return gone
