"""What a file is, by its bytes; and whether it may be opened at all."""

from __future__ import annotations

import io
import zipfile

from truongso.lib.sheets.model import Unreadable

MOST_BYTES = 30 * 2**20  # of the file
MOST_UNPACKED = 250 * 2**20  # of all parts of an .xlsx together
MOST_RATIO = 400  # of one large part
_OLD = {b"\x09\x00", b"\x09\x02", b"\x09\x04"}
_FOREIGN = ((b"%PDF", "PDF"), (b"\xff\xd8\xff", "JPEG"), (b"\x89PNG", "PNG"), (b"{\\rtf", "RTF"), (b"GIF8", "GIF"),
            (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"MZ", "EXE"), (b"SQLite format", "SQLite"))  # fmt: skip


def kind_of(content: bytes) -> str:
    """ "book" (calamine reads it), "html", "xml" or "text". Raises Unreadable."""
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise Unreadable("empty")
    if len(content) > MOST_BYTES:
        raise Unreadable("large")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _check_zip(content)
        return "book"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        _check_ole(content)
        return "book"
    if content[:2] in _OLD and content[2:4] in {b"\x04\x00", b"\x06\x00", b"\x08\x00"}:
        raise Unreadable("old")
    for start, name in _FOREIGN:
        if content.startswith(start):
            raise Unreadable("kind", name)
    return _markup(content)


def _markup(content: bytes) -> str:
    head = content[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    low = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if low.startswith(b"<"):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in low and b"<html" not in low:
            return "xml"
        if b"<table" in content.lower() or b"<html" in low:
            return "html"
        raise Unreadable("kind", "XML")
    wild = sum(1 for byte in head if byte < 9 or 13 < byte < 32)
    zeros = head.count(0)
    if wild - zeros > len(head) // 100 or (zeros and zeros < len(head) // 5):
        raise Unreadable("broken")
    return "text"


def _check_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable("broken") from None
    if len(parts) > 5000 or sum(p.file_size for p in parts) > MOST_UNPACKED:
        raise Unreadable("large")
    if any(p.file_size > 20 * 2**20 and p.file_size > MOST_RATIO * max(1, p.compress_size) for p in parts):
        raise Unreadable("large")
    if any(p.flag_bits & 1 for p in parts):
        raise Unreadable("password")
    names = [p.filename for p in parts]
    if any(n.startswith("word/") for n in names):
        raise Unreadable("kind", "Word")
    if any(n.startswith("ppt/") for n in names):
        raise Unreadable("kind", "PowerPoint")
    if not any(n.startswith("xl/") for n in names) and "content.xml" not in names:
        raise Unreadable("kind", "ZIP")


def _ole_names(content: bytes) -> set[str]:
    """The stream names: directory entries are 128 bytes long and begin with the name in UTF-16."""
    names = set()
    for name in ("Workbook", "Book", "WordDocument", "PowerPoint Document", "EncryptedPackage"):
        raw = name.encode("utf-16-le") + b"\0\0"
        at = content.find(raw)
        while at >= 0:
            if at % 128 == 0:
                names.add(name)
                break
            at = content.find(raw, at + 1)
    return names


def _check_ole(content: bytes) -> None:
    names = _ole_names(content)
    if "EncryptedPackage" in names:
        raise Unreadable("password")
    if "Workbook" in names:
        return
    if "Book" in names:
        raise Unreadable("old")
    if "WordDocument" in names:
        raise Unreadable("kind", "Word")
    if "PowerPoint Document" in names:
        raise Unreadable("kind", "PowerPoint")
    raise Unreadable("broken")
