"""Guardians: brothers and sisters share a parent when a telephone number or a national number says so, never by name alone."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from truongso.intake import known, match
from truongso.intake.drafts import Draft
from truongso.intake.world import World, lookup
from truongso.lib import vi

_ALIKE = {"cha": "bố", "ba": "bố", "bố đẻ": "bố", "cha đẻ": "bố", "má": "mẹ", "mẹ đẻ": "mẹ", "giám hộ": "người giám hộ"}


def relation(text: str) -> str:
    word = vi.nfc(text).lower()
    return _ALIKE.get(word, word)


def plan(drafts: list[Draft], world: World, answers: dict[str, str]) -> None:
    first_by: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        child = draft.of
        assert child is not None
        if child.status in {"wrong", "asked", "skipped"} and not draft.problems:
            draft.status = "skipped"
            draft.values["why"] = "child"
            continue
        _match(draft, world, answers)
        if not draft.problems and not draft.question and draft.status != "skipped":
            _same_in_file(draft, first_by)
    _perhaps_siblings(drafts, answers)
    for draft in drafts:
        _status(draft, world)


def _match(draft: Draft, world: World, answers: dict[str, str]) -> None:
    said = match.answered(draft, answers)
    if said == "skip":
        draft.status = "skipped"
        return
    if draft.problems:
        return
    if said.isdigit() and int(said) in world.people:
        draft.person_id = int(said)
        return
    number = draft.values.get("national_number")
    name = vi.fold(str(draft.values.get("full_name", "")))
    if number and (hit := world.by_national.get(lookup(number, "national_number"))) is not None:
        if match.same_human(draft, world.people[hit]):
            draft.person_id = hit
        else:
            draft.wrong(
                "national_number",
                _("Số này là của %(other)s, không phải %(name)s.")
                % {"other": match.about(world.people[hit], world), "name": draft.title},
            )
        return
    child = draft.of.person_id if draft.of else None
    standing = world.guardians.get(child or 0, [])
    mine = [g for g in standing if vi.fold(world.people[g.guardian_id].full_name) == name]
    if len(mine) == 1:
        draft.person_id = mine[0].guardian_id
        return
    phones = {p for n in ("phone", "other_phone") if (p := draft.values.get(n))}
    by_phone = {pk for p in phones for pk in world.by_phone.get(p, ()) if vi.fold(world.people[pk].full_name) == name}
    by_phone -= set(world.pupils)
    if len(by_phone) == 1:
        draft.person_id = by_phone.pop()
    elif len(by_phone) > 1:
        match.ask(
            draft,
            _("%(name)s là ai trong những người có cùng số điện thoại?") % {"name": draft.title},
            sorted(by_phone),
            world,
        )
    elif said != "new":
        same_place = [
            g
            for g in standing
            if relation(g.relation) == relation(draft.values["relation"]) and relation(g.relation) in {"bố", "mẹ"}
        ]
        if same_place:
            match.ask(
                draft, _("Em đã có %(relation)s là %(known)s. %(name)s là người ấy, hay là một người khác?")
                % {"relation": same_place[0].relation, "known": world.people[same_place[0].guardian_id].full_name, "name": draft.title},
                [g.guardian_id for g in same_place], world,
            )  # fmt: skip


def _same_in_file(draft: Draft, first_by: dict[tuple[str, str], Draft]) -> None:
    name = vi.fold(str(draft.values.get("full_name", "")))
    keys = [("person", str(draft.person_id))] if draft.person_id else []
    if number := draft.values.get("national_number"):
        keys.append(("national", number))
    keys += [("phone", f"{p}|{name}") for n in ("phone", "other_phone") if (p := draft.values.get(n))]
    for key in keys:
        other = first_by.get(key)
        if other is None or other is draft:
            continue
        if vi.fold(str(other.values.get("full_name", ""))) != name and key[0] == "national":
            draft.wrong(
                "national_number",
                _("Số này cũng đứng bên %(name)s ở dòng %(row)s.") % {"name": other.title, "row": other.row},
            )
            return
        draft.same_as = other.same_as or other
        draft.person_id = draft.person_id or draft.same_as.person_id
        break
    for key in keys:
        first_by.setdefault(key, draft.same_as or draft)


def _perhaps_siblings(drafts: list[Draft], answers: dict[str, str]) -> None:
    """Both parents of the same names and nothing else to tell: kept apart, and asked whether they are one couple."""
    couples: dict[int, dict[str, Draft]] = defaultdict(dict)
    for draft in drafts:
        if draft.of is not None and draft.part in {"father", "mother"}:
            couples[id(draft.of)][draft.part] = draft
    first: dict[tuple[str, str], dict[str, Draft]] = {}
    for pair in couples.values():
        if len(pair) < 2 or any(d.person_id or d.problems or d.question or d.status for d in pair.values()):
            continue
        key = (vi.fold(pair["father"].title), vi.fold(pair["mother"].title))
        known_pair = first.setdefault(key, pair)
        if known_pair is pair:
            continue
        for part, draft in pair.items():
            other = known_pair[part]
            if draft.same_as is other or _differ(draft, other):
                continue
            if answers.get(draft.key) == "merge":
                draft.same_as = other.same_as or other
            elif answers.get(draft.key) != "new":
                draft.question = {
                    "text": _("%(name)s có phải là người ở dòng %(row)s không? Hai em có bố mẹ cùng tên.")
                    % {"name": draft.title, "row": other.row},
                    "choices": [["merge", _("Là một người")], ["new", _("Là hai người")]],
                    "soft": True,
                }


def _differ(a: Draft, b: Draft) -> bool:
    return any(
        a.values.get(n) and b.values.get(n) and a.values[n] != b.values[n]
        for n in ("phone", "national_number", "birth_year")
    )


def _status(draft: Draft, world: World) -> None:
    if draft.status:
        return
    if draft.problems:
        draft.status, draft.question = "wrong", None
        return
    if draft.question and not draft.question.get("soft"):
        draft.status = "asked"
        return
    if draft.person_id is None:
        draft.status = "new"
        return
    known.diff(draft, draft.person_id, world)
    child = draft.of.person_id if draft.of else None
    if not any(g.guardian_id == draft.person_id for g in world.guardians.get(child or 0, [])):
        draft.changes.append(
            {"field": "relation", "old": "", "new": f"{draft.values['relation']}: {draft.of.title if draft.of else ''}"}
        )
    draft.status = "changed" if draft.changes else "same"
