"""What a file is, by its content; its name only has to agree."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    mime: str
    endings: tuple[str, ...]
    picture: bool = False
    shown: bool = False  # may be shown in the page; everything else is only handed over


KINDS = {
    kind.name: kind
    for kind in (
        Kind("jpeg", "image/jpeg", ("jpg", "jpeg", "jfif"), picture=True, shown=True),
        Kind("png", "image/png", ("png",), picture=True, shown=True),
        Kind("webp", "image/webp", ("webp",), picture=True, shown=True),
        Kind("pdf", "application/pdf", ("pdf",), shown=True),
        Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)),
        Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)),
        Kind("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", ("pptx",)),
        Kind("ole", "application/octet-stream", ("doc", "xls", "ppt")),
        Kind("zip", "application/zip", ("zip",)),
        Kind("mp4", "video/mp4", ("mp4", "m4v", "mov", "m4a"), shown=True),
        Kind("mp3", "audio/mpeg", ("mp3",), shown=True),
        Kind("text", "text/plain; charset=utf-8", ("txt", "csv", "md")),
    )
}
PICTURES = frozenset(name for name, kind in KINDS.items() if kind.picture)
OFFICE = frozenset({"pdf", "docx", "xlsx", "pptx", "ole"})
_HEAD = 4096
_OFFICE_FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}


def kind_of(path: Path) -> Kind | None:
    """The kind of a file by its bytes; None for what is not among ours (HTML, SVG, programs and the rest)."""
    with path.open("rb") as handle:
        head = handle.read(_HEAD)
    name = _by_signature(head)
    if name == "zip":
        name = _office(path)
    if name is None and _is_text(head):
        name = "text"
    return KINDS.get(name or "")


def _by_signature(head: bytes) -> str | None:
    for start, name in (
        (b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"%PDF-", "pdf"), (b"PK\x03\x04", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"ID3", "mp3"), (b"\xff\xfb", "mp3"), (b"\xff\xf3", "mp3"),
    ):  # fmt: skip
        if head.startswith(start):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return "mp4" if head[4:8] == b"ftyp" else None


def _office(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return "zip"
    if "[Content_Types].xml" in names:
        for folder, name in _OFFICE_FOLDERS.items():
            if any(n.startswith(folder) for n in names):
                return name
    return "zip"


def _is_text(head: bytes) -> bool:
    if b"\0" in head or head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return False  # markup is somebody's page, not a note
    try:
        head.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3 and len(head) == _HEAD  # a letter cut at the end of what was read
    return bool(head)


def ending(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def agrees(kind: Kind, name: str) -> bool:
    """Does the name say what the content is? A name without an ending says nothing wrong."""
    said = ending(name)
    return (
        not said
        or said in kind.endings
        or (
            kind.name == "text"
            and said not in {e for k in KINDS.values() for e in k.endings}
            and said not in {"html", "htm", "svg", "js", "exe"}
        )
    )
