"""Files in, in pieces; checked, kept, served."""

from __future__ import annotations

import base64
import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.cast import Cast, client_of
from truongso.documents import actions, rules
from truongso.documents.models import StoredFile, Upload

TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]


def metadata(name: str, purpose: str = "own") -> str:
    pairs = {"filename": name, "purpose": purpose}
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in pairs.items())


def announce(client: Client, name: str, length: int, **changes: str):
    headers = TUS | {"Upload-Length": str(length), "Upload-Metadata": metadata(name)} | changes
    return client.post("/uploads/", headers=headers)


def begin(client: Client, name: str, length: int, **changes: str) -> str:
    answer = announce(client, name, length, **changes)
    assert answer.status_code == 201, answer.content.decode()
    return str(answer.headers["Location"])


def patch(client: Client, where: str, offset: int, body: bytes):
    return client.patch(
        where, body, content_type="application/offset+octet-stream", headers=TUS | {"Upload-Offset": str(offset)}
    )


def whole(client: Client, name: str, body: bytes):
    return patch(client, begin(client, name, len(body)), 0, body)


def jpeg(size: tuple[int, int] = (40, 20), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "JPEG", **more)  # type: ignore[arg-type]
    return out.getvalue()


def office(folder: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}/document.xml", "<x/>")
    return out.getvalue()


def test_fifty_megabytes_in_pieces_arrive_as_they_were(cast: Cast) -> None:
    client, body = client_of(cast.teacher), b"%PDF-1.7\n" + os.urandom(50 * 2**20)
    where, offset = begin(client, "bài giảng.pdf", len(body)), 0
    while offset < len(body):
        answer = patch(client, where, offset, body[offset : offset + 8 * 2**20])
        assert answer.status_code == 204
        offset = int(answer.headers["Upload-Offset"])
    kept = StoredFile.objects.get()
    assert default_storage.open(kept.path).read() == body
    assert (kept.name, kept.kind, kept.size) == ("bài giảng.pdf", "pdf", len(body))
    assert not any((Path(settings.MEDIA_ROOT) / "incoming").iterdir())


def test_a_cut_upload_goes_on_where_it_stopped(cast: Cast) -> None:
    client, body = client_of(cast.pupil), b"%PDF-" + os.urandom(3000)
    where = begin(client, "bai.pdf", len(body))
    patch(client, where, 0, body[:1000])
    # The line broke in the middle of the next piece: bytes are on the disk that nobody has counted.
    path = actions.part_path(Upload.objects.get())
    with path.open("ab") as out:
        out.write(b"half a piece")
    told = Client()
    told.cookies = client.cookies
    answer = told.head(where, headers=TUS)
    assert answer.headers["Upload-Offset"] == "1000"
    assert patch(client, where, 0, body[:1000]).status_code == 409, "a piece that we have already"
    assert patch(client, where, 2000, body[2000:]).status_code == 409, "a piece too far"
    assert patch(client, where, 1000, body[1000:]).status_code == 204
    assert default_storage.open(StoredFile.objects.get().path).read() == body


@pytest.mark.django_db(transaction=True)
def test_two_pieces_at_once_do_not_mix(transactional_db: None) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    from tests.cast import make_cast

    cast = make_cast()
    client, body = client_of(cast.pupil), b"%PDF-" + b"a" * 200_000
    where = begin(client, "bai.pdf", len(body) * 2)

    def send(_: int) -> int:
        try:
            mine = Client()
            mine.cookies = client.cookies
            return int(patch(mine, where, 0, body).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        codes = sorted(pool.map(send, range(2)))
    assert codes[0] == 204 and codes[1] in {409, 423}
    assert Upload.objects.get().offset == len(body)


def test_an_upload_is_its_owners(cast: Cast) -> None:
    where = begin(client_of(cast.pupil), "bai.pdf", 100)
    stranger = client_of(cast.classmate)
    assert stranger.head(where, headers=TUS).status_code == 404
    assert patch(stranger, where, 0, b"x").status_code == 404
    assert stranger.delete(where, headers=TUS).status_code == 404
    owner = client_of(cast.pupil)
    assert owner.delete(where, headers=TUS).status_code == 204
    assert owner.head(where, headers=TUS).status_code == 404


def test_the_protocol_is_followed(cast: Cast) -> None:
    client = client_of(cast.pupil)
    assert "creation" in client.options("/uploads/").headers["Tus-Extension"]
    assert client.post("/uploads/", headers={"Upload-Length": "5"}).status_code == 412
    assert (
        client.post("/uploads/", headers=TUS | {"Upload-Length": "x", "Upload-Metadata": metadata("a.pdf")}).status_code
        == 400
    )
    where = begin(client, "a.pdf", 100)
    assert client.patch(where, b"x", content_type="text/plain", headers=TUS | {"Upload-Offset": "0"}).status_code == 415
    assert client.get(where).status_code == 405


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("a.jpg", jpeg(), "jpeg"), ("bài.pdf", b"%PDF-1.4 x", "pdf"), ("a.docx", office("word"), "docx"), ("a.xlsx", office("xl"), "xlsx"),
        ("a.pptx", office("ppt"), "pptx"), ("a.txt", "Chào các em".encode(), "text"), ("a.csv", b"a,b\n1,2\n", "text"),
        ("không đuôi", b"%PDF-1.4", "pdf"),
    ],
)  # fmt: skip
def test_kinds_are_told_by_content(cast: Cast, name: str, body: bytes, kind: str) -> None:
    assert whole(client_of(cast.teacher), name, body).status_code == 204
    assert StoredFile.objects.get().kind == kind


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("ảnh.png", jpeg(), "đuôi .png nhưng bên trong là jpeg"),
        ("bài.pdf", office("word"), "đuôi .pdf nhưng bên trong là docx"),
        ("trang.txt", b"<html><script>x</script>", "Không nhận được loại tệp này"),
        ("hình.svg", b'<svg xmlns="x"><script/></svg>', "Không nhận được loại tệp này"),
        ("chạy.exe", b"MZ\x90\x00\x03", "Không nhận được loại tệp này"),
        ("ảnh.jpg", jpeg((400, 400))[:300], "Ảnh này hỏng"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(cast: Cast, name: str, body: bytes, sentence: str) -> None:
    answer = whole(client_of(cast.teacher), name, body)
    assert answer.status_code == 415 and sentence in answer.content.decode()
    assert not StoredFile.objects.exists() and not Upload.objects.exists()


def test_pictures_lose_their_place_and_stand_upright(cast: Cast) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned on its side
    exif[0x010F] = "MayAnh"
    exif.get_ifd(0x8825)[1] = "N"
    whole(client_of(cast.pupil), "bai.jpg", jpeg((60, 20), exif=exif))
    with Image.open(default_storage.path(StoredFile.objects.get().path)) as kept:
        assert kept.size == (20, 60)
        assert not kept.getexif()
        assert b"MayAnh" not in Path(kept.filename).read_bytes()


def test_a_huge_picture_is_made_smaller_and_a_bomb_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    whole(client_of(cast.pupil), "to.jpg", jpeg((4000, 1000)))
    with Image.open(default_storage.path(StoredFile.objects.get().path)) as kept:
        assert kept.size == (rules.LONGEST_SIDE, 640)
    monkeypatch.setattr("truongso.documents.pictures.MOST_PIXELS", 1000)
    answer = whole(client_of(cast.pupil), "bom.jpg", jpeg((400, 400)))
    assert "Ảnh này lớn quá" in answer.content.decode()


@pytest.mark.parametrize("mode", ["P", "RGBA", "L", "1"])
def test_pictures_of_every_mode_are_kept(cast: Cast, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (30, 30)).save(out, "PNG")
    assert whole(client_of(cast.pupil), "a.png", out.getvalue()).status_code == 204


def test_too_large_and_no_room_say_so_before_anything_is_sent(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(cast.pupil)
    headers = TUS | {"Upload-Length": str(600 * 2**20), "Upload-Metadata": metadata("phim.mp4")}
    answer = client.post("/uploads/", headers=headers)
    assert answer.status_code == 413 and "nhận nhiều nhất 500,0" in answer.content.decode()
    monkeypatch.setattr(rules, "PUPIL_BYTES", 1000)
    answer = client.post("/uploads/", headers=headers | {"Upload-Length": "2000"})
    assert "Chỗ cất tệp đã đầy" in answer.content.decode()


def test_a_full_disk_loses_nothing_that_has_arrived(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    import resource
    import signal

    client, body = client_of(cast.pupil), b"%PDF-" + os.urandom(60_000)
    where = begin(client, "bai.pdf", len(body))
    patch(client, where, 0, body[:20_000])
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    monkeypatch.setattr("errno.ENOSPC", 27)  # a limit on file size answers EFBIG where a full disk answers ENOSPC
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, limit[1]))
    try:
        answer = patch(client, where, 20_000, body[20_000:])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert answer.status_code == 507 and "đầy ổ đĩa" in answer.content.decode()
    told = client.head(where, headers=TUS)
    assert told.headers["Upload-Offset"] == "20000"
    assert patch(client, where, 20_000, body[20_000:]).status_code == 204
    assert default_storage.open(StoredFile.objects.get().path).read() == body


def test_a_file_that_would_fill_the_disk_is_refused_before_it_is_sent(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from truongso.lib import disk

    monkeypatch.setattr(disk, "free", lambda folder: disk.RESERVE + 50_000)
    client = client_of(cast.pupil)
    begin(client, "bai.pdf", 40_000)
    refused = announce(client, "bai.pdf", 60_000)
    assert refused.status_code == 413 and "sắp đầy ổ đĩa" in refused.content.decode()


# -- serving --------------------------------------------------------------------------------------------------------


@pytest.fixture
def kept(cast: Cast) -> StoredFile:
    whole(client_of(cast.pupil), "bài làm của em.pdf", b"%PDF-1.4 x")
    return StoredFile.objects.get()


def test_only_the_owner_gets_a_file_and_the_front_sends_it(cast: Cast, kept: StoredFile) -> None:
    where = f"/files/{kept.public_id}/bai.pdf"
    answer = client_of(cast.pupil).get(where)
    assert answer.headers["X-Accel-Redirect"] == f"/_files/{kept.path}"
    assert "filename*=UTF-8''b%C3%A0i%20l%C3%A0m" in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.content == b"", "no byte of it streams through Django"
    for who in ("classmate", "guardian", "homeroom", "head", "it_admin", "stranger"):
        refused = client_of(getattr(cast, who)).get(where)
        assert refused.status_code == 404 and "X-Accel-Redirect" not in refused.headers
    assert Client().get(where).status_code == 302


def test_office_files_are_handed_over_never_shown(cast: Cast) -> None:
    whole(client_of(cast.teacher), "a.docx", office("word"))
    where = f"/files/{StoredFile.objects.get().public_id}/a.docx"
    assert client_of(cast.teacher).get(where).headers["Content-Disposition"].startswith("attachment")


def test_deleted_files_come_back_for_a_month(cast: Cast, kept: StoredFile) -> None:
    client = client_of(cast.pupil)
    page = client.post(f"/files/{kept.public_id}/delete/", follow=True).content.decode()
    assert "Đã xoá bài làm của em.pdf" in page and "Hoàn tác" in page
    assert client.get(f"/files/{kept.public_id}/x").status_code == 404
    assert client.post(f"/files/{kept.public_id}/restore/").status_code == 302
    assert client.get(f"/files/{kept.public_id}/x").status_code == 200
    client.post(f"/files/{kept.public_id}/delete/")
    StoredFile.objects.update(deleted_at=timezone.now() - timedelta(days=31))
    Upload.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert actions.clean_up() == 1
    assert not StoredFile.objects.exists() and not default_storage.exists(kept.path)


def test_unfinished_uploads_are_cleaned_away(cast: Cast) -> None:
    begin(client_of(cast.pupil), "a.pdf", 100)
    path = actions.part_path(Upload.objects.get())
    Upload.objects.update(expires_at=timezone.now() - timedelta(days=1))
    from django.test.testcases import TestCase

    with TestCase.captureOnCommitCallbacks(execute=True):
        assert actions.clean_up() == 1
    assert not path.exists()


def test_without_script_the_form_sends_the_file(cast: Cast) -> None:
    client = client_of(cast.pupil)
    empty = client.post("/files/", {"upload": ""})
    assert empty.status_code == 422 and "Chưa chọn tệp" in empty.content.decode()
    lying = client.post("/files/", {"file": SimpleUploadedFile("a.pdf", jpeg())})
    assert lying.status_code == 422 and "bên trong là jpeg" in lying.content.decode()
    page = client.post("/files/", {"file": SimpleUploadedFile("bài.jpg", jpeg())}, follow=True).content.decode()
    assert "bài.jpg" in page and "Đã cất tệp" in page


def test_the_page_costs_the_same_for_many_files(cast: Cast, django_assert_max_num_queries) -> None:
    client = client_of(cast.pupil)
    for number in range(30):
        StoredFile.objects.create(
            owner_id=cast.pupil.person_id,
            purpose="own",
            name=f"{number}.pdf",
            kind="pdf",
            size=5,
            sha256=b"x",
            path="x",
        )
    client.get("/files/")
    with django_assert_max_num_queries(9):
        assert client.get("/files/").content.decode().count("/delete/") == 30
