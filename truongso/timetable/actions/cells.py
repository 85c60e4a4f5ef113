"""Writing the cells of a draft. Every change is one map from places to what they shall hold, so that what it replaced is
its undo, and two planners cannot each write half of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from truongso import audit, realtime
from truongso.people.actor import Actor
from truongso.timetable import marks
from truongso.timetable.cells import Cells, Content, Held, Key, Slot
from truongso.timetable.clashes import told
from truongso.timetable.models import Entry, TimetableVersion, VersionState
from truongso.timetable.queries import grid


class Stale(ValidationError):
    """Somebody else has changed these cells since the planner saw them."""

    def __init__(self) -> None:
        super().__init__(_("Ô này vừa được người khác sửa. Đây là bản mới nhất, xin xem rồi làm lại."), code="stale")


def stream(version: TimetableVersion) -> str:
    return f"timetable:{version.pk}"


def opened(version: TimetableVersion) -> TimetableVersion:
    """The draft, locked: planners of one version write one after the other. Raises ValidationError once it is applied."""
    found = TimetableVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    if found.state != VersionState.DRAFT:
        raise ValidationError(_("Thời khoá biểu này đã áp dụng. Xin lập bản mới từ bản này rồi sửa ở đó."))
    return found


def _write(by: Actor, verb: str, version: TimetableVersion, wanted: Cells, mark: str) -> Cells:
    """Make these places hold this; returns what they held. The version is locked already."""
    before: dict[Key, Content | None] = dict.fromkeys(wanted)
    standing = grid.held(version, grid.at(wanted))
    before |= {row.key: row.content for row in standing}
    with told():
        Entry.objects.filter(pk__in=[row.pk for row in standing]).delete()
        Entry.objects.bulk_create(
            [_entry(version, key, content) for key, content in wanted.items() if content is not None], batch_size=1000
        )
    realtime.publish(stream(version), "grid", by=mark)
    audit.record(by, verb, obj=version, detail={"cells": ["-".join(str(part) for part in key) for key in wanted][:40]})
    return before


def _entry(version: TimetableVersion, key: Key, content: Content) -> Entry:
    unit_id, weekday, shift, number = key
    return Entry(
        version=version, unit_id=unit_id, weekday=weekday, shift=shift, number=number, subject_id=content.subject_id,
        part_id=content.part_id, person_id=content.person_id, room_id=content.room_id, label=content.label,
        lesson=content.lesson,
    )  # fmt: skip


@transaction.atomic
def move_lesson(
    *, by: Actor, version: TimetableVersion, entry_id: int, to: Slot, there: int | None = None, mark: str = ""
) -> tuple[Held, Cells]:
    """Carry a lesson, with the classes that share it, to another slot; what stands there comes back in exchange.

    `there` is the cell that the planner saw at the target (0 for none, None for whoever did not look). Returns the lesson
    as it stood, and what undoes the move. Raises Stale, or a ValidationError that says what is in the way.
    """
    version = opened(version)
    rows = grid.around(version, entry_id)
    picked = next((r for r in rows if r.pk == entry_id), None)
    if picked is None:
        raise Stale
    group = marks.group_of(picked, rows)
    units = [g.unit_id for g in group]
    found = marks.mark(group, units, picked.content, to, rows)
    if there is not None and found.state != "here" and found.there != there:
        raise Stale
    if found.state == "joint":
        raise ValidationError(_("Tiết ở ô ấy %(why)s. Xin chuyển tiết ghép trước.") % {"why": found.why})
    wanted = marks.moved(group, to, rows) if found.state != "here" else {}
    return picked, _write(by, "timetable.move_entry", version, wanted, mark) if wanted else {}


@transaction.atomic
def put_lesson(
    *, by: Actor, version: TimetableVersion, units: Collection[int], slot: Slot, content: Content,
    seen: dict[int, int] | None = None, mark: str = "",
) -> Cells:  # fmt: skip
    """Write one lesson for a class, or for several that share it; what stood there gives way, and a lesson shared with
    classes that are no longer named is taken from them. `seen`: class → the cell seen there (0 for none).
    """
    version = opened(version)
    rows = grid.held(version, grid.in_slot(slot))
    if seen is not None:
        now = {r.unit_id: r.pk for r in rows}
        if any(now.get(unit, 0) != pk for unit, pk in seen.items()):
            raise Stale
    wanted: dict[Key, Content | None] = {
        r.key: None for r in rows if r.content.lesson == content.lesson and r.unit_id not in units
    }
    wanted |= {(unit, *slot): replace(content) for unit in units}
    return _write(by, "timetable.put_entry", version, wanted, mark)


@transaction.atomic
def put_everywhere(
    *, by: Actor, version: TimetableVersion, slot: Slot, contents: Mapping[int, Content], mark: str = ""
) -> Cells:
    """Write a lesson for many classes in the same slot, each with its own teacher: chào cờ, sinh hoạt lớp. Classes that
    have something there keep it."""
    version = opened(version)
    taken = {row.unit_id for row in grid.held(version, grid.in_slot(slot))}
    wanted: Cells = {(unit, *slot): content for unit, content in contents.items() if unit not in taken}
    return _write(by, "timetable.put_entry", version, wanted, mark) if wanted else {}


@transaction.atomic
def remove_lesson(
    *, by: Actor, version: TimetableVersion, entry_id: int, mark: str = ""
) -> tuple[Held, Cells]:  # fmt: skip
    """Take a lesson out of the grid, for all who share it: it is to be placed again."""
    version = opened(version)
    rows = grid.around(version, entry_id)
    picked = next((r for r in rows if r.pk == entry_id), None)
    if picked is None:
        raise Stale
    wanted: Cells = {one.key: None for one in marks.group_of(picked, rows)}
    return picked, _write(by, "timetable.remove_entry", version, wanted, mark)


@transaction.atomic
def restore(*, by: Actor, version: TimetableVersion, cells: Cells, left: Cells, mark: str = "") -> Cells:
    """Undo: make the cells hold what they held, unless somebody has changed them since (`left` is what the change left)."""
    version = opened(version)
    now: dict[Key, Any] = dict.fromkeys(cells)
    now |= {row.key: row.content for row in grid.held(version, grid.at(cells))}
    if any(now[key] != left.get(key) for key in cells):
        raise Stale
    return _write(by, "timetable.undo", version, cells, mark)
