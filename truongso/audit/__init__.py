"""Who did what, for whom: append-only and hash-chained. Others call `record`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django.db.models import Model


class Who(Protocol):
    """Whoever acts: an Actor."""

    @property
    def person_id(self) -> int: ...
    @property
    def account_id(self) -> int: ...
    @property
    def acting_account_id(self) -> int | None: ...


def record(
    by: Who | None,
    verb: str,
    *,
    obj: Model | None = None,
    for_person: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write one row in the caller's transaction; call it last in the verb.

    `by` is None for the system itself. `verb` is "app.verb". `for_person` is the person whom it concerns. `detail` is
    small JSON without secrets or codes. The database gives the row its place in the chain at commit (migration 0001).
    """
    from truongso.audit.actions import write

    write(by, verb, obj=obj, for_person=for_person, detail=detail or {})
