"""What an official document says, without how it looks (decree 30/2020, annex I)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered part of the body: "I. Mục đích", "Điều 1." """

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are shares of the line; every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row of a table has another number of cells than the table has columns")
        if self.widths and len(self.widths) != len(self.columns):
            raise ValueError("one width a column")


Block = Paragraph | Heading | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """`prefix` is TM., KT., TL., TUQ. or Q. with its line ("KT. HIỆU TRƯỞNG"); `title` the signer's own office."""

    title: str
    name: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """Number and day are given by the clerk at issue: None leaves the blanks that are then filled in.

    `kind` is the type in words ("Kế hoạch"), or None for a công văn, whose abstract then stands under the number.
    """

    parent_body: str  # Ủy ban nhân dân xã Bình Minh
    issuer: str  # Trường THCS Bình Minh
    code: str  # KH-THCSBM
    place: str  # Bình Minh
    kind: str | None
    abstract: str
    body: tuple[Block, ...]
    signature: Signature
    recipients: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()  # each without its final mark
    number: int | None = None
    day: date | None = None
    annexes: tuple[Annex, ...] = field(default=())


def parent_lines(document: OfficialDocument) -> list[str]:
    """The body above, in capitals; a long name breaks before the kind of unit, as on letters of a commune."""
    text = document.parent_body.upper()
    for unit in (" XÃ ", " PHƯỜNG ", " ĐẶC KHU ", " TỈNH ", " THÀNH PHỐ "):
        if len(text) > 24 and unit in text:
            first, last = text.split(unit, 1)
            return [first, unit.strip() + " " + last]
    return [text] if text else []


def number_line(document: OfficialDocument) -> str:
    """Số: 05/KH-THCSBM: below ten with a zero; blank until it is issued."""
    number = "      " if document.number is None else f"{document.number:02d}"
    return f"Số: {number}/{document.code}"


def date_line(document: OfficialDocument) -> str:
    """Bình Minh, ngày 05 tháng 9 năm 2026: days below ten and the months 1 and 2 with a zero."""
    day = document.day
    if day is None:
        return f"{document.place}, ngày      tháng      năm        "
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{document.place}, ngày {day.day:02d} tháng {month} năm {day.year}"


def bases(document: OfficialDocument) -> list[str]:
    """Each basis with its mark: semicolons, and a full stop after the last."""
    last = len(document.bases) - 1
    return [f"{text.rstrip(' ;.,')}{'.' if i == last else ';'}" for i, text in enumerate(document.bases)]


def recipients(document: OfficialDocument) -> list[str]:
    last = len(document.recipients) - 1
    return [f"- {text.rstrip(' ;.')}{'.' if i == last else ';'}" for i, text in enumerate(document.recipients)]


def annex_line(document: OfficialDocument) -> str:
    """(Kèm theo Kế hoạch số 05/KH-THCSBM ngày 05 tháng 9 năm 2026 của …)"""
    number = number_line(document).removeprefix("Số: ")
    when = date_line(document).split(", ", 1)[1]
    kind = document.kind or "Công văn"
    return f"(Kèm theo {kind} số {number} {when} của {document.issuer})"


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def annex_number(document: OfficialDocument, index: int) -> str:
    return "Phụ lục" if len(document.annexes) == 1 else f"Phụ lục {ROMAN[index]}"
