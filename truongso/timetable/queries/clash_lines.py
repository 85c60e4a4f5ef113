"""The lessons that could not be laid out because a period arranged by hand stands there, in words for the page."""

from __future__ import annotations

from collections.abc import Sequence

from truongso.people.models import Unit
from truongso.school.models import Subject
from truongso.timetable import words
from truongso.timetable.layout import Clash

_MOST = 200


def clash_lines(clashes: Sequence[Clash]) -> list[dict[str, object]]:
    """JSON rows: which lesson on which day, who is in two places, and the period that stands in the way."""
    if not clashes:
        return []
    units = dict(Unit.objects.filter(pk__in={c.slot.cell.unit_id for c in clashes}).values_list("pk", "name"))
    subjects = dict(Subject.objects.filter(pk__in={c.slot.cell.subject_id for c in clashes}).values_list("pk", "name"))
    return [
        {
            "period": c.standing_id, "day": c.slot.day.isoformat(), "who": c.who,
            "unit": units[c.slot.cell.unit_id], "subject": c.slot.cell.label or subjects[c.slot.cell.subject_id],
            "at": words.number(c.slot.cell.shift, c.slot.cell.number),
        }
        for c in sorted(clashes, key=lambda c: (c.slot.day, c.slot.span))[:_MOST]
    ]  # fmt: skip
