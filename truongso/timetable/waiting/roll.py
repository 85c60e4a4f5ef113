"""What waits on Hôm nay about rolls and absence notes: (count, text, more, address). Few queries: everybody's home asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import ngettext

from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.timetable.absence_rules import COUNTED, away_in_a_row, state
from truongso.timetable.queries import absences
from truongso.timetable.queries.ask import ask
from truongso.ui.jinja import url

LOOK_BACK = timedelta(days=14)

# Periods of today that have begun and have no roll, of the own lessons and of the own class (without a session's roll).
_MISSING = """
    SELECT p.id, p.unit_id, u.name, s.name, p.person_id = %(me)s FROM timetable_period p
      JOIN people_unit u ON u.id = p.unit_id JOIN school_subject s ON s.id = p.subject_id
     WHERE p.day = %(day)s AND p.state = 'planned' AND lower(p.span) <= %(now)s
       AND (p.person_id = %(me)s OR p.unit_id = ANY(%(own)s))
       AND NOT EXISTS (SELECT 1 FROM timetable_rollsheet r WHERE r.period_id = p.id)
       AND (p.person_id = %(me)s OR NOT EXISTS (SELECT 1 FROM timetable_rollsheet r WHERE r.unit_id = p.unit_id
                                                   AND r.day = p.day AND r.shift = p.shift AND r.period_id IS NULL))
     ORDER BY p.span, u.name
"""
_UNSEEN = """
    SELECT r.unit_id, count(*) FROM timetable_absencenote n
      JOIN people_roleassignment r ON r.person_id = n.child_id AND r.role = 'pupil' AND r.unit_id = ANY(%(own)s)
                                  AND r.during @> %(day)s::date
     WHERE n.seen_at IS NULL AND n.withdrawn_at IS NULL
     GROUP BY r.unit_id
"""
_NAMES = "SELECT full_name FROM people_person WHERE id = ANY(%(pupils)s) ORDER BY sort_key, id"


def lines(actor: Actor) -> Iterator[tuple[int, str, str, str]]:
    own = list(actor.units(Role.HOMEROOM))
    if own:
        for unit, count in ask(_UNSEEN, own=own, day=actor.on):
            text = ngettext("đơn xin nghỉ chưa xem", "đơn xin nghỉ chưa xem", count)
            yield count, text, "", url("class_notes", unit)
        yield from _long_away(actor, own)
    if own or actor.has(Role.TEACHER):
        yield from _missing(actor, own)


def _missing(actor: Actor, own: list[int]) -> Iterator[tuple[int, str, str, str]]:
    found = ask(_MISSING, me=actor.person_id, own=own, day=actor.on, now=timezone.now())
    mine = [row for row in found if row[4]]
    others = [row for row in found if not row[4]]
    if mine:
        period, _unit, name, subject, _own = mine[0]
        text = ngettext("tiết hôm nay chưa điểm danh", "tiết hôm nay chưa điểm danh", len(mine))
        yield len(mine), text, f"{subject} {name}", url("period_roll", period)
    if others:
        unit, name = others[0][1], others[0][2]
        text = ngettext("tiết của lớp mình chưa ai điểm danh", "tiết của lớp mình chưa ai điểm danh", len(others))
        yield len(others), text, name, url("class_roll", unit)


def _long_away(actor: Actor, own: list[int]) -> Iterator[tuple[int, str, str, str]]:
    """Pupils away in the last two sessions: time to call the family."""
    first, until = actor.on - LOOK_BACK, actor.on + timedelta(days=1)
    away: dict[tuple[int, int], set[object]] = {}
    marks, held = absences.lately(first, until, own)
    for seen in marks:
        if state(seen.session) in COUNTED:
            away.setdefault((seen.pupil_id, seen.unit_id), set()).add(seen.session.day)
    long = [pupil for (pupil, unit), days in away.items() if away_in_a_row(held.get(unit, []), days)]  # type: ignore[arg-type]
    names = [name for (name,) in ask(_NAMES, pupils=long)] if long else []
    if names:
        text = ngettext(
            "em vắng hai buổi liền, nên gọi gia đình", "em vắng hai buổi liền, nên gọi gia đình", len(names)
        )
        yield len(names), text, ", ".join(names[:3]), url("class_absences", own[0])
