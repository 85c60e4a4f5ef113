"""Classes that a file speaks of, and finding the teachers whom it names."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import get_close_matches

from django.utils.translation import gettext as _

from truongso.intake.drafts import Draft
from truongso.intake.world import World
from truongso.lib import vi

_HONORIFIC = re.compile(r"^(?:thay giao|co giao|thay|co|gvbm|gv|d/c|ong|ba|t\.|c\.)[.:\s]*\b")  # of a folded name


class Teachers:
    """Finds a teacher by what lists of assignments call them."""

    def __init__(self, world: World, staff: list[Draft]) -> None:
        self.world = world
        self.names: dict[str, list[int | Draft]] = defaultdict(list)
        known_ids = {d.person_id for d in staff}
        for pk in world.staff_ids() - known_ids:
            self.names[vi.fold(world.people[pk].full_name)].append(pk)
        for draft in staff:
            if draft.status in {"new", "changed", "same"}:
                self.names[vi.fold(draft.title)].append(draft)

    def find(self, text: str) -> list[int | Draft]:
        """Those of this name; else those whose name ends with it."""
        name = vi.fold(text)
        if name in self.names:
            return self.names[name]
        name = _HONORIFIC.sub("", name)
        return self.names.get(name) or [
            who for full, whom in self.names.items() if full.endswith(f" {name}") for who in whom
        ]

    def near(self, text: str) -> str:
        found = get_close_matches(vi.fold(text), list(self.names), n=3, cutoff=0.7)
        return ", ".join(self.name(self.names[f][0]) for f in found)

    def name(self, who: int | Draft) -> str:
        return who.title if isinstance(who, Draft) else self.world.people[who].full_name


def near_classes(name: str, names: list[str]) -> str:
    return ", ".join(get_close_matches(name, names, n=3, cutoff=0.5))


def classes(drafts: list[Draft], world: World, teachers: Teachers) -> list[Draft]:
    """Classes named by any row: there already, or to be made. Gives the homerooms that cannot be: the class itself can."""
    without: list[Draft] = []
    for draft in drafts:
        if draft.problems:
            draft.status = "wrong"
            continue
        unit = world.units.get(vi.fold(str(draft.values.get("class_name", ""))))
        draft.status = "new" if unit is None or unit.pk not in world.class_rows else "same"
        code = draft.values.get("class_code")
        if draft.status == "same" and unit is not None and code and world.class_rows[unit.pk].local_code != code:
            draft.changes.append({"field": "class_code", "old": world.class_rows[unit.pk].local_code, "new": str(code)})
            draft.status = "changed"
        text = draft.values.get("homeroom_teacher")
        if not text:
            continue
        found = teachers.find(str(text))
        if len(found) != 1:
            near = "" if found else teachers.near(str(text))
            why = (
                _("Trường chưa có giáo viên %(name)s.") % {"name": text}
                if not found
                else _("Có nhiều giáo viên tên %(name)s.") % {"name": text}
            )
            lost = Draft("teaching", draft.sheet, draft.row, part="homeroom", status="wrong")
            lost.values, lost.spots = {"full_name": text, "class_name": draft.values["class_name"]}, draft.spots
            lost.wrong("homeroom_teacher", f"{why} {_('Có lẽ là: %(names)s.') % {'names': near}}" if near else why)
            without.append(lost)
            continue
        named = found[0]
        who = named if isinstance(named, int) else named.person_id or named.key
        draft.values["teacher"] = who
        old = world.homeroom.get(unit.pk, []) if unit else []
        if not (isinstance(who, int) and any(r.person_id == who for r in old)):
            before = ", ".join(world.people[r.person_id].full_name for r in old)
            draft.changes.append({"field": "homeroom_teacher", "old": before, "new": str(text)})
            draft.status = "changed" if draft.status == "same" else draft.status
    return without
