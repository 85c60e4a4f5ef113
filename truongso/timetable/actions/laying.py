"""Turning a timetable into the periods of its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from truongso.school.models import BellPeriod, SchoolClass
from truongso.timetable import layout
from truongso.timetable.clashes import told
from truongso.timetable.copying import copy_rows
from truongso.timetable.models import Mode, ModeDecision, Origin, Period, PeriodChange, PeriodState, TimetableVersion
from truongso.timetable.queries.calendar import teaching_days

MANY = 1_000
LOCK = 5_120_001  # one laying out at a time: two would each make the same periods


@dataclass(frozen=True, slots=True)
class Laid:
    made: int
    moved: int
    removed: int
    clashes: list[layout.Clash]


@transaction.atomic
def lay_out_periods(*, version: TimetableVersion, first: date, last: date, alone: bool = False) -> Laid:
    """Make the days from first to last (both included) hold what the version wants; see layout.lay_out. `alone`: the rest
    of their weeks stays laid out, so what was first made for another day uses up nothing here.

    Raises layout.NoBell when a period of the version has no bell times, ValidationError when two of its lessons overlap
    in time after all (campuses ring differently). The caller audits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    there = standing(first, last)
    if alone:
        there = [replace(s, from_timetable=s.from_timetable and first <= s.first_slot[0] <= last) for s in there]
    found = layout.lay_out(wanted(version, first, last), there)
    with told():
        Period.objects.filter(pk__in=found.remove).delete()
        _move(found.move)
        _make(found.make)
    if len(found.make) > MANY:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE timetable_period")  # the pages of this morning should not wait for autovacuum
    return Laid(len(found.make), len(found.move), len(found.remove), found.clashes)


def wanted(version: TimetableVersion, first: date, last: date) -> list[layout.Slot]:
    """The slots of a version between two days, with the mode that the head's decisions give each."""
    cells = [
        layout.Cell(
            e.pk, e.unit_id, e.weekday, e.shift, e.number, e.subject_id, e.part_id, e.person_id, e.room_id, e.label, e.lesson
        )
        for e in version.entries.all()
    ]  # fmt: skip
    bells = {
        (b.schedule.campus_id, b.schedule.shift, b.number): (b.starts, b.ends)
        for b in BellPeriod.objects.select_related("schedule")
    }
    campuses = dict(SchoolClass.objects.filter(year=version.year_id).values_list("unit_id", "campus_id"))
    zone = ZoneInfo(settings.TIME_ZONE)
    mode_on = modes(first, last)
    return [
        layout.Slot(cell, day, span, mode_on(cell.unit_id, day, cell.shift))
        for cell, day, span in layout.spans(cells, teaching_days(first, last), bells, campuses, zone)
    ]


class modes:
    """The mode that decisions in force give a class on a day and shift; the latest decision wins."""

    def __init__(self, first: date, last: date) -> None:
        found = ModeDecision.objects.filter(during__overlap=(first, last + timedelta(days=1)), withdrawn_at=None)
        self.decisions = [
            (d.during.lower, d.during.upper, frozenset(u.pk for u in d.units.all()), d.shift, d.mode)
            for d in found.order_by("-pk").prefetch_related("units")
        ]

    def __call__(self, unit_id: int, day: date, shift: str) -> str:
        for lower, upper, units, its_shift, mode in self.decisions:
            if lower <= day < upper and (not units or unit_id in units) and its_shift in {"", shift}:
                return mode
        return Mode.IN_PERSON


def standing(first: date, last: date) -> list[layout.Standing]:
    """The periods that stand in these days, or were first made for them and then moved out; each with its first slot."""
    origins: dict[int, dict[str, object]] = {}
    changes = PeriodChange.objects.filter(before__has_key="day").order_by("pk").values_list("period_id", "before")
    for period_id, before in changes:
        origins.setdefault(period_id, before)
    moved_out = [key for key, before in origins.items() if first.isoformat() <= str(before["day"]) <= last.isoformat()]
    found = Period.objects.filter(Q(day__range=(first, last)) | Q(pk__in=moved_out))
    return [
        layout.Standing(
            p.pk, (p.unit_id, p.subject_id, p.part_id), p.day, p.shift, p.number, (p.span.lower, p.span.upper),
            p.person_id, p.room_id, p.lesson, p.kept, p.state == PeriodState.PLANNED, p.origin == Origin.TIMETABLE,
            _first_slot(p, origins.get(p.pk)),
        )
        for p in found
    ]  # fmt: skip


def _first_slot(period: Period, before: dict[str, object] | None) -> tuple[date, str, int]:
    if before is None:
        return (period.day, period.shift, period.number)
    shift, number = before.get("shift", period.shift), before.get("number", period.number)
    return (date.fromisoformat(str(before["day"])), str(shift), int(str(number)))


_COLUMNS = (
    "unit_id", "subject_id", "part_id", "person_id", "room_id", "label", "day", "shift", "number", "span", "mode",
    "entry_id", "lesson",
)  # fmt: skip


def _make(slots: Sequence[layout.Slot]) -> None:
    """By COPY: as model objects the year of a large school would take half a minute."""
    spans = {slot.span: _text(slot.span) for slot in slots}
    cells = [(slot, slot.cell) for slot in slots]
    copy_rows(
        Period,
        _COLUMNS,
        (
            (
                cell.unit_id, cell.subject_id, cell.part_id, cell.person_id, cell.room_id, cell.label, slot.day,
                cell.shift, cell.number, spans[slot.span], slot.mode, cell.entry_id, slot.lesson,
            )
            for slot, cell in cells
        ),
    )  # fmt: skip


def _text(span: layout.Span) -> str:
    return f"[{span[0].isoformat()},{span[1].isoformat()})"


_MOVE = """
    UPDATE timetable_period p
       SET day = n.day, shift = n.shift, number = n.number, span = tstzrange(n.starts, n.ends), person_id = n.person,
           room_id = n.room, label = n.label, mode = n.mode, entry_id = n.entry, lesson = n.lesson
      FROM unnest(%s::bigint[], %s::date[], %s::text[], %s::int[], %s::timestamptz[], %s::timestamptz[], %s::bigint[],
                  %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::uuid[])
           AS n(id, day, shift, number, starts, ends, person, room, label, mode, entry, lesson)
     WHERE p.id = n.id
"""


def _move(moves: Sequence[tuple[int, layout.Slot]]) -> None:
    """One statement for all: Django's bulk_update would take a minute for half a year of a large school."""
    if not moves:
        return
    rows = [
        (
            period_id, slot.day, slot.cell.shift, slot.cell.number, *slot.span, slot.cell.person_id, slot.cell.room_id,
            slot.cell.label, slot.mode, slot.cell.entry_id, slot.lesson,
        )
        for period_id, slot in moves
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [list(column) for column in zip(*rows, strict=True)])
