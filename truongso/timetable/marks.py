"""Where a lesson of a draft may go, and what each change writes: sums over values, no database.

What is said here is what the planner sees while holding a lesson; the database refuses by its own constraints as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from truongso.timetable.cells import Cells, Content, Held, Key, Slot


@dataclass(frozen=True, slots=True)
class Mark:
    """What a slot is for the lesson in hand: here, free, swap, over (what stands there goes back to the tray), busy
    (its teacher), room, back (the other one would clash), joint (the other one is taught together with more classes)."""

    state: str
    text: str = ""  # short, for the slot itself
    there: int = 0  # the cell of the class that stands there now: whoever drops says what was seen
    why: str = ""  # the same in full, for the line that is read out


def group_of(picked: Held, rows: Iterable[Held]) -> list[Held]:
    """The cell with those taught together with it: they move as one."""
    return [r for r in rows if r.slot == picked.slot and r.content.lesson == picked.content.lesson]


def mark(group: Collection[Held], units: Collection[int], content: Content, to: Slot, rows: Collection[Held]) -> Mark:
    """What `to` is for a lesson of these classes: the ones in `group` when it stands in the grid, else from the tray."""
    if any(g.slot == to for g in group):
        return Mark("here")
    mine = {g.pk for g in group}
    there = [r for r in rows if r.slot == to and r.unit_id in units]
    away = mine | {r.pk for r in there}
    first = there[0].pk if there else 0
    for other in (r for r in rows if r.slot == to and r.pk not in away):
        if (why := _in_the_way(content, other)) is not None:
            return Mark(why[0], why[1], first, why[2])
    if torn := _torn(there, units, rows):
        return Mark("joint", _("học ghép"), first, _("học ghép với %(name)s") % {"name": torn.unit})
    if not there:
        return Mark("free")
    if not group:
        return Mark("over", _("thay"), first, _("thay %(name)s") % {"name": there[0].subject})
    return _exchange(next(iter(group)).slot, there, [r for r in rows if r.pk not in away])


def _exchange(source: Slot, there: list[Held], staying: Iterable[Held]) -> Mark:
    """Whether what stands at the target can come back to where the lesson was."""
    first = there[0].pk
    for other in (r for r in staying if r.slot == source):
        for back in there:
            if _in_the_way(back.content, other) is not None:
                who = {"who": back.teacher or back.room, "name": other.unit}
                said = _("đổi chỗ thì %(who)s vướng %(name)s") % who
                return Mark("back", _("vướng %(name)s") % {"name": other.unit}, first, said)
    return Mark("swap", _("đổi chỗ"), first, _("đổi với %(name)s") % {"name": there[0].subject})


def _in_the_way(content: Content, other: Held) -> tuple[str, str, str] | None:
    if other.content.lesson == content.lesson:
        return None
    name = {"name": other.unit, "who": other.teacher, "room": other.room}
    if content.person_id is not None and other.content.person_id == content.person_id:
        return "busy", _("dạy %(name)s") % name, _("%(who)s dạy %(name)s") % name
    if content.room_id is not None and other.content.room_id == content.room_id:
        return "room", _("phòng có %(name)s") % name, _("%(room)s có lớp %(name)s") % name
    return None


def _torn(there: Iterable[Held], units: Collection[int], rows: Iterable[Held]) -> Held | None:
    """A class that shares a lesson with one of these but is not of ours: it cannot be left behind."""
    lessons = {(r.slot, r.content.lesson) for r in there}
    return next((r for r in rows if (r.slot, r.content.lesson) in lessons and r.unit_id not in units), None)


def moved(group: Collection[Held], to: Slot, rows: Iterable[Held]) -> Cells:
    """What a move writes: the lesson stands at `to`, and what stood there comes back in exchange, class by class."""
    units = {g.unit_id for g in group}
    there = {r.unit_id: r.content for r in rows if r.slot == to and r.unit_id in units}
    wanted: dict[Key, Content | None] = {}
    for one in group:
        wanted[(one.unit_id, *to)] = one.content
        wanted[one.key] = there.get(one.unit_id)
    return wanted
