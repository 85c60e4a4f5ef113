"""An assignment beside the others: of the same file, and of the school."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from truongso.intake.drafts import Draft
from truongso.intake.world import World
from truongso.lib import vi


def check(draft: Draft, world: World, taken: dict[Any, Draft]) -> None:
    """Against the file itself, then against the school."""
    klass, who = vi.fold(str(draft.values["class_name"])), draft.values["teacher"]
    unit = world.units.get(klass)
    if draft.values.get("homeroom"):
        other = taken.setdefault(("homeroom", klass), draft)
        if other is not draft and other.values["teacher"] != who:
            draft.wrong(
                "class_name",
                _("Lớp này đã có %(name)s chủ nhiệm ở dòng %(row)s.")
                % {"name": other.values["full_name"], "row": other.row},
            )
            return
        if other is not draft:
            draft.status = "same"
            return
        rows = world.homeroom.get(unit.pk, []) if unit else []
        _verdict(draft, who, [r.person_id for r in rows], world)
        return
    code, part = draft.values["subject_code"], draft.values["part_name"]
    whole = taken.setdefault(("teaching", klass, code, part, who), draft)
    if whole is not draft:
        draft.wrong(
            "subject",
            _("%(name)s đã được giao môn này ở lớp %(class)s tại dòng %(row)s.")
            % {"name": draft.values["full_name"] or draft.title, "class": draft.values["class_name"], "row": whole.row},
        )
        return
    found = world.finder.find(str(draft.values["subject"]))
    shared = bool(found and found.subject.parts.all())
    if not shared:
        other = taken.setdefault(("alone", klass, code), draft)
        if other is not draft and not _apart(draft, other):
            draft.wrong(
                "subject",
                _("Môn này ở lớp %(class)s đã giao cho %(name)s tại dòng %(row)s. Một môn ở một lớp có một người dạy.")
                % {"class": draft.values["class_name"], "name": other.values["full_name"], "row": other.row},
            )
            return
    subject_id = found.subject.pk if found and world.has_subjects else 0
    lessons = world.teaching.get((unit.pk, subject_id), []) if unit else []
    mine = [r for r in lessons if (r.part.name if r.part_id and r.part else "") == part] if shared else lessons
    if shared and not any(r.person_id == who for r in mine):
        mine = [r for r in mine if part]  # a strand has one teacher; the whole of a shared subject has several
    _verdict(draft, who, [r.person_id for r in mine], world)


def _apart(a: Draft, b: Draft) -> bool:
    """Their days do not meet."""
    for one, two in ((a, b), (b, a)):
        if (last := one.values.get("last_day")) and (first := two.values.get("first_day")) and last < first:
            return True
    return False


def _verdict(draft: Draft, who: int | str, present: list[int], world: World) -> None:
    if who in present:
        draft.status = "same"
    elif present:
        old = ", ".join(world.people[pk].full_name for pk in present)
        draft.changes.append(
            {
                "field": "homeroom" if draft.values.get("homeroom") else "subject",
                "old": old,
                "new": str(draft.values.get("full_name", "")),
            }
        )
        draft.status = "changed"
    else:
        draft.status = "new"
