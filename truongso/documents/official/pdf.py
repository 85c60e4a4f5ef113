"""The PDF of an official document (PDF/A-2b)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from truongso.documents.official import model
from truongso.documents.official.model import Block, Heading, OfficialDocument, Table
from truongso.documents.pdf import render_typst

TEMPLATE = Path(__file__).parent.parent / "typst" / "official.typ"


def to_pdf(document: OfficialDocument) -> bytes:
    return render_typst(TEMPLATE, as_data(document), archival=True)


def as_data(document: OfficialDocument) -> dict[str, Any]:
    """What the template sets: every line as it is printed."""
    signature = document.signature
    return {
        "motto": list(model.MOTTO),
        "parent": model.parent_lines(document),
        "issuer": document.issuer.upper(),
        "number": model.number_line(document),
        "date": model.date_line(document),
        "kind": document.kind.upper() if document.kind else "",
        "abstract": document.abstract,
        "bases": model.bases(document),
        "body": _blocks(document.body),
        "sign": [part.upper() for part in (signature.prefix, signature.title) if part],
        "name": signature.name,
        "recipients": model.recipients(document),
        "annexes": [
            {
                "number": model.annex_number(document, i),
                "title": annex.title.upper(),
                "of": model.annex_line(document),
                "body": _blocks(annex.blocks),
                "landscape": annex.landscape,
            }
            for i, annex in enumerate(document.annexes)
        ],
    }


def _blocks(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for block in blocks:
        if isinstance(block, Table):
            widths = block.widths or tuple(1.0 for _ in block.columns)
            made.append({"is": "table", "columns": block.columns, "rows": block.rows, "widths": widths})
        else:
            made.append({"is": "heading" if isinstance(block, Heading) else "paragraph", "text": block.text})
    return made
