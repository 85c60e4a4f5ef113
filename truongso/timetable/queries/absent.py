"""Who was away from periods, as the register names them: from the roll of the period, else of its half-day session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from truongso.roster.teaching import short
from truongso.timetable.models import Period, Presence, RollMark, RollSheet


@dataclass(frozen=True, slots=True)
class Absent:
    name: str  # N.K. An
    excused: bool

    def __str__(self) -> str:
        return f"{self.name} ({'P' if self.excused else 'K'})"


def absent_from(periods: Iterable[Period]) -> dict[int, list[Absent] | None]:
    """period id → who was away; None where no roll was taken: two queries, however many periods."""
    asked = list(periods)
    found = RollSheet.objects.filter(
        Q(period__in=[p.pk for p in asked])
        | Q(period=None, unit__in={p.unit_id for p in asked}, day__in={p.day for p in asked})
    )
    of_period: dict[int, int] = {}
    of_session: dict[tuple[int, date, str], int] = {}
    for pk, period, unit, day, shift in found.values_list("pk", "period_id", "unit_id", "day", "shift"):
        if period:
            of_period[period] = pk
        else:
            of_session[unit, day, shift] = pk
    marks: dict[int, list[Absent]] = defaultdict(list)
    rows = RollMark.objects.filter(
        sheet__in=[*of_period.values(), *of_session.values()], state__in=[Presence.EXCUSED, Presence.ABSENT]
    ).order_by("pupil__sort_key", "pupil_id")
    for sheet, name, state in rows.values_list("sheet_id", "pupil__full_name", "state"):
        marks[sheet].append(Absent(short(name), state == Presence.EXCUSED))
    made: dict[int, list[Absent] | None] = {}
    for p in asked:
        taken = of_period.get(p.pk) or of_session.get((p.unit_id, p.day, p.shift))
        made[p.pk] = marks[taken] if taken else None
    return made
