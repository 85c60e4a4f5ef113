"""A plan as the command line tells it."""

from __future__ import annotations

from typing import Any

from truongso.intake.plan import KINDS, STATUSES, Plan, problem_row
from truongso.intake.source import Source


def as_json(
    name: str, source: Source | None, plan: Plan | None, *, committed: bool, refused: str | None
) -> dict[str, Any]:
    drafts = plan.drafts if plan else []
    return {
        "file": name, "kind": source.kind if source else None, "provider": source.provider if source else None, "year": plan.year if plan else None,
        "committed": committed,
        "counts": plan.counts() if plan else {kind: dict.fromkeys(STATUSES, 0) for kind in KINDS},
        "created": plan.created if plan else [],
        "wrong": [problem_row(d, p.field, p.reason, p.spot) for d in drafts if d.status == "wrong" for p in d.problems],
        "questions": [
            {"kind": d.kind, "sheet": d.sheet, "row": d.row, "text": d.question["text"], "choices": [c[1] for c in d.question["choices"]]}
            for d in drafts if d.question
        ],
        "changed": [
            {"kind": d.kind, "sheet": d.sheet, "row": d.row, "name": d.title, "changes": d.changes} for d in drafts if d.status == "changed"
        ],
        "ignored_columns": source.ignored if source else [],
        "notes": plan.notes if plan else [],
        "refused": refused,
    }  # fmt: skip
