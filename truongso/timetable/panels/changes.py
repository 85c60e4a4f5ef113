from __future__ import annotations

from typing import Any

from truongso.people.actor import Actor
from truongso.timetable.models import Period
from truongso.timetable.rules import PeriodTies


def panel(actor: Actor, period: Period, mine: PeriodTies) -> dict[str, Any] | None:
    """None: nothing to show to this person."""
    return None
