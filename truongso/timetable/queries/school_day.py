"""The whole school on one day: what goes on now, what is not as planned, what was not written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from truongso.timetable.models import Mode
from truongso.timetable.queries import rows
from truongso.timetable.queries.ask import ask
from truongso.timetable.queries.rows import Row

# Counted by the database: a large school has three hundred periods a day, and the head's home only needs the sums.
_NOW = """
    WITH d AS (
        SELECT p.id, p.unit_id, p.person_id, p.mode, p.state, p.shift, p.kept, p.span @> %(now)s AS going, upper(p.span) <= %(now)s AS over,
               lower(p.span) <= %(now)s AS begun,
               EXISTS (SELECT 1 FROM timetable_registernote n WHERE n.period_id = p.id) AS signed,
               EXISTS (SELECT 1 FROM timetable_rollsheet o WHERE o.unit_id = p.unit_id AND o.day = p.day AND o.shift = p.shift) AS rolled
          FROM timetable_period p WHERE p.day = %(day)s
    )
    SELECT count(*) FILTER (WHERE state = 'planned'),
           count(*) FILTER (WHERE state = 'planned' AND going AND mode = 'inperson'),
           count(*) FILTER (WHERE state = 'planned' AND going AND mode = 'support'),
           count(*) FILTER (WHERE state = 'planned' AND going AND mode = 'replace'),
           count(*) FILTER (WHERE state = 'planned' AND going AND mode = 'self'),
           count(*) FILTER (WHERE state = 'cancelled'),
           count(*) FILTER (WHERE kept AND state = 'planned' AND person_id IS DISTINCT FROM coalesce((
                SELECT (c.before->>'person_id')::bigint FROM timetable_periodchange c
                 WHERE c.period_id = d.id AND c.kind = 'substituted' ORDER BY c.id LIMIT 1), person_id)),
           count(DISTINCT (unit_id, shift)) FILTER (WHERE state = 'planned' AND begun AND NOT rolled),
           count(*) FILTER (WHERE state = 'planned' AND over AND NOT signed)
      FROM d
"""


@dataclass(frozen=True, slots=True)
class SchoolNow:
    planned: int
    inperson: int
    support: int
    replace: int
    self_study: int
    cancelled: int
    substituted: int
    unrolled: int  # half-days of a class (buổi) that have begun without a roll
    unsigned: int

    @property
    def going(self) -> int:
        return self.inperson + self.support + self.replace + self.self_study

    @property
    def by_mode(self) -> list[tuple[str, str, int]]:
        """(mode, its name, how many), only those there are."""
        counts = (self.inperson, self.support, self.replace, self.self_study)
        return [(m.value, str(m.label), n) for m, n in zip(Mode, counts, strict=True) if n]


def school_now(now: datetime) -> SchoolNow:
    [found] = ask(_NOW, now=now, day=now.date())
    return SchoolNow(*found)


# What the page of the school's day can be asked for; each figure of the head's home opens its own.
SHOWN: dict[str, Callable[[Row, datetime], bool]] = {
    "": lambda row, now: True,
    "now": lambda row, now: not row.cancelled and row.starts <= now < row.ends,
    "cancelled": lambda row, now: row.cancelled,
    "substituted": lambda row, now: row.substituted and not row.cancelled,
    "unsigned": lambda row, now: not row.cancelled and row.ends <= now and not row.signed,
    "unrolled": lambda row, now: False,
}


def school_day(now: datetime, show: str) -> Sequence[Row]:
    """The periods of the day that are asked for, in order of time."""
    found = rows.of_school(now.date())
    if show == "unrolled":
        return _without_roll(found, now)
    return [row for row in found if SHOWN[show](row, now)]


def _without_roll(found: Sequence[Row], now: datetime) -> list[Row]:
    """The first begun period of each half-day of a class for which nobody has taken a roll."""
    taken = set(ask("SELECT unit_id, shift FROM timetable_rollsheet WHERE day = %(day)s", day=now.date()))
    first: dict[tuple[int, str], Row] = {}
    for row in found:
        key = (row.unit_id, row.shift)
        if not row.cancelled and row.starts <= now and key not in taken:
            first.setdefault(key, row)
    return list(first.values())
