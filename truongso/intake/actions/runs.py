"""A run from its file to its preview: read, check, correct, check again."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso.intake import look, rules
from truongso.intake import source as sources
from truongso.intake.book import Refused
from truongso.intake.drafts import Draft
from truongso.intake.models import ColumnMapping, ImportRow, ImportRun, RunState
from truongso.intake.plan import Plan, make_plan, problem_row
from truongso.lib.dates import school_year
from truongso.people import sealed
from truongso.people.actor import Actor
from truongso.roster.actions.spans import insist as really
from truongso.school.rules.frames import years_of

BATCH = 500


def insist(by: Actor | None) -> None:
    if by is not None:
        really(rules.may_import(by))


def sealed_json(data: Any) -> bytes:
    return sealed.seal(json.dumps(data, ensure_ascii=False, default=str), use="intake")


def opened_json(raw: bytes | memoryview | None) -> Any:
    return json.loads(sealed.unseal(raw, use="intake")) if raw else {}


def read(content: bytes, *, name: str, sheet: str | None = None) -> sources.Source:
    """Read a file with the mappings that people have set before. Raises Refused. Writes nothing."""
    finder, _has = look.finder()
    remembered = dict(ColumnMapping.objects.values_list("signature", "columns"))
    return sources.read_source(content, name=name, sheet=sheet, find_subject=finder.find, remembered=remembered)


def year_for(source: sources.Source, asked: str = "") -> str:
    """The year to import into: as asked, as the file says, or today's. Raises Refused for a word that is no year."""
    name = asked or source.year or school_year(timezone.localdate())
    if years_of(name) is None:
        raise Refused(_("“%(name)s” không phải là năm học. Tên năm học viết như 2026-2027.") % {"name": name})
    return name


@transaction.atomic
def start_run(*, by: Actor | None, name: str) -> ImportRun:
    insist(by)
    return ImportRun.objects.create(name=name[:200], by_id=by.person_id if by else None)


def check(*, run: ImportRun, content: bytes, sheet: str | None = None, year: str = "") -> Plan | None:
    """Read the file of a run and plan it; None when it is refused (the run says why)."""
    run.sha256 = sha256(content).hexdigest()
    try:
        source = read(content, name=run.name, sheet=sheet)
        run.year = year_for(source, year)
    except Refused as refused:
        run.state, run.refused, run.content_sealed = RunState.REFUSED, refused.why, None
        run.save(update_fields=["state", "refused", "sha256", "content_sealed"])
        return None
    run.source_sealed = sealed_json(sources.pack(source))
    run.content_sealed = None
    run.kind, run.provider = source.kind, source.provider
    return recheck(run=run, source=source)


def plan_of(run: ImportRun, source: sources.Source | None = None) -> Plan:
    source = source or sources.unpack(opened_json(run.source_sealed))
    plan = make_plan(
        source, year=run.year, today=timezone.localdate(), edits=opened_json(run.edits_sealed), answers=run.answers
    )
    plan.notes = [*source.notes, *(str(d["text"]) for d in source.doubtful)]
    return plan


@transaction.atomic
def recheck(*, run: ImportRun, source: sources.Source | None = None) -> Plan:
    """Plan anew and store the lines that people see."""
    source = source or sources.unpack(opened_json(run.source_sealed))
    plan = plan_of(run, source)
    run.state, run.counts, run.created, run.digest = RunState.CHECKED, plan.counts(), plan.created, plan.digest()
    run.notes, run.ignored = plan.notes, source.ignored
    run.save()
    lines = [d for d in plan.drafts if not (d.status == "skipped" and d.values.get("why") == "child")]
    ImportRow.objects.filter(run=run).delete()
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                run=run,
                order=n,
                kind=d.kind,
                status=d.status or "same",
                sheet=d.sheet[:200],
                row=d.row,
                shown_sealed=sealed_json(shown(d)),
            )
            for n, d in enumerate(lines)
        ),
        batch_size=BATCH,
    )
    return plan


def shown(draft: Draft) -> dict[str, Any]:
    """What a line of the preview needs to be drawn."""
    values = {k: v for k, v in draft.values.items() if k not in {"teacher", "label", "class_said", "why"}}
    return {
        "key": draft.key, "title": draft.title, "values": values, "changes": draft.changes, "question": draft.question,
        "problems": [problem_row(draft, p.field, p.reason, p.spot) for p in draft.problems], "of": draft.of.title if draft.of else "",
        "person_id": draft.person_id,
    }  # fmt: skip
