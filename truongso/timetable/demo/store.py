"""Rows of the made-up school's past, in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange, Jsonb

from truongso.timetable.copying import copy_rows, new_ids
from truongso.timetable.demo.changes import Change, Told
from truongso.timetable.demo.held import Row
from truongso.timetable.demo.links import Link, Standing
from truongso.timetable.demo.register import Line, Week
from truongso.timetable.demo.rolls import Rolls, Sheet
from truongso.timetable.models import (
    AbsenceNote,
    LinkVisit,
    Origin,
    Period,
    PeriodChange,
    PeriodLink,
    Presence,
    RegisterNote,
    RegisterWeek,
    RollChange,
    RollMark,
    RollSheet,
    SignedAs,
    StandingLink,
    new_token,
)

_CHANGE = """
    UPDATE timetable_period p
       SET day = n.day, shift = n.shift, number = n.number, span = tstzrange(n.starts, n.ends), person_id = n.person,
           state = n.state, kept = true, version = p.version + n.times
      FROM unnest(%s::bigint[], %s::date[], %s::text[], %s::int[], %s::timestamptz[], %s::timestamptz[], %s::bigint[],
                  %s::text[], %s::int[]) AS n(id, day, shift, number, starts, ends, person, state, times)
     WHERE p.id = n.id
"""


def keep_changes(told: Told, by: int | None) -> None:
    """The new rows get their keys here."""
    for row, key in zip(told.added, new_ids(Period, len(told.added)), strict=True):
        row.id = key
    changed = list({c.row.id: c.row for c in told.changes if c.row.touched}.values())
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(_CHANGE, [list(column) for column in zip(*map(_changed, changed), strict=True)])
    copy_rows(Period, _ADDED, map(_added, told.added))
    columns = ("period_id", "kind", "by_id", "reason", "before", "after", "at")
    in_time = sorted(told.changes, key=lambda c: c.at)
    copy_rows(PeriodChange, columns, (_said(change, by) for change in in_time))


def _changed(row: Row) -> tuple[object, ...]:
    return (
        row.id, row.day, row.shift, row.number, row.starts, row.ends, row.person, row.state, row.touched,
    )  # fmt: skip


_ADDED = (
    "id", "unit_id", "subject_id", "part_id", "person_id", "room_id", "day", "shift", "number", "span", "mode",
    "makes_up_id", "origin", "kept",
)  # fmt: skip


def _added(row: Row) -> tuple[object, ...]:
    return (
        row.id, row.unit, row.subject, row.part, row.person, row.room, row.day, row.shift, row.number,
        f"[{row.starts.isoformat()},{row.ends.isoformat()})", row.mode, row.makes_up, Origin.MAKE_UP.value, True,
    )  # fmt: skip


def _said(change: Change, by: int | None) -> tuple[object, ...]:
    return (
        change.row.id, change.kind.value, by, change.reason, Jsonb(change.before), Jsonb(change.after), change.at,
    )  # fmt: skip


def keep_rolls(rolls: Rolls) -> None:
    notes = new_ids(AbsenceNote, len(rolls.notes))
    copy_rows(
        AbsenceNote,
        ("id", "child_id", "by_id", "during", "reason", "created_at", "seen_by_id", "seen_at"),
        (
            (
                key, n.child, n.by, DateRange(n.first, n.last + timedelta(days=1)), n.reason, n.at, n.seen_by,
                n.at + timedelta(minutes=50) if n.seen_by else None,
            )
            for key, n in zip(notes, rolls.notes, strict=True)
        ),
    )  # fmt: skip
    sheets = list(zip(new_ids(RollSheet, len(rolls.sheets)), rolls.sheets, strict=True))
    copy_rows(
        RollSheet,
        ("id", "period_id", "unit_id", "day", "shift", "taken_by_id", "taken_at", "version"),
        ((key, s.period, s.unit, s.day, s.shift, s.taken_by, s.at, 1 + bool(s.corrected)) for key, s in sheets),
    )
    copy_rows(
        RollMark,
        ("sheet_id", "pupil_id", "state", "minutes", "note", "source", "excuse_id"),
        (
            (key, pupil, m.state, m.minutes, m.text, m.source, notes[m.note] if m.note is not None else None)
            for key, sheet in sheets
            for pupil, m in sheet.marks.items()
        ),
    )
    copy_rows(RollChange, _CORRECTED, (row for key, sheet in sheets for row in _corrections(key, sheet)))


_CORRECTED = ("sheet_id", "pupil_id", "before", "after", "by_id", "at")


def _corrections(key: int, sheet: Sheet) -> Iterable[tuple[object, ...]]:
    """The family's note came after the roll: first without permission, then with it."""
    later = sheet.at + timedelta(minutes=40)
    for pupil in sheet.corrected:
        yield key, pupil, Presence.ABSENT.value, sheet.marks[pupil].state, sheet.taken_by, later


def keep_register(lines: Iterable[Line], weeks: Iterable[Week]) -> None:
    copy_rows(
        RegisterNote,
        (
            "period_id", "lesson_id", "ordinal", "lesson_text", "remarks", "rating", "homework", "homework_due",
            "signed_by_id", "signed_as", "signed_at",
        ),
        (
            (
                n.row.id, n.lesson, n.ordinal, n.text, n.remarks, n.rating, n.homework, n.due, n.row.person,
                (SignedAs.SUBSTITUTE if n.row.stands_in else SignedAs.TEACHER).value, n.at,
            )
            for n in lines
        ),
    )  # fmt: skip
    copy_rows(
        RegisterWeek,
        ("unit_id", "monday", "remarks", "homeroom_id", "homeroom_at", "head_id", "head_at"),
        ((w.unit, w.monday, w.remarks, *(w.homeroom or (None, None)), *(w.head or (None, None))) for w in weeks),
    )


def keep_links(always: Sequence[Standing], links: Sequence[Link]) -> None:
    rooms = dict(zip(always, new_ids(StandingLink, len(always)), strict=True))
    copy_rows(
        StandingLink,
        ("id", "unit_id", "subject_id", "kind", "url", "title", "by_id", "token"),
        ((key, s.unit, s.subject, s.kind.value, s.url, s.title, s.by, new_token()) for s, key in rooms.items()),
    )
    keyed = list(zip(new_ids(PeriodLink, len(links)), links, strict=True))
    copy_rows(
        PeriodLink,
        (
            "id", "period_id", "kind", "url", "title", "standing_id", "start_second", "end_second", "watch_for", "by_id",
            "token", "order",
        ),
        (
            (
                key, k.row.id, k.kind.value, k.url, k.title, rooms[k.standing] if k.standing else None, k.start, k.end,
                k.watch_for, k.row.person, new_token(), 100 if k.standing else 0,
            )
            for key, k in keyed
        ),
    )  # fmt: skip
    columns = ("link_id", "person_id", "first_at", "last_at", "times")
    copy_rows(LinkVisit, columns, ((key, *visit) for key, k in keyed for visit in k.visits))
    with connection.cursor() as cursor:  # a new timetable leaves a period alone on which something hangs
        cursor.execute(
            "UPDATE timetable_period SET kept = true WHERE NOT kept AND id = ANY(%s)", [[k.row.id for k in links]]
        )
