"""The roll on a period's page: counts and a strip for teachers, their own mark for pupils and families."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso.people.actor import Actor
from truongso.timetable import roll_access, rules
from truongso.timetable.models import Period, PeriodState, Presence
from truongso.timetable.queries import roll_page
from truongso.timetable.queries.roll_page import Roll
from truongso.timetable.roll_rules import LETTERS, TONES
from truongso.timetable.roll_view import labels, say
from truongso.timetable.rules import PeriodTies
from truongso.ui.jinja import url


@dataclass(frozen=True, slots=True)
class Own:
    name: str
    state: str
    said: str
    href: str


def panel(actor: Actor, period: Period, mine: PeriodTies) -> dict[str, Any] | None:
    """None: nothing to show to this person."""
    if period.state == PeriodState.CANCELLED:
        return None
    if not rules.may_read_roll(actor, mine):
        return _own(actor, period, mine)
    roll = roll_page.of_periods([period])
    if not roll.rows or (not roll.taken and period.day > actor.on):
        return None
    keeper = roll_access.is_keeper(actor, {period.unit_id})
    return {
        "taken": roll.taken, "present": roll.tally["present"], "counts": _counts(roll), "cells": cells(roll),
        "sentence": _sentence(roll), "remarks": _remarks(roll, keeper), "expected": _expected(roll),
        "href": url("period_roll", period.pk) if roll_access.may_correct(actor, period, mine) else None,
    }  # fmt: skip


def _counts(roll: Roll) -> list[tuple[str, str, str]]:
    return [
        (LETTERS[state], f"{roll.tally[state]} {word.lower()}", TONES.get(state, state))
        for state, word in labels().items() if state != Presence.PRESENT and roll.tally[state]
    ]  # fmt: skip


def cells(roll: Roll) -> list[tuple[str, str]]:
    return [(TONES.get(row.mark.state, row.mark.state), LETTERS[row.mark.state]) for row in roll.rows]


def _sentence(roll: Roll) -> str:
    said = [f"{count} {labels()[state].lower()}" for state, count in roll.tally.items()]
    return _("Điểm danh: %(counts)s") % {"counts": ", ".join(said)}


def _remarks(roll: Roll, keeper: bool) -> str:
    """Who was not simply there; the family's reason only for those who may read it."""
    said = []
    for row in roll.rows:
        if row.mark.state == Presence.PRESENT:
            continue
        reason = f" ({row.note.reason})" if row.note and keeper and row.mark.state == Presence.EXCUSED else ""
        said.append(f"{row.person.full_name}: {say(row.mark)}{reason}")
    return ". ".join(said) + "." if said else ""


def _expected(roll: Roll) -> str:
    notes = sum(1 for row in roll.rows if row.note)
    return ngettext("%(num)s đơn xin nghỉ", "%(num)s đơn xin nghỉ", notes) % {"num": notes} if notes else ""


def _own(actor: Actor, period: Period, mine: PeriodTies) -> dict[str, Any] | None:
    """Never the others': a pupil's own mark, a guardian's children's."""
    who = roll_access.own_pupils(actor, period) if mine.in_class or mine.family else []
    marks = roll_page.marks_of(period, [person.pk for person in who])
    if marks is None:
        return None
    own = [Own(p.full_name, marks[p.pk].state, say(marks[p.pk]), url("pupil_absences", p.pk)) for p in who]
    return {"mine": own} if own else None
