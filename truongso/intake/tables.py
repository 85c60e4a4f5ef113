"""Find the tables of a sheet: header rows (one to three, merged or not), their columns, the rows below, and whose class."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from truongso.intake import columns as cols
from truongso.intake.classes import class_in_title
from truongso.intake.columns import Column
from truongso.intake.headers import field_of
from truongso.intake.text import folded, shown
from truongso.lib.sheets import Cell, Sheet

DEEPEST = 3
WIDEST = 300  # columns
HEAD_ROWS = 300  # a first header stands no deeper than this
ANCHORS = {
    "full_name",
    "last_name",
    "given_name",
    "sector_code",
    "local_code",
    "teacher",
    "class_name",
    "subject",
    "father.name",
    "mother.name",
}
_FOOTER = re.compile(
    r"^(tong (so|cong)|cong( |$)|an dinh|nguoi lap|hieu truong|pho hieu truong|thu truong|thu ky|ke toan$|giao vien chu nhiem$|gvcn$"
    r"|xac nhan|ghi chu|luu y|danh sach (nay )?(co|gom)|trong do|(\w+ )*ngay .*thang .*nam|ky ten|t m |tm |lap bang|nguoi kiem tra|si so|so (hoc sinh )?nu|nu \d|nam \d)"
)
Matcher = Callable[[Sequence[str]], str | None]


@dataclass(slots=True)
class Line:
    """A row of people: its number as in the sheet, its raw cells, the class of the block that it stands in."""

    row: int
    cells: list[Cell]
    section: str = ""


@dataclass(slots=True)
class FoundTable:
    sheet: str
    header_row: int
    columns: list[Column]
    title: str = ""
    lines: list[Line] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)  # rows that are no people: footers, signatures

    @property
    def fields(self) -> set[str]:
        return {c.field for c in self.columns if c.field}

    def column_of(self, name: str) -> Column | None:
        return next((c for c in self.columns if c.field == name), None)


def find_tables(sheet: Sheet, match: Matcher) -> list[FoundTable]:
    """Every table of a sheet, in order. `match` names the field under a path of headers."""
    rows = [list(row[:WIDEST]) for row in sheet.rows]
    tables: list[FoundTable] = []
    above: list[str] = []
    at, section, closing = 0, "", False
    while at < len(rows):
        head = _header_at(sheet, rows, at, match) if _worth(rows[at], at, tables) else None
        if head is not None:
            depth, columns = head
            if not (tables and _same(tables[-1], columns)):
                tables.append(FoundTable(sheet.name, at + 1, columns, " · ".join(above[-12:])))
            elif above:
                section = class_in_title(" ".join(above)) or section
            section = class_in_title(" ".join(above)) or section if above else section
            above, closing = [], False
            at += depth
            continue
        texts = _texts(rows[at])
        if not texts:
            pass
        elif not tables:
            above.append(" ".join(texts))
        else:
            table = tables[-1]
            if _is_index(rows[at]):
                pass
            elif (name := _section(rows[at], table)) is not None:
                section, closing = name, False
                above.append(" ".join(texts))
            elif _is_person(rows[at], table, closing):
                above, closing = [], False
                table.lines.append(Line(at + 1, rows[at], section))
            else:
                closing = closing or any(_FOOTER.match(folded(t)) for t in texts)
                above.append(" ".join(texts))
                table.skipped.append((at + 1, " ".join(texts)[:80]))
        at += 1
    for table in tables:
        cols.finish(table.columns, [line.cells for line in table.lines])
    return [t for t in tables if t.lines]


def _worth(row: Sequence[Cell], at: int, tables: list[FoundTable]) -> bool:
    """Is it worth asking whether a header begins here? Above the first table anywhere in sight; below it only where
    cells are words of headers, so that a long sheet costs little."""
    if not tables:
        return at < HEAD_ROWS
    texts = [t for t in _texts(row)[:40] if len(t) <= 60]
    over = {folded(part) for c in tables[-1].columns for part in c.header.split(" – ")}
    return sum(1 for t in texts if field_of(t)) >= 2 or (len(texts) >= 2 and all(folded(t) in over for t in texts))


def _texts(row: Sequence[Cell]) -> list[str]:
    return list(dict.fromkeys(text for cell in row if (text := shown(cell))))


def _header_at(sheet: Sheet, rows: list[list[Cell]], at: int, match: Matcher) -> tuple[int, list[Column]] | None:
    """The deepest header that explains most columns here: (rows that it takes, columns)."""
    if len(_texts(rows[at])) < 2 or _mostly_data(rows[at]):
        return None
    best: tuple[int, list[Column]] | None = None
    most = 0
    for depth in range(1, DEEPEST + 1):
        if at + depth > len(rows):
            break
        columns = _columns(sheet, rows, at, depth, match)
        found = {c.field for c in columns if c.field and c.field not in {"ordinal", "ignored"}}
        own = sum(1 for c in columns if c.own and c.field)
        known, headed = sum(1 for c in columns if c.field), sum(1 for c in columns if c.header)
        enough = known * 4 >= headed
        numbered = any(c.field == "ordinal" for c in columns)
        if found & ANCHORS and len(found) + numbered >= 2 and own >= 1 and enough and len(found) > most:
            best, most = (depth, columns), len(found)
    return best


def _mostly_data(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if shown(cell)]
    if any(re.search(r"\d{6,}|\d/\d{1,2}/\d{2,4}|\w@\w", shown(cell)) for cell in filled):
        return True
    return sum(1 for c in filled if not isinstance(c, str) or len(shown(c)) > 120) * 2 > len(filled)


def _columns(sheet: Sheet, rows: list[list[Cell]], at: int, depth: int, match: Matcher) -> list[Column]:
    width = max(len(rows[r]) for r in range(at, at + depth))
    grid = [[shown(rows[r][c]) if c < len(rows[r]) else "" for c in range(width)] for r in range(at, at + depth)]
    merged_into: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, right in sheet.merged:
        if top < at + depth and bottom >= at and right < width + 50:
            for r in range(max(top, at), min(bottom, at + depth - 1) + 1):
                for c in range(left, min(right, width - 1) + 1):
                    merged_into[r, c] = (top, left)
                    if top >= at and left < width:
                        grid[r - at][c] = grid[top - at][left]
    if not sheet.merged and depth > 1:
        _spread(grid)
    made = []
    for c in range(width):
        path = [grid[r][c] for r in range(depth)]
        own = bool(shown(rows[at][c]) if c < len(rows[at]) else "") or (at, c) in merged_into
        source = merged_into.get((at + depth - 1, c), (at + depth - 1, c))
        text = " – ".join(dict.fromkeys(p for p in path if p))
        made.append(Column(c, text, match(path) if text else None, own, group=source))
    return made


def _spread(grid: list[list[str]]) -> None:
    """Without known merges (.csv): a heading reaches over the empty cells at its right that have something below."""
    for above, below in pairwise(grid):
        last = ""
        for c, text in enumerate(above):
            if text:
                last = text
            elif last and below[c]:
                above[c] = last
            else:
                last = ""


def _same(table: FoundTable, columns: list[Column]) -> bool:
    return [folded(c.header) for c in table.columns] == [folded(c.header) for c in columns]


def _is_index(row: Sequence[Cell]) -> bool:
    """The row of column numbers below a header: 1 2 3, (1) (2), A B C."""
    texts = [folded(shown(cell)) for cell in row if shown(cell)]
    if len(texts) < 3:
        return False
    numbers = [int(t) if t.isdigit() else -9 for t in texts]
    counted = all(b - a == 1 for a, b in pairwise(numbers))
    lettered = all(len(t) == 1 and t.isalpha() for t in texts)
    return counted or lettered


def _section(row: Sequence[Cell], table: FoundTable) -> str | None:
    texts = _texts(row)
    if len(texts) > 3 or _is_person(row, table):
        return None
    return class_in_title(" ".join(texts)) or None


def _is_person(row: Sequence[Cell], table: FoundTable, closing: bool = False) -> bool:
    """Two known fields that say something; or one beside a running number. Sums and signatures are none, nor are the
    names below a signature (`closing`)."""
    texts = _texts(row)
    if any(_FOOTER.match(folded(t)) for t in texts[:3]) and len(texts) <= 4:
        return False
    filled: Counter[str] = Counter()
    ordinal = False
    for column in table.columns:
        text = shown(row[column.index]) if column.index < len(row) else ""
        if not text:
            continue
        if column.field == "ordinal":
            ordinal = bool(re.fullmatch(r"\d{1,4}\.?", text))
        elif column.field and column.field != "ignored":
            filled[column.field] += 1
    if len(set(texts)) == 1 and not ordinal and len(table.fields - {"ordinal", "ignored"}) > 1:
        return False
    if closing and not ordinal and len(texts) <= 3:
        return False
    return len(filled) >= 2 or bool(filled and ordinal)
