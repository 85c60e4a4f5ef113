from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from truongso.conditions.models import Room
from truongso.people.actor import Actor
from truongso.people.models import Person
from truongso.people.roles import Role
from truongso.timetable import rules, words
from truongso.timetable.models import ChangeKind, Mode, Period, PeriodChange
from truongso.timetable.rules import PeriodTies


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words. Who did it is for the school; families and pupils read what, when and why."""

    at: datetime
    what: str
    detail: str
    who: str
    why: str
    undo: int | None


def panel(actor: Actor, period: Period, mine: PeriodTies) -> dict[str, Any] | None:
    """What was changed since the period was made, the newest first: three queries, none when nothing ever was."""
    changes = list(PeriodChange.objects.filter(period=period)) if period.version or period.kept else []
    if not changes:
        return None
    people, rooms = _names(changes)
    inside = actor.is_staff or actor.has(Role.INSPECTOR)
    undoable = rules.may_rearrange(actor) and changes[0].by_id == actor.person_id and rules.undoable(changes[0].after)
    rows = [
        Told(
            c.at, c.get_kind_display(), in_words(c, people, rooms), people.get(c.by_id or 0, "") if inside else "",
            c.reason, c.pk if c is changes[0] and undoable else None,
        )
        for c in changes
    ]  # fmt: skip
    return {"rows": rows}


def _names(changes: Iterable[PeriodChange]) -> tuple[dict[int, str], dict[int, str]]:
    people: set[int] = {c.by_id or 0 for c in changes}
    rooms: set[int] = set()
    for change in changes:
        for fields in (change.before, change.after):
            people.add(fields.get("person_id") or 0)
            rooms.add(fields.get("room_id") or 0)
    return (
        dict(Person.objects.filter(pk__in=people).values_list("pk", "full_name")),
        dict(Room.objects.filter(pk__in=rooms).values_list("pk", "name")),
    )


def in_words(change: PeriodChange, people: dict[int, str], rooms: dict[int, str]) -> str:
    """From what to what, in a phrase; empty where the kind says it all."""
    before, after = change.before, change.after
    if change.kind in {ChangeKind.MOVED, ChangeKind.SWAPPED, ChangeKind.TIMETABLE} and "day" in before:
        return _arrow(_slot(before), _slot(after))
    if "person_id" in before:
        nobody = _("chưa có giáo viên")
        return _arrow(people.get(before["person_id"], nobody), people.get(after.get("person_id"), nobody))
    if "room_id" in before:
        none = _("không ghi phòng")
        return _arrow(rooms.get(before["room_id"], none), rooms.get(after.get("room_id"), none))
    if "mode" in before:
        return _arrow(str(Mode(before["mode"]).label), str(Mode(after["mode"]).label))
    return ""


def _arrow(old: str, new: str) -> str:
    return _("từ %(old)s sang %(new)s") % {"old": old, "new": new}


def _slot(fields: dict[str, Any]) -> str:
    return words.slot(date.fromisoformat(fields["day"]), fields["shift"], fields["number"])
