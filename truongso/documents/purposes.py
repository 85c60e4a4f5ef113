"""What files are for. Each app registers its purposes: what may come, how large, and who may read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from truongso.documents.kinds import KINDS
from truongso.documents.models import StoredFile
from truongso.people.actor import Actor

CanRead = Callable[[Actor, StoredFile], bool]
CanSend = Callable[[Actor], bool]


@dataclass(frozen=True, slots=True)
class Purpose:
    name: str
    kinds: frozenset[str]
    max_bytes: int
    can_read: CanRead
    can_send: CanSend


PURPOSES: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    PURPOSES[purpose.name] = purpose


def _owner_only(actor: Actor, file: StoredFile) -> bool:
    return file.owner_id == actor.person_id


def _anybody(actor: Actor) -> bool:
    return actor.acting_account_id is None


OWN = Purpose("own", frozenset(KINDS), 500 * 2**20, _owner_only, _anybody)
register(OWN)
