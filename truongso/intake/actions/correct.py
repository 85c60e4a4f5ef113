"""What people say to a checked run: another text in a cell, an answer, what a column means."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from truongso import audit
from truongso.intake import kinds
from truongso.intake import source as sources
from truongso.intake.actions.runs import insist, opened_json, recheck, sealed_json
from truongso.intake.models import ColumnMapping, ImportRun, RunState
from truongso.intake.plan import Plan
from truongso.people.actor import Actor


def _open(run: ImportRun) -> ImportRun:
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != RunState.CHECKED:
        raise ValidationError(_("Tệp này đã ghi hoặc đã thôi, không sửa được nữa."))
    return run


@transaction.atomic
def correct(*, by: Actor, run: ImportRun, sheet: str, cell: str, text: str) -> Plan:
    """Type over a cell of the file; the file itself stays as it is."""
    insist(by)
    run = _open(run)
    edits = opened_json(run.edits_sealed)
    edits[f"{sheet}!{cell}"] = text[:500]
    run.edits_sealed = sealed_json(edits)
    return recheck(run=run)


@transaction.atomic
def answer(*, by: Actor, run: ImportRun, key: str, choice: str) -> Plan:
    insist(by)
    run = _open(run)
    run.answers = run.answers | {key: choice[:20]}
    return recheck(run=run)


@transaction.atomic
def map_columns(*, by: Actor, run: ImportRun, number: int, columns: dict[str, str]) -> Plan:
    """Say what the columns of one table mean, for this run and for every later file with the same headers."""
    insist(by)
    run = _open(run)
    source = sources.unpack(opened_json(run.source_sealed))
    _kind, table = source.tables[number]
    signature = kinds.signature(table)
    for column in table.columns:
        if column.letter in columns:
            column.field, column.twice, column.chosen = columns[column.letter] or None, "", True
    kind = kinds.kind_of(table)
    if kind is None:
        raise ValidationError(_("Cần ít nhất một cột là họ tên hoặc lớp."))
    source.tables[number] = (kind, table)
    ColumnMapping.objects.update_or_create(
        signature=signature, defaults={"columns": columns, "provider": run.provider, "by_id": by.person_id}
    )
    run.source_sealed, run.kind = sealed_json(sources.pack(source)), source.kind
    audit.record(by, "intake.map_columns", obj=run)
    return recheck(run=run, source=source)
