"""Pupils: who is new, who changes, who stays; and what cannot be."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from django.utils.translation import gettext as _

from truongso.intake import known, match
from truongso.intake.data import load
from truongso.intake.drafts import Draft
from truongso.intake.world import World
from truongso.lib import vi
from truongso.people.roles import Role
from truongso.school.rules.classes import clean_name, grade_of

LEFT = {"out", "leave", "completed", "reserved"}


def plan(drafts: list[Draft], world: World, answers: dict[str, str]) -> None:
    for draft in drafts:
        _check(draft, world)
    _twice_by_code(drafts)
    twins = _twins(drafts)
    taken: dict[int, Draft] = {}
    for draft in drafts:
        _match(draft, world, answers, twins)
        if draft.person_id is None or draft.problems or draft.question:
            continue
        other = taken.setdefault(draft.person_id, draft)
        if other is not draft:
            draft.wrong("full_name", _("Dòng này và dòng %(row)s là cùng một em.") % {"row": _where(other, draft)})
    for draft in drafts:
        _status(draft, world)


def _check(draft: Draft, world: World) -> None:
    born = draft.values.get("birth_date")
    name = str(draft.values.get("class_name", ""))
    grade = draft.values.get("grade") or grade_of(name)
    if born:
        day = date.fromisoformat(born)
        if day > world.today:
            draft.wrong("birth_date", _("Ngày sinh ở tương lai."))
        else:
            ages = load("ages")
            low, high = ages["grades"].get(str(grade), ages["any"])
            age = world.first.year - day.year
            if not low <= age <= high:
                draft.wrong(
                    "birth_date",
                    _("Năm học này em %(age)s tuổi, không hợp với học sinh khối %(grade)s. Xin xem lại ngày sinh.")
                    % {"age": age, "grade": grade or "6-9"},
                )
    if name and draft.values.get("grade") and grade_of(name) not in (None, draft.values["grade"]):
        draft.wrong(
            "grade", _("Khối %(grade)s không khớp với lớp %(name)s.") % {"grade": draft.values["grade"], "name": name}
        )
    if not name:
        _class_by_code(draft, world)


def _class_by_code(draft: Draft, world: World) -> None:
    said = draft.values.get("class_said")
    if said and draft.values.get("grade") and re.fullmatch(r"[A-Za-zĐđ]\d{0,2}", str(said)):
        draft.values["class_name"] = clean_name(f"{draft.values['grade']}{said}")  # grade and class in two columns
        return
    unit = world.by_class_code.get(str(draft.values.get("class_code") or said or ""))
    unit = unit or world.units.get(vi.fold(str(said or "")))
    if unit is not None:
        draft.values["class_name"] = unit.name
    elif said and not any(p.field == "class_name" for p in draft.problems):
        if draft.values.get("grade") and len(str(said)) <= 20 and not str(said).isdigit():
            draft.values["class_name"] = said  # a class with a name of its own, whose grade the file tells
        else:
            draft.wrong(
                "class_name", _("“%(text)s” chưa rõ là lớp nào. Tên lớp bắt đầu bằng khối, như 6A1.") % {"text": said}
            )


def _twice_by_code(drafts: list[Draft]) -> None:
    for code in match.CODES:
        rows: dict[str, list[Draft]] = defaultdict(list)
        for draft in drafts:
            if draft.values.get(code):
                rows[str(draft.values[code])].append(draft)
        for same in rows.values():
            for draft in same if len(same) > 1 else ():
                others = ", ".join(_where(o, draft) for o in same if o is not draft)
                draft.wrong(code, _("Mã này có ở nhiều dòng: còn ở dòng %(rows)s.") % {"rows": others})


def _where(other: Draft, here: Draft) -> str:
    return str(other.row) if other.sheet == here.sheet else f"{other.row} ({other.sheet})"


def _twins(drafts: list[Draft]) -> dict[int, list[Draft]]:
    """Rows of the same name and day of birth that no code tells apart, by id of the draft."""
    rows: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.values.get("birth_date"):
            rows[vi.fold(str(draft.values.get("full_name", ""))), draft.values["birth_date"]].append(draft)
    found = {}
    for same in rows.values():
        if len(same) > 1 and sum(1 for d in same if any(d.values.get(c) for c in match.CODES)) < len(same):
            for draft in same:
                found[id(draft)] = [d for d in same if d is not draft]
    return found


def _match(draft: Draft, world: World, answers: dict[str, str], twins: dict[int, list[Draft]]) -> None:
    said = match.answered(draft, answers)
    if said == "skip":
        draft.status = "skipped"
        return
    hits = match.by_codes(draft, world, world.by_pupil_code)
    if draft.problems:
        return
    if hits:
        draft.person_id = hits.pop()
        return
    candidates = match.by_name(draft, world, set(world.people) - (world.staff_ids() - set(world.pupils)))
    candidates = [pk for pk in candidates if _is_pupil(pk, world)]
    if said.isdigit() and int(said) in world.people:
        draft.person_id = int(said)
        return
    if said == "new":
        return
    if id(draft) in twins:
        rows = ", ".join(_where(o, draft) for o in twins[id(draft)])
        match.ask(
            draft,
            _(
                "Cùng họ tên, ngày sinh với dòng %(rows)s và không có mã. Đây là hai em khác nhau hay một em ghi hai lần?"
            )
            % {"rows": rows},
            candidates,
            world,
        )
    elif len(candidates) == 1 and _sure(draft, candidates[0], world):
        draft.person_id = candidates[0]
    elif candidates:
        candidates.sort(key=lambda pk: _class_name(pk, world) != draft.values.get("class_name"))
        match.ask(draft, _("%(name)s là em nào trong trường?") % {"name": draft.title}, candidates[:8], world)


def _is_pupil(pk: int, world: World) -> bool:
    return pk in world.pupils or bool(world.places.get(pk)) or Role.PUPIL.value in world.roles.get(pk, ())


def _sure(draft: Draft, pk: int, world: World) -> bool:
    """Name and day agree; or neither knows the day and the class is the same."""
    person = world.people[pk]
    if draft.values.get("birth_date") and person.birth_date:
        return True
    no_day = not draft.values.get("birth_date") and person.birth_date is None
    return no_day and _class_name(pk, world) == draft.values.get("class_name")


def _class_name(pk: int, world: World) -> str:
    place = world.place(pk)
    return place.unit.name if place and place.unit else ""


def _status(draft: Draft, world: World) -> None:
    if draft.status:
        return
    known_class = draft.values.get("class_name")
    if draft.person_id is None and not known_class and not draft.problems and not draft.question:
        draft.wrong(
            "class_name", _("Không rõ em học lớp nào. Xin ghi lớp ở cột, ở dòng đề trên hoặc ở tên trang tính.")
        )
    if draft.problems:
        draft.status, draft.question = "wrong", None
    elif draft.question:
        draft.status = "asked"
    elif draft.person_id is None:
        draft.status = "new"
    else:
        known.diff(draft, draft.person_id, world)
        _class_change(draft, world)
        draft.status = "changed" if draft.changes else "same"


def _class_change(draft: Draft, world: World) -> None:
    place = world.place(draft.person_id or 0)
    gone = draft.values.get("status") in LEFT
    here = place is not None and (place.during.upper is None or place.during.upper > world.day)
    old = place.unit.name if place and place.unit and here and place.unit.school_year == world.year else ""
    if gone:
        if here:
            draft.changes.append({"field": "status", "old": _("Đang học"), "new": str(draft.values["status"])})
        return
    new = draft.values.get("class_name")
    if new and vi.fold(str(new)) != vi.fold(old):
        before = place.unit.name if place and place.unit and not old else old
        draft.changes.append({"field": "class_name", "old": before, "new": str(new)})
