"""The shipped examples, read as drafts: a start for a group that has nothing typed yet."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from truongso.curriculum.annex.draft import Draft, DraftLesson, DraftResource, DraftTest, DraftTopic, kind_of

FOLDER = Path(__file__).parent / "data"


@cache
def known() -> frozenset[tuple[str, int]]:
    """Which subjects (by code) and grades have an example."""
    return frozenset((str(found["subject"]), int(found["grade"])) for found in map(_parsed, FOLDER.glob("*.toml")))


def example(subject_code: str, grade: int) -> Draft | None:
    """A fresh draft of the example; None when none is shipped."""
    if (subject_code, grade) not in known():
        return None
    found = _parsed(FOLDER / f"{subject_code}-{grade}.toml")
    return Draft(
        [_topic(t) for t in found["topics"]],
        [DraftTest(**t) for t in found["tests"]],
        [DraftResource(kind, **r) for kind in ("device", "room") for r in found[f"{kind}s"]],
        grades=(grade,),
        subject=subject_code,
    )


def _parsed(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _topic(found: dict[str, Any]) -> DraftTopic:
    part = found.get("part", "")
    lessons = [
        DraftLesson(x["title"], x["periods"], kind_of(x["title"]), list(x["outcomes"]), part=part)
        for x in found["lessons"]
    ]
    return DraftTopic(found["title"], part, lessons)
