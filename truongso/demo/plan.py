"""The whole school, thought out: the same for a school year and a size, whoever asks, wherever."""

from __future__ import annotations

from datetime import date

from truongso.demo import cast
from truongso.demo.contacts import Contacts
from truongso.demo.drafts import Place, Plan
from truongso.demo.families import relate, relate_known
from truongso.demo.guarded import keep_apart
from truongso.demo.history import remember
from truongso.demo.names import Names
from truongso.demo.pupils import enrol
from truongso.demo.size import Size
from truongso.demo.staff import hire
from truongso.demo.teaching import give_homerooms, give_lessons


def think(year: str, size: Size) -> Plan:
    """`year` is "2026-2027". Nothing is written."""
    plan = Plan(year, date(int(year[:4]), 8, 1), Names(cast.NAMES), Contacts())
    plan.classes = [Place(name, year) for name in size.names()]
    team = hire(plan, size)
    enrol(plan, size)
    relate_known(plan)
    relate(plan, [who for who, _ in team.teachers if who.name not in cast.NAMES])
    remember(plan)
    give_homerooms(plan, team)
    give_lessons(plan, team)
    keep_apart(plan)
    return plan
