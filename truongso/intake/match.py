"""Who in the school is meant: sector code, national number, local code, then name and birth date. Several: asked."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from truongso.intake.drafts import Draft
from truongso.intake.world import World, lookup
from truongso.lib import vi
from truongso.lib.dates import show
from truongso.people.models import Person

CODES = ("sector_code", "national_number", "local_code")


def same_human(draft: Draft, person: Person) -> bool:
    """Does the name beside a code fit the one who has it? A corrected letter does; another name with another day does not."""
    said, known = vi.fold(str(draft.values.get("full_name", ""))), vi.fold(person.full_name)
    if not said or said == known:
        return True
    born = draft.values.get("birth_date")
    close = SequenceMatcher(None, said, known).ratio() >= 0.75
    return close and (not born or person.birth_date is None or person.birth_date.isoformat() == born)


def by_codes(draft: Draft, world: World, local: dict[str, int]) -> set[int]:
    """The persons whom the codes name; problems are written into the draft."""
    found: set[int] = set()
    for name in CODES:
        text = draft.values.get(name)
        if not text:
            continue
        index: dict[Any, int] = {"sector_code": world.by_sector, "national_number": world.by_national}.get(name, local)
        hit = index.get(lookup(text, name) if name != "local_code" else text)
        if hit is None:
            continue
        person = world.people[hit]
        if not same_human(draft, person):
            draft.wrong(
                name,
                _("Mã này là của %(other)s, không phải %(name)s.")
                % {"other": about(person, world), "name": draft.title},
            )
        found.add(hit)
    if len(found) > 1 and not draft.problems:
        names = ", ".join(about(world.people[pk], world) for pk in sorted(found))
        draft.wrong(
            next(n for n in CODES if draft.values.get(n)),
            _("Các mã ở dòng này thuộc về những người khác nhau: %(names)s.") % {"names": names},
        )
    return found


def by_name(draft: Draft, world: World, among: set[int]) -> list[int]:
    """People of that name and day of birth among these; without a day on both sides, of that name."""
    born = draft.values.get("birth_date")
    found = []
    for pk in world.by_name.get(vi.fold(str(draft.values.get("full_name", ""))), []):
        if pk not in among:
            continue
        person = world.people[pk]
        if _other_code(draft, person):
            continue
        if born and person.birth_date and person.birth_date.isoformat() != born:
            continue
        found.append(pk)
    return found


def _other_code(draft: Draft, person: Person) -> bool:
    for name in ("sector_code", "national_number"):
        text, known = draft.values.get(name), getattr(person, f"{name}_hash")
        if text and known and bytes(known) != lookup(text, name):
            return True
    return False


def about(person: Person, world: World) -> str:
    """Nguyễn Thị Lan (05/09/2014, 6A1)"""
    place = world.place(person.pk)
    parts = [show(person.birth_date) if person.birth_date else "", place.unit.name if place and place.unit else ""]
    said = ", ".join(p for p in parts if p)
    return f"{person.full_name} ({said})" if said else person.full_name


def ask(draft: Draft, text: str, candidates: list[int], world: World, *, new: bool = True) -> None:
    choices = [[str(pk), about(world.people[pk], world)] for pk in candidates]
    if new:
        choices.append(["new", _("Một người mới")])
    draft.question = {"text": text, "choices": [*choices, ["skip", _("Bỏ qua dòng này")]]}


def answered(draft: Draft, answers: dict[str, str]) -> str:
    return answers.get(draft.key, "")
