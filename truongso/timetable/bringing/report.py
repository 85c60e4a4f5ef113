"""A plan as the command line tells it; the same manner as the import of people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from truongso.timetable.bringing.lesson import STATUSES, Lesson
from truongso.timetable.bringing.plan import Plan
from truongso.timetable.bringing.school import School
from truongso.timetable.models import TimetableVersion


def as_json(
    names: Iterable[str], kind: str | None, plan: Plan | None, school: School | None, *, committed: bool, published: bool,
    version: TimetableVersion | None, base: TimetableVersion | None, name: str, refused: str | None,
) -> dict[str, Any]:  # fmt: skip
    """`name` is what the draft is called, or would be; `ignored_columns` stands for the sake of programs that read both
    reports: a timetable leaves no column out, what it cannot read is wrong."""
    lessons = plan.lessons if plan else []
    asked = {one.choice.key: one.said for one in reversed(lessons) if one.choice and one.problems}
    makes = refused is None and plan is not None and bool(plan.good) and (base is None or plan.anything)
    return {
        "file": " + ".join(names), "kind": "timetable", "provider": kind, "year": school.year.name if school else None,
        "committed": committed, "published": published,
        "version": {"id": version.pk, "name": version.name, "first": version.during.lower.isoformat(), "state": version.state} if version else None,
        "compared_with": {"id": base.pk, "name": base.name, "state": base.state} if base else None,
        "counts": {"lessons": plan.counts() if plan else dict.fromkeys(STATUSES, 0)},
        "created": [version.name if version else name] if makes else [],
        "wrong": [
            {**_place(one), "reason": p.reason, "field": p.field} for one in lessons if one.status == "wrong" for p in one.problems
        ],
        "questions": [
            {
                "kind": "lessons", "sheet": asked[c.key].sheet, "row": asked[c.key].row, "key": c.key, "text": c.text, "cells": n,
                "choices": [text for _value, text in c.options],
            }
            for c, n in (plan.choices() if plan else [])
        ],
        "changed": [{**_place(one), "name": one.title, "changes": one.changes} for one in lessons if one.status == "changed"],
        "clashes": [
            {"kind": c.kind, "who": c.who, "text": c.text, "lessons": [_place(one) | {"class": one.class_name} for one in c.lessons]}
            for c in (plan.clashes if plan else [])
        ],
        "gone": [{"class": g.class_name, "day": g.slot[1], "shift": g.slot[2], "period": g.slot[3], "lesson": g.text} for g in (plan.gone if plan else [])],
        "kept": len(plan.kept) if plan else 0, "skipped": plan.skipped if plan else 0,
        "repeated": plan.repeated if plan else 0,
        "lessons": [_lesson(one, school) for one in lessons] if school else [],
        "ignored_columns": [],
        "warnings": plan.warnings if plan else [], "notes": plan.notes if plan else [], "refused": refused,
    }  # fmt: skip


def _place(one: Lesson) -> dict[str, Any]:
    said = one.said
    return {
        "kind": "lessons", "sheet": said.sheet, "row": said.row, "column": said.column, "cell": said.cell or None, "value": said.value,
    }  # fmt: skip


def _lesson(one: Lesson, school: School) -> dict[str, Any]:
    return {
        **_place(one), "status": one.status, "class": one.class_name or one.said.klass, "day": one.said.weekday,
        "shift": one.shift or None, "period": one.said.number, "subject": one.subject_name or one.said.subject, "part": one.part_name or None, "label": one.label or None,
        "teacher": school.teachers.names.get(one.person or 0) or one.said.teacher or None,
        "room": school.room_names.get(one.room or 0) or one.said.room or None, "reason": " ".join(p.reason for p in one.problems) or None,
    }  # fmt: skip
