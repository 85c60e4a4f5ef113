"""The whole of a file against the whole of the school: a pure answer to "what would importing it do", made anew each time."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from truongso.intake import (
    look,
    plan_classes,
    plan_guardians,
    plan_pupils,
    plan_staff,
    plan_teaching,
    rows,
    teaching_rows,
    teaching_text,
    world,
)
from truongso.intake.drafts import Draft
from truongso.intake.source import Source
from truongso.lib import vi
from truongso.school.rules.classes import grade_of

KINDS = ("pupils", "guardians", "classes", "staff", "teaching")
STATUSES = ("new", "changed", "same", "wrong", "asked")


@dataclass(slots=True)
class Plan:
    year: str
    drafts: list[Draft] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    world: world.World | None = None

    def of(self, kind: str) -> list[Draft]:
        return [d for d in self.drafts if d.kind == kind]

    def counts(self) -> dict[str, dict[str, int]]:
        found = Counter((d.kind, d.status) for d in self.drafts)
        return {kind: {status: found[kind, status] for status in STATUSES} for kind in KINDS}

    @property
    def anything(self) -> bool:
        """Could something be imported (or is all there already)?"""
        return any(d.status in {"new", "changed", "same"} for d in self.drafts if d.kind != "classes") or any(
            d.status in {"new", "changed", "same"} for d in self.of("classes") if not d.part
        )

    def digest(self) -> str:
        """Two plans that would do the same have the same digest; ids of what does not exist yet do not count."""
        said = [(d.key, d.status, d.person_id, d.changes) for d in self.drafts]
        return hashlib.sha256(json.dumps([self.year, said], default=str).encode()).hexdigest()


def make_plan(source: Source, *, year: str, today: date, edits: dict[str, str], answers: dict[str, str]) -> Plan:
    known = look.load(year=year, today=today)
    plan = Plan(year, world=known)
    find = known.finder.find
    pupils: list[Draft] = []
    staff: list[Draft] = []
    teaching: list[Draft] = []
    listed: list[Draft] = []
    guardians: list[Draft] = []
    for kind, table in source.tables:
        reader = rows.Reader(table, today, edits)
        for line in table.lines:
            if kind == "pupils":
                made = rows.pupil(reader, line)
                pupils.append(made[0])
                guardians += made[1:]
            elif kind == "staff":
                member = rows.staff(reader, line)[0]
                staff.append(member)
                teaching += teaching_text.of_text(reader, line, member, find, answers)
            elif kind == "classes":
                listed += rows.school_class(reader, line)
            elif kind == "matrix":
                teaching += teaching_rows.of_matrix(reader, line)
            elif reader.has("subject") and (reader.has("class_name") or reader.has("classes")):
                teaching += teaching_rows.of_row(reader, line, today)
            else:
                teaching += teaching_text.of_text(reader, line, None, find, answers)
    plan_pupils.plan(pupils, known, answers)
    plan_guardians.plan(guardians, known, answers)
    plan_staff.plan(staff, known, answers)
    teachers = plan_classes.Teachers(known, staff)
    classes = _classes([*pupils, *([] if known.units or pupils or listed else teaching)], listed, plan)
    without = plan_classes.classes(classes, known, teachers)
    new = {vi.fold(str(d.values["class_name"])) for d in classes if d.values.get("class_name")}
    plan_teaching.plan(teaching, known, teachers, new, answers)
    plan.drafts = [*pupils, *guardians, *classes, *staff, *teaching, *without]
    _created(plan)
    return plan


def _classes(pupils: Iterable[Draft], listed: list[Draft], plan: Plan) -> list[Draft]:
    """One draft a class: what a list of classes says, and what rows of pupils imply; in a school without classes, lessons too."""
    found: dict[str, Draft] = {}
    for draft in listed:
        name = vi.fold(str(draft.values.get("class_name", "")))
        if name and name in found:
            draft.wrong("class_name", _("Lớp này đã có ở dòng %(row)s.") % {"row": found[name].row})
        elif name:
            found[name] = draft
    implied = []
    for pupil in pupils:
        name = vi.fold(str(pupil.values.get("class_name", "")))
        implied_by_lesson = pupil.kind == "teaching" and not pupil.problems and grade_of(name)
        if name and name not in found and (pupil.status in {"new", "changed", "same"} or implied_by_lesson):
            draft = Draft("classes", pupil.sheet, pupil.row, part=name)
            draft.values = {k: pupil.values[k] for k in ("class_name", "grade", "class_code") if k in pupil.values}
            draft.values["label"] = draft.values["class_name"]
            draft.spots = {k: v for k, v in pupil.spots.items() if k in {"class_name", "grade"}}
            found[name] = draft
            implied.append(draft)
    return [*listed, *implied]


def _created(plan: Plan) -> None:
    known = plan.world
    assert known is not None
    needs_year = any(d.status in {"new", "changed"} for d in plan.drafts)
    if needs_year and known.year_row is None:
        plan.created.append(_("năm học %(name)s") % {"name": plan.year})
    plan.created += [
        _("lớp %(name)s") % {"name": d.values["class_name"]} for d in plan.of("classes") if d.status == "new"
    ]
    groups: dict[str, str] = {}
    for draft in plan.of("staff"):
        if draft.values.get("group") and draft.status in {"new", "changed"}:
            groups.setdefault(world.group_key(str(draft.values["group"])), str(draft.values["group"]))
    plan.created += [
        _("tổ %(name)s") % {"name": world.group_name(name)}
        for key, name in sorted(groups.items())
        if key not in known.group_units
    ]
    if not known.has_subjects and any(d.status == "new" and d.values.get("subject") for d in plan.of("teaching")):
        plan.created.append(_("các môn học của cấp THCS"))


def problem_row(draft: Draft, name: str, reason: str, spot: Any) -> dict[str, Any]:
    """As the command line and the file of wrong rows tell it."""
    letter = spot.letter if spot else ""
    return {
        "kind": draft.kind, "sheet": draft.sheet, "row": draft.row, "column": (spot.column or letter) if spot else name,
        "cell": f"{letter}{draft.row}" if letter else None, "value": spot.text if spot else "", "reason": reason, "field": name,
    }  # fmt: skip
