"""A file from outside as tables: Word and Excel are read; everything else is refused in one sentence that helps."""

from __future__ import annotations

import io
import zipfile

from django.utils.translation import gettext as _

from truongso.curriculum.annex import grid
from truongso.curriculum.annex.grid import Source
from truongso.lib.sheets import Unreadable, read_guarded

MOST_BYTES = 20 * 2**20
MOST_UNPACKED = 120 * 2**20  # of all text parts of a .docx together
MOST_ROWS = 6000
_WORD = "WordDocument".encode("utf-16-le")  # the stream that a .doc of Word 97 to 2003 has in its directory


class Refused(ValueError):
    """Nothing can be read from this file; the sentence says why and what to do."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def open_file(content: bytes) -> Source:
    """The tables of a .docx, .xlsx, .xls or .csv, by content and not by name. Raises Refused."""
    if len(content) > MOST_BYTES:
        raise Refused(_("Tệp lớn quá. Xin bỏ bớt hình ảnh rồi gửi lại, hoặc chép bảng ra và dán vào ô dán."))
    if content[:4] == b"\xd0\xcf\x11\xe0" and _WORD in content:
        raise Refused(_("Đây là tệp Word đời cũ (.doc). Xin mở bằng Word, chọn Lưu thành .docx rồi gửi lại."))
    if content[:4] == b"PK\x03\x04" and _is_word(content):
        return _word(content)
    try:
        return grid.from_sheets([s for s in read_guarded(content) if not s.hidden])
    except Unreadable as error:
        raise Refused(_sentence(error)) from None


def _is_word(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused(_broken()) from None
    word = any(p.filename.startswith("word/") for p in parts)
    if word and sum(p.file_size for p in parts if p.filename.endswith((".xml", ".rels"))) > MOST_UNPACKED:
        raise Refused(_("Tệp lớn quá. Xin bỏ bớt hình ảnh rồi gửi lại, hoặc chép bảng ra và dán vào ô dán."))
    return word


def _word(content: bytes) -> Source:
    try:
        source = grid.from_docx(content)
    except Exception:  # python-docx and lxml raise what they like on a broken part
        raise Refused(_broken()) from None
    if sum(len(g.rows) for g in source.grids) > MOST_ROWS:
        raise Refused(_("Tệp có quá nhiều dòng. Xin tách mỗi khối một tệp rồi gửi lại."))
    return source


def _broken() -> str:
    return _("Tệp hỏng, không mở được. Xin mở bằng Word hoặc Excel, lưu lại rồi gửi lại.")


def _sentence(error: Unreadable) -> str:
    return {
        "password": _("Tệp có mật khẩu nên không đọc được. Xin bỏ mật khẩu rồi gửi lại."),
        "empty": _("Tệp trống, không có dòng nào. Xin chọn tệp khác."),
        "large": _("Tệp lớn quá. Xin bỏ bớt hình ảnh rồi gửi lại, hoặc chép bảng ra và dán vào ô dán."),
        "old": _("Tệp do Excel đời rất cũ làm ra. Xin mở bằng Excel, lưu lại thành .xlsx rồi gửi lại."),
        "kind": _("Đây không phải tệp Word hay Excel. Xin gửi tệp .docx hoặc .xlsx, hoặc chép bảng ra và dán vào ô dán."),
    }.get(error.why) or _broken()  # fmt: skip
