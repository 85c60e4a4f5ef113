"""The columns of a found table, and what only their neighbourhood tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from truongso.intake.text import folded, letter, shown
from truongso.lib.sheets import Cell

_RUN = {"phone", "occupation", "birth_year", "birth_date", "national_number", "email", "address", "relation"}


@dataclass(slots=True)
class Column:
    index: int
    header: str
    field: str | None
    own: bool = True  # has a text of its own in the first header row
    group: tuple[int, int] = (0, 0)  # where its (merged) header begins
    twice: str = ""  # the field that another column already holds: asked
    chosen: bool = False  # by a person, not by us

    @property
    def letter(self) -> str:
        return letter(self.index)


def finish(columns: list[Column], rows: Sequence[Sequence[Cell]]) -> None:
    """Names in two columns, attributes that belong to the parent before them, fields that stand twice."""
    _split_names(columns, rows)
    _owners(columns)
    seen: dict[str, Column] = {}
    for column in columns:
        if column.field is None or column.field in {"ignored", "ordinal"}:
            continue
        if column.field in seen:
            column.twice, column.field = column.field, None
        else:
            seen[column.field] = column


def _split_names(columns: list[Column], rows: Sequence[Sequence[Cell]]) -> None:
    names = [c for c in columns if c.field == "full_name"]
    family = [c for c in columns if c.field == "last_name"]
    if family:
        for column in names:
            if re.search(r"\bten(?: hs| hoc sinh| em)?$", folded(column.header)) and column.index > family[0].index:
                column.field = "given_name"
        return
    for column in names[:1]:
        after = next((c for c in columns if c.index == column.index + 1), None)
        if after is None or not (after.header == "" or (after.group == column.group and after.field == "full_name")):
            continue
        pairs = [(_at(row, column.index), _at(row, after.index)) for row in rows]
        both = [(a, b) for a, b in pairs if a and b]
        if (
            both
            and len(both) * 2 > len([p for p in pairs if p[0]])
            and all(len(b.split()) <= 2 and not any(x.isdigit() for x in b) for _, b in both)
        ):
            column.field, after.field = "last_name", "given_name"
            after.header = after.header or column.header
        elif after.group == column.group and after.header:
            after.field = None  # the rest of a merged header


def _at(row: Sequence[Cell], index: int) -> str:
    return shown(row[index]) if index < len(row) else ""


def _owners(columns: list[Column]) -> None:
    """ "Họ tên cha | Điện thoại | Họ tên mẹ | Điện thoại": what stands twice belongs to the parent before it."""
    count = Counter(c.field for c in columns if c.field in _RUN)
    owner = ""
    for column in columns:
        name = column.field or ""
        if name.endswith(".name"):
            owner = name.split(".")[0]
        elif "." not in name and name and name not in _RUN and name != "ignored":
            owner = ""
        if owner and name in _RUN and (count[name] > 1 or name in {"occupation", "relation"}):
            column.field = f"{owner}.{name}"


def cell(column: Column | None, row: Sequence[Cell]) -> Cell:
    return row[column.index] if column is not None and column.index < len(row) else None
