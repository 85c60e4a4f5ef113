"""Staff, the classes that a file speaks of, and who teaches what: planned after the pupils."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.utils.translation import gettext as _

from truongso.intake import known, match
from truongso.intake.data import load
from truongso.intake.drafts import Draft
from truongso.intake.world import World, group_key
from truongso.lib import vi


def plan(drafts: list[Draft], world: World, answers: dict[str, str]) -> None:
    seen: dict[int, Draft] = {}
    _twice(drafts)
    for draft in drafts:
        _check(draft, world)
        said = match.answered(draft, answers)
        if said == "skip":
            draft.status = "skipped"
            continue
        hits = match.by_codes(draft, world, world.by_staff_code)
        if not draft.problems:
            if hits:
                draft.person_id = hits.pop()
            elif said.isdigit() and int(said) in world.people:
                draft.person_id = int(said)
            elif said != "new":
                _by_name(draft, world)
        if draft.person_id and not draft.problems:
            other = seen.setdefault(draft.person_id, draft)
            if other is not draft:
                draft.wrong("full_name", _("Dòng này và dòng %(row)s là cùng một người.") % {"row": other.row})
        _status(draft, world)


def _check(draft: Draft, world: World) -> None:
    born = draft.values.get("birth_date")
    if not born:
        return
    age, (low, high) = world.today.year - date.fromisoformat(born).year, load("ages")["staff"]["any"]
    if not low <= age <= high:
        draft.wrong(
            "birth_date",
            _("%(age)s tuổi, không hợp với người làm việc ở trường. Xin xem lại ngày sinh.") % {"age": age},
        )


def _twice(drafts: list[Draft]) -> None:
    for code in match.CODES:
        rows: dict[str, list[Draft]] = defaultdict(list)
        for draft in drafts:
            if draft.values.get(code):
                rows[str(draft.values[code])].append(draft)
        for same in rows.values():
            for draft in same if len(same) > 1 else ():
                draft.wrong(
                    code,
                    _("Mã này có ở nhiều dòng: còn ở dòng %(rows)s.")
                    % {"rows": ", ".join(str(o.row) for o in same if o is not draft)},
                )
    names: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if not any(draft.values.get(c) for c in match.CODES):
            names[vi.fold(draft.title), str(draft.values.get("birth_date", ""))].append(draft)
    for same in names.values():
        for draft in same if len(same) > 1 else ():
            if draft.title:
                draft.wrong(
                    "full_name",
                    _("Cùng họ tên, ngày sinh với dòng %(rows)s và không có mã để phân biệt.")
                    % {"rows": ", ".join(str(o.row) for o in same if o is not draft)},
                )


def _by_name(draft: Draft, world: World) -> None:
    """Name and birth date among everybody (a teacher may be a parent here); name alone among the staff only."""
    grown = set(world.people) - set(world.pupils)
    staff = world.staff_ids()
    found = match.by_name(draft, world, grown)
    exact = [pk for pk in found if draft.values.get("birth_date") and world.people[pk].birth_date]
    ours = [pk for pk in found if pk in staff]
    found = [pk for pk in found if pk in staff or pk in exact]  # a parent of that name is nobody's proof
    if len(exact) == 1:
        draft.person_id = exact[0]
    elif len(ours) == 1 and not exact:
        draft.person_id = ours[0]
    elif found:
        match.ask(draft, _("%(name)s là ai trong trường?") % {"name": draft.title}, found[:8], world)


def _status(draft: Draft, world: World) -> None:
    if draft.problems:
        draft.status, draft.question = "wrong", None
    elif draft.question:
        draft.status = "asked"
    elif draft.person_id is None:
        draft.status = "new"
    else:
        known.diff(draft, draft.person_id, world)
        pk = draft.person_id
        title = draft.values.get("position")
        titles = [p.title for p in world.positions.get(pk, [])]
        if title and vi.fold(str(title)) not in [vi.fold(t) for t in titles]:
            draft.changes.append({"field": "position", "old": ", ".join(titles), "new": str(title)})
        group = draft.values.get("group")
        groups = [g.unit.name for g in world.groups.get(pk, [])]
        if group and group_key(str(group)) not in [group_key(g) for g in groups]:
            draft.changes.append({"field": "group", "old": ", ".join(groups), "new": str(group)})
        if pk not in world.staff:
            draft.changes.append({"field": "staff", "old": "", "new": _("vào danh sách cán bộ, giáo viên")})
        draft.status = "changed" if draft.changes else "same"
