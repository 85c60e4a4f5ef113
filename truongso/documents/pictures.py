"""A picture is drawn anew: turned upright, made smaller when it is huge, without place, time or camera in it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from truongso.documents.kinds import Kind
from truongso.documents.rules import LONGEST_SIDE, MOST_PIXELS

_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}


class BadPicture(Exception):
    """It cannot be read, or is too large to open; `why` is "broken" or "large"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def redraw(path: Path, kind: Kind) -> None:
    """Replace the file at `path` by its clean copy. Raises BadPicture."""
    try:
        with Image.open(path, formats=list(_FORMATS.values())) as found:
            if found.width * found.height > MOST_PIXELS:
                raise BadPicture("large")
            picture = ImageOps.exif_transpose(found)
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            clean = Image.new(picture.mode, picture.size)
            clean.paste(picture)
            if picture.mode == "P" and (palette := picture.getpalette()):
                clean.putpalette(palette)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadPicture("broken") from None
    if kind.name == "jpeg" and clean.mode not in {"RGB", "L"}:
        clean = clean.convert("RGB")
    draft = path.with_suffix(".clean")
    clean.save(draft, _FORMATS[kind.name], quality=86, optimize=True)
    draft.replace(path)
