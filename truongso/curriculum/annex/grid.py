"""Tables as files and clipboards have them, in one shape."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from docx import Document
from docx.document import Document as DocumentType
from docx.table import Table as WordTable

from truongso.lib import vi
from truongso.lib.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts from 1 as in the source. `whole`: one text over the width. `below`: columns that continue a cell above."""

    number: int
    cells: tuple[str, ...]
    whole: bool = False
    below: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        return next((c for c in self.cells if c), "")

    def at(self, column: int | None) -> str:
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    name: str  # "Bảng 3", or the sheet's name
    rows: tuple[Row, ...]
    above: str = ""  # the text since the table before, or the sheet's own first lines: it may name another grade


@dataclass(frozen=True, slots=True)
class Source:
    grids: tuple[Grid, ...]
    prose: str = ""  # the text outside the tables: subject, grade and year stand there


def clean(text: str) -> str:
    """NFC, no odd spaces, line breaks kept."""
    lines = (
        vi.nfc(line.replace("\u00a0", " ").replace("\u200b", "").replace("\u2011", "-")) for line in text.splitlines()
    )
    return "\n".join(line for line in lines if line)


def _row(number: int, cells: Sequence[str], whole: bool, below: Iterable[int] = ()) -> Row:
    plain = tuple(clean(c) for c in cells)
    filled = {c for c in plain if c}
    return Row(number, plain, whole or (len(filled) == 1 and len(plain) > 1 and sum(bool(c) for c in plain) == len(plain)),
               frozenset(below))  # fmt: skip


def from_docx(content: bytes) -> Source:
    """Every table of a Word document, tables inside cells left out. Raises whatever python-docx raises on a broken file."""
    document: DocumentType = Document(io.BytesIO(content))
    grids: list[Grid] = []
    prose: list[str] = []
    since = 0
    for part in document.iter_inner_content():
        if isinstance(part, WordTable):
            above = clean("\n".join(prose[since:]))
            grids.append(Grid(f"Bảng {len(grids) + 1}", tuple(_word_rows(part)), above))
            since = len(prose)
        else:
            prose.append(part.text)
    return Source(tuple(grids), clean("\n".join(prose)))


def _word_rows(table: WordTable) -> Iterable[Row]:
    above: list[object] = []
    for number, row in enumerate(table.rows, 1):
        places = [cell._tc for cell in row.cells]
        below = {i for i, place in enumerate(places) if i < len(above) and above[i] is place}
        texts, seen = [], set[int]()
        for cell in row.cells:  # a cell over several columns comes once for each: keep its text in the first
            texts.append("" if id(cell._tc) in seen else cell.text)
            seen.add(id(cell._tc))
        yield _row(number, texts, len(seen) == 1 and len(places) > 1, below)
        above = list(places)


def from_sheets(sheets: Sequence[Sheet]) -> Source:
    grids = []
    for sheet in sheets:
        merged = sheet.merged
        rows = []
        for index, values in enumerate(sheet.rows):
            cells = [_shown(v) for v in values]
            below = set()
            whole = False
            for top, left, bottom, right in merged:
                if top < index <= bottom:
                    above = [_shown(v) for v in sheet.rows[top]]
                    for column in range(left, min(right + 1, len(cells))):
                        cells[column] = above[left] if column == left else ""
                        below.add(column)
                if top <= index <= bottom and right - left >= 2:
                    whole = whole or sum(bool(c) for c in cells) == 1
            rows.append(_row(index + 1, cells, whole, below))
        first = [r.text for r in rows[:6] if sum(bool(c) for c in r.cells) == 1]
        grids.append(Grid(sheet.name, tuple(rows), "\n".join([sheet.name, *first])))
    prose = "\n".join(r.text for g in grids for r in g.rows[:12])
    return Source(tuple(grids), prose)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def from_text(text: str) -> Source:
    """What Excel puts on the clipboard: tabs between cells, quotes around cells with line breaks."""
    if "\t" not in text:
        return Source((Grid("", tuple(_row(i, [line], False) for i, line in enumerate(text.splitlines(), 1))),), text)
    rows = csv.reader(io.StringIO(text), delimiter="\t")
    return Source((Grid("", tuple(_row(i, cells, False) for i, cells in enumerate(rows, 1))),))


class _Tables(HTMLParser):
    """The tables of a Word clipboard: rowspan and colspan laid out, everything but text left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.spans: list[dict[int, tuple[int, int]]] = []  # per row: column → (rows, columns)
        self.text: list[str] | None = None
        self.cell = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.tables and self.tables[-1]:
            found = dict(attrs)
            self.cell = (_span(found.get("rowspan")), _span(found.get("colspan")))
            self.text = []
        elif tag in {"br", "p", "li"} and self.text:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(" ".join(data.split(" ")).replace("\n", " "))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self.text is not None:
            self.tables[-1][-1].append("\x00".join((*map(str, self.cell), "".join(self.text))))
            self.text = None


def _span(value: str | None) -> int:
    return min(60, int(value)) if value and value.isdigit() and int(value) > 0 else 1


def from_html(markup: str) -> Source:
    parser = _Tables()
    parser.feed(markup)
    return Source(tuple(Grid(f"Bảng {i}", tuple(_html_rows(t))) for i, t in enumerate(parser.tables, 1)))


def _html_rows(table: list[list[str]]) -> Iterable[Row]:
    hanging: dict[int, tuple[int, str]] = {}  # column → rows still covered, text
    for number, raw in enumerate(table, 1):
        cells: list[str] = []
        below = set()
        whole = False
        waiting = list(raw)
        while waiting or any(c >= len(cells) for c in hanging):
            column = len(cells)
            if column in hanging:
                left, text = hanging.pop(column)
                cells.append(text)
                below.add(column)
                if left > 1:
                    hanging[column] = (left - 1, text)
                continue
            if not waiting:
                break
            rows, columns, text = waiting.pop(0).split("\x00", 2)
            whole = whole or (len(raw) == 1 and int(columns) > 1)
            for offset in range(int(columns)):
                cells.append(text if offset == 0 else "")
                if int(rows) > 1:
                    hanging[column + offset] = (int(rows) - 1, text if offset == 0 else "")
        yield _row(number, cells, whole, below)
