from __future__ import annotations

from django.db import transaction

from truongso import audit
from truongso.people.actor import Actor


@transaction.atomic
def log_export(*, by: Actor, what: str, count: int) -> None:
    """A list with people's data leaves the system as a file: who took which, how many rows."""
    audit.record(by, "roster.export", detail={"what": what, "count": count})
