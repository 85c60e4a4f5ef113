"""What was found in a file, kept with the run so that the file itself need not be: tables, notes, the mapping used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso.intake import book, classes, kinds, teaching_rows
from truongso.intake.columns import Column
from truongso.intake.known import labels
from truongso.intake.tables import FoundTable, Line, find_tables
from truongso.intake.text import shown

MOST_ROWS = 20_000


@dataclass(slots=True)
class Source:
    tables: list[tuple[str, FoundTable]] = field(default_factory=list)  # kind, table
    provider: str = "simple"
    year: str = ""  # that the file itself names
    notes: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    doubtful: list[dict[str, Any]] = field(default_factory=list)  # two columns of one meaning

    @property
    def kind(self) -> str:
        found = list(dict.fromkeys("teaching" if k == "matrix" else k for k, _t in self.tables))
        return found[0] if len(found) == 1 else "mixed"


def read_source(
    content: bytes, *, name: str, sheet: str | None, find_subject: teaching_rows.Finds,
    remembered: Mapping[str, Mapping[str, str]],
) -> Source:  # fmt: skip
    """Read a file. `remembered`: mappings that people have set before, by the signature of the headers. Raises book.Refused."""
    opened = book.open_book(content)
    source = Source(notes=list(opened.notes))
    sheets = [s for s in opened.sheets if sheet is None or s.name.casefold() == sheet.casefold()]
    if not sheets:
        names = ", ".join(f"“{s.name}”" for s in opened.sheets)
        raise book.Refused(
            _("Tệp không có trang “%(name)s”. Các trang có: %(names)s.") % {"name": sheet, "names": names}
        )
    if sum(1 for s in sheets for row in s.rows if any(cell not in (None, "") for cell in row)) > MOST_ROWS:
        raise book.Refused(_("Tệp có hơn %(most)s dòng. Xin chia thành nhiều tệp.") % {"most": MOST_ROWS})
    match = teaching_rows.matcher(find_subject)
    seen: list[str] = []
    for one in sheets:
        if not any(shown(cell) for row in one.rows for cell in row):
            continue
        seen.append(one.name or name)
        if (one.hidden and sheet is None) or (book.is_instruction(one.name) and len(sheets) > 1):
            why = _("trang ẩn") if one.hidden else _("trang hướng dẫn")
            source.notes.append(_("Không đọc trang “%(name)s” (%(why)s).") % {"name": one.name, "why": why})
            continue
        found = find_tables(one, match)
        for table in found:
            _remember(table, remembered)
            kind = "matrix" if teaching_rows.is_matrix(table) else kinds.kind_of(table)
            if kind is not None:
                source.tables.append((kind, table))
        if not found:
            source.notes.append(_("Trang “%(name)s” không có bảng nào đọc được.") % {"name": one.name})
        source.year = source.year or _year(found, one.rows)
    if not source.tables:
        raise book.Refused(
            _(
                "Không thấy bảng danh sách nào. Các trang đã xem: %(sheets)s. Cần một dòng tiêu đề có các cột như Họ và tên, Ngày sinh, Lớp (danh sách học sinh), hoặc Họ và tên, Vị trí việc làm, Môn dạy (danh sách giáo viên)."
            )
            % {"sheets": ", ".join(f"“{s}”" for s in seen)}
        )
    source.provider = kinds.provider_of((t for _k, t in source.tables), name)
    _say_ignored(source)
    return source


def _year(tables: Iterable[FoundTable], rows: Any) -> str:
    for table in tables:
        column = table.column_of("school_year")
        texts = [table.title]
        if column is not None and table.lines:
            texts.append(shown(table.lines[0].cells[column.index]))
        for text in texts:
            if found := classes.year_in(text):
                return found
    return ""


def _remember(table: FoundTable, remembered: Mapping[str, Mapping[str, str]]) -> None:
    chosen = remembered.get(kinds.signature(table))
    for column in table.columns if chosen else ():
        if chosen and column.letter in chosen:
            column.field, column.twice, column.chosen = chosen[column.letter] or None, "", True


def _say_ignored(source: Source) -> None:
    ignored: dict[str, None] = {}
    names = labels()
    for kind, table in source.tables:
        for column in table.columns:
            if column.twice:
                source.doubtful.append(
                    {"sheet": table.sheet, "column": column.letter, "header": column.header, "field": column.twice,
                     "text": _("Hai cột cùng là “%(field)s”: chỉ đọc cột đầu, bỏ cột %(letter)s “%(header)s”. Nếu là của người khác, xin chọn lại.")
                     % {"field": names.get(column.twice, column.twice), "letter": column.letter, "header": column.header}}
                )  # fmt: skip
            useless = kind in {"pupils", "staff", "classes"} and ":" in (column.field or "")
            if column.header and (column.field in {None, "ignored"} or useless):
                ignored[column.header] = None
        lost = [(row, text) for row, text in table.skipped if not classes.class_in_title(text)]
        if lost:
            said = ", ".join(f"{row} “{text[:30]}”" for row, text in lost[:6])
            source.notes.append(
                ngettext(
                    "Trang “%(name)s”: bỏ qua %(count)s dòng không phải người: %(rows)s.",
                    "Trang “%(name)s”: bỏ qua %(count)s dòng không phải người: %(rows)s.", len(lost),
                ) % {"name": table.sheet, "count": len(lost), "rows": said}
            )  # fmt: skip
    source.ignored = list(ignored)


def pack(source: Source) -> dict[str, Any]:
    """As JSON; cells are kept as they were shown, dates in ISO behind a sign."""
    return {
        "provider": source.provider, "year": source.year, "notes": source.notes, "ignored": source.ignored, "doubtful": source.doubtful,
        "tables": [
            {
                "kind": kind, "sheet": t.sheet, "header_row": t.header_row, "title": t.title, "skipped": t.skipped,
                "columns": [[c.index, c.header, c.field, c.twice, c.chosen] for c in t.columns],
                "lines": [[line.row, line.section, [_cell(c) for c in line.cells]] for line in t.lines],
            }
            for kind, t in source.tables
        ],
    }  # fmt: skip


def _cell(cell: Any) -> Any:
    if hasattr(cell, "isoformat"):
        return {"d": cell.isoformat()[:10]}
    return cell if isinstance(cell, str | int | float | bool) or cell is None else str(cell)


def _uncell(cell: Any) -> Any:
    from datetime import date

    return date.fromisoformat(cell["d"]) if isinstance(cell, dict) else cell


def unpack(data: dict[str, Any]) -> Source:
    tables = []
    for t in data["tables"]:
        columns = [
            Column(i, header, name, twice=twice, chosen=chosen) for i, header, name, twice, chosen in t["columns"]
        ]
        lines = [Line(row, [_uncell(c) for c in line], section) for row, section, line in t["lines"]]
        tables.append(
            (
                t["kind"],
                FoundTable(t["sheet"], t["header_row"], columns, t["title"], lines, [(r, s) for r, s in t["skipped"]]),
            )
        )
    return Source(tables, data["provider"], data["year"], data["notes"], data["ignored"], data["doubtful"])
