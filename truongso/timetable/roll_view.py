"""A roll in words: its title, its corrections, and two versions side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from truongso.timetable.models import Presence, RollChange
from truongso.timetable.queries import roll_page
from truongso.timetable.queries.roll_page import Roll
from truongso.timetable.roll_rules import HERE, Mark

if TYPE_CHECKING:
    from truongso.timetable.actions.rolls import SavedMeanwhile


def title(roll: Roll) -> str:
    """ "Toán 8A2", "8A2, buổi sáng" """
    names = ", ".join(unit.name for unit in roll.units)
    if roll.period is not None:
        return f"{roll.period.label or roll.period.subject.name} {names}"
    return (
        _("%(name)s, buổi sáng") % {"name": names}
        if roll.shift == "am"
        else _("%(name)s, buổi chiều") % {"name": names}
    )


def labels() -> dict[str, str]:
    """Short, as they stand on chips and taps."""
    return {
        Presence.PRESENT.value: _("Có mặt"), Presence.LATE.value: _("Muộn"), Presence.EXCUSED.value: _("Có phép"),
        Presence.ABSENT.value: _("Không phép"), Presence.TROUBLE.value: _("Sự cố"),
    }  # fmt: skip


def words(state: str, more: str) -> str:
    """ "vào muộn 5 phút, kẹt xe" from what history keeps."""
    minutes, _bar, note = more.partition("|")
    said = str(Presence(state).label)
    if minutes:
        said = _("%(label)s %(num)s phút") % {"label": said, "num": minutes}
    return f"{said}, {note}" if note else said


def say(mark: Mark) -> str:
    return words(mark.state, mark.more)


@dataclass(frozen=True, slots=True)
class Line:
    """One correction: who was said to be what, and what since."""

    change: RollChange
    by: str
    before: str
    after: str


def history(roll: Roll) -> list[Line]:
    found = roll_page.changes(list(roll.sheets.values()))
    names = roll_page.names({c.by_id for c in found})
    return [
        Line(c, names.get(c.by_id or 0, ""), words(c.before, c.before_more), words(c.after, c.after_more))
        for c in found
    ]


@dataclass(frozen=True, slots=True)
class Question:
    """Two people said different things of one pupil."""

    pk: int
    name: str
    who: str
    theirs: Mark
    mine: Mark


def both(meanwhile: SavedMeanwhile, back: str) -> dict[str, Any]:
    """What the page of two versions shows. Whatever is not asked is already put together."""
    roll = meanwhile.roll
    changed = {line.change.pupil_id: line.by for line in reversed(history(roll))}
    last = roll.last
    taker = roll_page.names({last.taken_by_id}).get(last.taken_by_id or 0, "") if last else ""
    rows = {row.person.pk: row for row in roll.rows}
    asked = [
        Question(pk, rows[pk].person.full_name, changed.get(pk) or taker, meanwhile.merged.get(pk, HERE), meanwhile.mine[pk])
        for pk in rows if pk in meanwhile.asked
    ]  # fmt: skip
    kept = {pk: meanwhile.merged.get(pk, HERE) for pk in rows if pk not in meanwhile.asked}
    return {"roll": roll, "title": title(roll), "back": back, "asked": asked, "kept": kept, "who": taker, "say": say}
