"""Other people, of a small school that is being joined to this one: what the sample files of an import are made of.

Eight classes (6B1 to 9B2), their families, and eighteen teachers; none of them is in the demo school.
"""

from __future__ import annotations

from datetime import date

from truongso.demo import cast
from truongso.demo.contacts import Contacts
from truongso.demo.crafts import CRAFTS, demand, shared_out
from truongso.demo.drafts import Place, Plan
from truongso.demo.families import relate
from truongso.demo.names import Names
from truongso.demo.pupils import fill
from truongso.demo.size import GRADES
from truongso.demo.staff import Team, employ
from truongso.demo.teaching import give_homerooms, give_lessons
from truongso.lib.dice import Dice
from truongso.people.roles import Role

TEACHERS = 21


def newcomers(year: str) -> tuple[Plan, Team]:
    """The plan, and its teachers with what they teach."""
    plan = Plan(year, date(int(year[:4]), 8, 1), Names(cast.NAMES), Contacts(lot=1), seed="newcomers ")
    plan.classes = [Place(f"{grade}B{number}", year) for grade in GRADES for number in (1, 2)]
    team, dice = Team(), Dice("newcomers staff")
    for craft, count in shared_out(TEACHERS, demand([p.grade for p in plan.classes])).items():
        for _ in range(count):
            gender = cast.MAN if dice.chance(CRAFTS[craft].men) else cast.WOMAN
            team.teachers.append((employ(plan, dice, craft=craft, gender=gender, roles=(Role.TEACHER,)), craft))
    for place in plan.classes:
        fill(plan, place, dice.between(31, 36))
    relate(plan, [])
    give_homerooms(plan, team)
    give_lessons(plan, team)
    return plan, team
