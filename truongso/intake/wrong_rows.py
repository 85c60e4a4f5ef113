"""The rows that could not be taken, in the layout of their file, with the reasons in a last column: mended there, sent again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from truongso.intake.actions.runs import opened_json
from truongso.intake.models import ImportRun
from truongso.intake.source import unpack
from truongso.intake.text import plain, shown
from truongso.lib.sheets import Column, Table, Value


def tables(run: ImportRun) -> list[Table]:
    reasons: dict[tuple[str, int], list[str]] = {}
    for row in run.rows.filter(status__in=["wrong", "asked"]):
        said = opened_json(row.shown_sealed)
        texts = [f"{p['column']}: {p['reason']}" for p in said["problems"]]
        texts += [said["question"]["text"]] if said["question"] and row.status == "asked" else []
        reasons.setdefault((row.sheet, row.row), []).extend(texts)
    edits = opened_json(run.edits_sealed)
    made = []
    for number, (_kind, table) in enumerate(unpack(opened_json(run.source_sealed)).tables if run.source_sealed else ()):
        rows: list[list[Value]] = []
        for line in table.lines:
            if why := reasons.get((table.sheet, line.row)):
                cells: list[Value] = [
                    edits.get(f"{table.sheet}!{c.letter}{line.row}", shown(line.cells[c.index]) if c.index < len(line.cells) else "")
                    for c in table.columns
                ]  # fmt: skip
                rows.append([*cells, "; ".join(dict.fromkeys(why))])
        if rows:
            columns = [Column(plain(c.header.split(" – ")[-1] if c.field is None else c.header)) for c in table.columns]
            made.append(
                Table(
                    f"{table.sheet[:26] or _('Danh sách')} {number + 1}" if number else table.sheet or _("Danh sách"),
                    [*columns, Column(_("Lí do"), 60)],
                    rows,
                )
            )
    return made
