"""Teaching assignments and homerooms of a file, against what holds in the school."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from truongso.intake import beside, match
from truongso.intake.drafts import Draft
from truongso.intake.plan_classes import Teachers, near_classes
from truongso.intake.world import World
from truongso.lib import vi


def plan(drafts: list[Draft], world: World, teachers: Teachers, new_classes: set[str], answers: dict[str, str]) -> None:
    """`new_classes`: names of classes that this file makes itself."""
    taken: dict[Any, Draft] = {}
    for draft in drafts:
        if match.answered(draft, answers) == "skip":
            draft.status = "skipped"
            continue
        if draft.of is not None and draft.of.status in {"wrong", "asked", "skipped"}:
            draft.status = "skipped"
            continue
        if not draft.problems and not draft.question:
            _resolve(draft, world, teachers, new_classes, answers)
        if not draft.problems and not draft.question:
            beside.check(draft, world, taken)
        if draft.problems:
            draft.status, draft.question = "wrong", None
        elif draft.question:
            draft.status = "asked"


def _resolve(draft: Draft, world: World, teachers: Teachers, new_classes: set[str], answers: dict[str, str]) -> None:
    if draft.of is not None:
        draft.values["teacher"] = draft.of.person_id or draft.of.key
    else:
        _teacher(draft, world, teachers, answers)
    name = str(draft.values.get("class_name", ""))
    unit = world.units.get(vi.fold(name))
    if unit is None and vi.fold(name) not in new_classes:
        names = [u.name for u in world.units.values()]
        near = near_classes(name, names)
        why = _("Trường chưa có lớp %(name)s năm học %(year)s.") % {"name": name, "year": world.year}
        if not names and not new_classes:
            why += " " + _("Xin nhập danh sách học sinh hoặc lập các lớp trước.")
        draft.wrong("class_name", f"{why} {_('Có lẽ là: %(names)s.') % {'names': near}}" if near else why)
    if draft.values.get("homeroom"):
        return
    text, hint = str(draft.values.get("subject", "")), str(draft.values.get("part", ""))
    found = world.finder.find(text)
    if found is None:
        alike = dict.fromkeys(
            get_close_matches(
                text, [s for x in world.finder._subjects.values() for s in (x.name, x.short_name)], n=3, cutoff=0.5
            )
        )
        why = _("Trường chưa có môn “%(name)s”.") % {"name": text}
        draft.wrong("subject", f"{why} {_('Có lẽ là: %(names)s.') % {'names': ', '.join(alike)}}" if alike else why)
        return
    part = found.part
    if part is None and hint:
        other = world.finder.find(f"{text} {hint}") or world.finder.find(hint)
        part = other.part if other and other.subject.pk == found.subject.pk else None
    draft.values |= {"subject_code": found.subject.code, "part_name": part.name if part else ""}


def _teacher(draft: Draft, world: World, teachers: Teachers, answers: dict[str, str]) -> None:
    said = match.answered(draft, answers)
    if said.isdigit() and int(said) in world.people:
        draft.values["teacher"] = int(said)
        return
    for name, index in (("staff_code", world.by_staff_code),):
        if (code := draft.values.get(name)) and code in index:
            draft.values["teacher"] = index[code]
            return
    text = str(draft.values.get("full_name", ""))
    found = teachers.find(text)
    sure = len(found) == 1 and len(re.split(r"[\s.]+", text.strip(" ."))) > 1
    if sure:
        who = found[0]
        draft.values["teacher"] = who if isinstance(who, int) else who.person_id or who.key
    elif found and all(isinstance(w, int) for w in found):
        match.ask(
            draft,
            _("“%(name)s” là giáo viên nào?") % {"name": text},
            [w for w in found if isinstance(w, int)][:8],
            world,
            new=False,
        )
    else:
        near = "" if found else teachers.near(text)
        why = (
            _("Trường chưa có giáo viên %(name)s.") % {"name": text}
            if not found
            else _("Có nhiều giáo viên tên %(name)s. Xin ghi đủ họ tên.") % {"name": text}
        )
        if not teachers.names:
            why += " " + _("Xin nhập danh sách cán bộ, giáo viên trước.")
        draft.wrong("full_name", f"{why} {_('Có lẽ là: %(names)s.') % {'names': near}}" if near else why)
