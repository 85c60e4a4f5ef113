"""Bài dạy: before the period what the programme proposes, afterwards what was taught."""

from __future__ import annotations

from typing import Any

from truongso.curriculum.models import Outcome
from truongso.people.actor import Actor
from truongso.timetable.forms.register import lessons_for
from truongso.timetable.models import Period, PeriodState, RegisterNote
from truongso.timetable.queries.register import Proposed, next_lesson
from truongso.timetable.rules import PeriodTies


def panel(actor: Actor, period: Period, mine: PeriodTies) -> dict[str, Any] | None:
    """Everybody of the class sees it. None: there is no programme and nothing was written yet."""
    note = RegisterNote.objects.select_related("lesson").filter(period=period).first()
    if note is not None:
        return {"taught": True, "note": note, **_of_note(period, note)}
    proposed = next_lesson(period.unit_id, period.subject_id, period.part_id, period)
    if proposed is None or period.state != PeriodState.PLANNED:
        return None
    return {
        "taught": False, "note": None, "title": proposed.title, "place": proposed.place,
        "outcomes": _outcomes(proposed.lesson),
    }  # fmt: skip


def _of_note(period: Period, note: RegisterNote) -> dict[str, Any]:
    if note.lesson is None:
        return {"title": note.lesson_text, "place": "", "outcomes": []}
    found = next((x for x in lessons_for(period) if x.id == note.lesson_id), None)
    if found is None or note.ordinal is None:
        return {"title": note.lesson_text, "place": "", "outcomes": _outcomes(note.lesson.pk)}
    nth = min(max(note.ordinal - found.first + 1, 1), found.periods)
    place = Proposed(found.id, found.title, nth, found.periods, note.ordinal).place
    return {"title": note.lesson.title, "place": place, "outcomes": _outcomes(found.id)}


def _outcomes(lesson_id: int) -> list[str]:
    found = Outcome.objects.filter(lesson=lesson_id, archived_at=None).order_by("order", "pk")
    return list(found.values_list("text", flat=True))
