"""What stands on the page "Nhà trường": each app adds its own lines when it starts, so that the bar stays short."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from truongso.people.actor import Actor
from truongso.people.roles import Role

Section = Literal["structure", "people", "teaching", "conditions"]
SECTIONS: dict[Section, str | Promise] = {
    "structure": _("Nề nếp của trường"),
    "people": _("Con người"),
    "teaching": _("Dạy và học"),
    "conditions": _("Điều kiện và đồng ý"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the page: the address's name, what it is called, one short line of what one does there."""

    name: str
    label: str | Promise
    hint: str | Promise
    section: Section
    roles: frozenset[Role]
    order: int = 50

    def is_for(self, actor: Actor) -> bool:
        return actor.has(*self.roles)


_entries: dict[str, Entry] = {}
ALL_ROLES: set[Role] = set()


def register(*entries: Entry) -> None:
    for entry in entries:
        _entries[entry.name] = entry
        ALL_ROLES.update(entry.roles)


def entries_for(actor: Actor) -> list[tuple[str | Promise, list[Entry]]]:
    """The sections that hold anything for this person, each with its lines in order."""
    mine = sorted((e for e in _entries.values() if e.is_for(actor)), key=lambda e: (e.order, e.name))
    found = [(label, [e for e in mine if e.section == key]) for key, label in SECTIONS.items()]
    return [(label, lines) for label, lines in found if lines]
