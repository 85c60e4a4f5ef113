"""A draft as text, for a form to carry from the preview to the taking; read back it is checked as anything from outside."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from truongso.curriculum.annex.draft import LONGEST, Draft, DraftLesson, DraftResource, DraftTest, DraftTopic, Wrong

_KINDS = {"lesson", "practice", "review", "test"}


def pack(draft: Draft) -> str:
    return json.dumps(asdict(draft), ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Draft:
    """Raises ValueError when it is none of ours."""
    try:
        found = json.loads(text)
        draft = Draft(
            [_topic(t) for t in found["topics"]],
            [DraftTest(**t) for t in found["tests"]],
            [DraftResource(**r) for r in found["resources"]],
            [Wrong(**{**w, "outcomes": tuple(w["outcomes"])}) for w in found["wrong"]],
            tuple(int(g) for g in found["grades"]),
            str(found["subject"]),
            str(found["year"]),
        )
    except (TypeError, KeyError, AttributeError, json.JSONDecodeError, RecursionError) as error:
        raise ValueError("not a packed draft") from error
    if any(not _fits(x) for x in draft.lessons) or any(not 1 <= t.term <= 2 for t in draft.tests):
        raise ValueError("not a packed draft")
    return draft


def _topic(found: dict[str, Any]) -> DraftTopic:
    lessons = [DraftLesson(**x) for x in found["lessons"]]
    return DraftTopic(str(found["title"])[:200], str(found["part"]), lessons)


def _fits(lesson: DraftLesson) -> bool:
    texts = (lesson.title, lesson.kind, lesson.week, lesson.part, lesson.place, lesson.origin, *lesson.outcomes)
    return (
        all(isinstance(t, str) and len(t) <= 1000 for t in texts)
        and isinstance(lesson.periods, int) and 1 <= lesson.periods <= LONGEST
        and 0 < len(lesson.title) <= 300 and lesson.kind in _KINDS and len(lesson.week) <= 40 and len(lesson.origin) <= 64
    )  # fmt: skip
