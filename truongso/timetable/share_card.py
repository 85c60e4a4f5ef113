"""The picture that Zalo shows for a link: class, subject, time, tool; nothing of any person, nothing of the address."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
FONTS = Path(__file__).parent / "fonts"
_PAPER, _MARGIN, _BOARD, _TRAY = "#f8f4ec", "#e88a83", "#1c4235", "#a77b4d"
_CHALK, _CHALK_2, _SUN, _INK = "#f7f5f0", "#c9dccb", "#f5e38c", "#1d2a24"
_LEFT, _WIDTH, _SMALLEST = 180, 910, 34
_DRAWN_AS = "1"  # of this drawing: a new look is a new picture


@dataclass(frozen=True, slots=True)
class Card:
    title: str  # Toán 8A2
    when: str  # thứ Ba 24/11, 7:50
    tool: str  # Zoom
    school: str

    @property
    def version(self) -> str:
        text = "\n".join((_DRAWN_AS, *astuple(self)))
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def draw(card: Card) -> bytes:
    """A PNG of 1200 × 630."""
    image = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((96, 0, 100, SIZE[1]), fill=_MARGIN)
    pen.rounded_rectangle((132, 96, 1128, 486), radius=28, fill=_TRAY)
    pen.rounded_rectangle((132, 96, 1128, 468), radius=28, fill=_BOARD)
    _line(pen, card.when, 132, ("400", 46), _SUN)
    _title(pen, card.title)
    _line(pen, card.tool, 372, ("400", 46), _CHALK_2)
    _line(pen, card.school, 518, ("700", 38), _INK)
    out = BytesIO()
    clean = image.quantize(64, dither=Image.Dither.NONE)
    clean.save(out, "PNG", optimize=True)
    return out.getvalue()


def _title(pen: ImageDraw.ImageDraw, text: str) -> None:
    """As large as it can be on one line, else on two."""
    if _font("700", 72).getlength(text) <= _WIDTH:
        return _line(pen, text, 206, ("700", 104), _CHALK)
    words = text.split()
    cut = next((n for n in range(len(words), 0, -1) if _font("700", 68).getlength(" ".join(words[:n])) <= _WIDTH), 1)
    _line(pen, " ".join(words[:cut]), 194, ("700", 68), _CHALK)
    return _line(pen, " ".join(words[cut:]), 276, ("700", 68), _CHALK)


def _line(pen: ImageDraw.ImageDraw, text: str, top: int, face: tuple[str, int], colour: str) -> None:
    """One line, smaller when it would not fit, cut when it would be too small."""
    weight, size = face
    while (font := _font(weight, size)).getlength(text) > _WIDTH and size > _SMALLEST:
        size -= 4
    while font.getlength(text) > _WIDTH:
        text = text.removesuffix("…")[:-1].rstrip() + "…"
    pen.text((_LEFT, top), text, font=font, fill=colour)


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"be-vietnam-pro-{weight}.ttf"), size)
