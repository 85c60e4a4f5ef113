"""A change of a period as one sentence for those whom it touches."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from truongso.timetable import day_words as words
from truongso.timetable.models import ChangeKind
from truongso.timetable.queries.news import Change


def said(change: Change, to_pupil: bool) -> str:
    """Toán nghỉ. Cô Mai ốm. The class stands in it for everybody but its pupils."""
    matter = change.subject if to_pupil else f"{change.subject} {change.unit}"
    sentence = _SAYINGS.get(change.kind, _plain)(change, matter)
    return f"{sentence} {_reason(change)}".strip()


def _reason(change: Change) -> str:
    return change.reason if change.reason.endswith((".", "!", "?")) or not change.reason else f"{change.reason}."


def _plain(change: Change, matter: str) -> str:
    return _("%(matter)s, %(what)s.") % {"matter": matter, "what": ChangeKind(change.kind).label}


def _moved(change: Change, matter: str) -> str:
    if not change.place or "day" not in change.place:
        return _plain(change, matter)
    old = date.fromisoformat(change.place["day"])
    slot = words.slot(change.place.get("number", change.number), change.place.get("shift", change.shift))
    return _("%(matter)s, dời từ %(day)s, %(slot)s.") % {"matter": matter, "day": words.day_inside(old), "slot": slot}


def _substituted(change: Change, matter: str) -> str:
    new = words.teacher(change.teacher, change.gender)
    old = words.teacher(change.usual, change.usual_gender)
    if not old:
        return _("%(matter)s, %(new)s dạy.") % {"matter": matter, "new": new}
    return _("%(matter)s, %(new)s dạy thay %(old)s.") % {"matter": matter, "new": new, "old": old}


def _room(change: Change, matter: str) -> str:
    if not change.room:
        return _plain(change, matter)
    return _("%(matter)s, học ở %(room)s.") % {"matter": matter, "room": change.room}


def _mode(change: Change, matter: str) -> str:
    return _("%(matter)s, %(mode)s.") % {"matter": matter, "mode": words.mode(change.mode).lower()}


_SAYINGS = {
    ChangeKind.MOVED.value: _moved,
    ChangeKind.SWAPPED.value: _moved,
    ChangeKind.SUBSTITUTED.value: _substituted,
    ChangeKind.ROOM.value: _room,
    ChangeKind.MODE.value: _mode,
}
