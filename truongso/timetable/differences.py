"""What differs between two timetables: sums over values, the same for the comparing page, for publishing and its notices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from truongso.timetable.cells import Held, slot_said


@dataclass(frozen=True, slots=True)
class Difference:
    """One lesson of a class that is not as it was. `kind`: moved, changed (teacher or room), added, removed."""

    kind: str
    before: Held | None
    after: Held | None

    @property
    def unit_id(self) -> int:
        return self._one.unit_id

    @property
    def unit(self) -> str:
        return self._one.unit

    @property
    def short(self) -> str:
        return self._one.short

    @property
    def _one(self) -> Held:
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def persons(self) -> set[int]:
        """Whose week it changes: the teacher before and the one after."""
        both = (self.before, self.after)
        return {h.content.person_id for h in both if h is not None and h.content.person_id is not None}

    @property
    def said(self) -> str:
        """ "từ thứ Hai, tiết 1 sáng sang thứ Tư, tiết 2 sáng; người dạy: Lan thay Hoa" """
        parts = []
        if self.before is None and self.after is not None:
            return _("thêm vào %(slot)s") % {"slot": slot_said(self.after.slot)}
        if self.after is None and self.before is not None:
            return _("bỏ %(slot)s") % {"slot": slot_said(self.before.slot)}
        assert self.before is not None and self.after is not None
        was, now = self.before, self.after
        if was.slot != now.slot:
            parts.append(
                _("từ %(old)s sang %(new)s") % {"old": slot_said(was.slot), "new": slot_said(now.slot)}
            )  # fmt: skip
        else:
            parts.append(slot_said(now.slot))
        if was.content.person_id != now.content.person_id:
            parts.append(_("người dạy: %(new)s thay %(old)s") % {"new": now.teacher or "–", "old": was.teacher or "–"})
        if was.content.room_id != now.content.room_id:
            parts.append(_("phòng: %(new)s thay %(old)s") % {"new": now.room or "–", "old": was.room or "–"})
        return "; ".join(parts)


Stream = tuple[int, int, int | None, str]


def _stream(cell: Held) -> Stream:
    return (cell.unit_id, cell.content.subject_id, cell.content.part_id, cell.content.label)


def differences(before: Iterable[Held], after: Iterable[Held]) -> list[Difference]:
    """Lessons of one class and subject are matched first where they stand still, then in order of the week."""
    olds: dict[Stream, list[Held]] = defaultdict(list)
    news: dict[Stream, list[Held]] = defaultdict(list)
    for cell in before:
        olds[_stream(cell)].append(cell)
    for cell in after:
        news[_stream(cell)].append(cell)
    found: list[Difference] = []
    for stream in olds.keys() | news.keys():
        found += _of_stream(olds[stream], news[stream])
    return sorted(found, key=lambda d: (d.unit, d.after.slot if d.after else d.before.slot, d.kind))  # type: ignore[union-attr]


def _of_stream(olds: list[Held], news: list[Held]) -> list[Difference]:
    standing = {cell.slot: cell for cell in olds}
    found = []
    for cell in [c for c in news if c.slot in standing]:
        was = standing.pop(cell.slot)
        news = [c for c in news if c is not cell]
        if (was.content.person_id, was.content.room_id) != (cell.content.person_id, cell.content.room_id):
            found.append(Difference("changed", was, cell))
    left, new = sorted(standing.values(), key=lambda c: c.slot), sorted(news, key=lambda c: c.slot)
    found += [Difference("moved", was, now) for was, now in zip(left, new, strict=False)]
    found += [Difference("added", None, now) for now in new[len(left) :]]
    found += [Difference("removed", was, None) for was in left[len(new) :]]
    return found


def by_class(found: Iterable[Difference]) -> dict[int, list[Difference]]:
    made: dict[int, list[Difference]] = defaultdict(list)
    for one in found:
        made[one.unit_id].append(one)
    return dict(made)


def by_person(found: Iterable[Difference]) -> dict[int, list[Difference]]:
    made: dict[int, list[Difference]] = defaultdict(list)
    for one in found:
        for person in one.persons:
            made[person].append(one)
    return dict(made)
