"""The pupils of this year, class by class: the hand-written first, where there are any."""

from __future__ import annotations

from datetime import date, timedelta

from truongso.demo import cast
from truongso.demo.contacts import COMMUNE, PROVINCE
from truongso.demo.drafts import Hold, Human, Place, Plan
from truongso.demo.names import BOY, GIRL
from truongso.demo.size import Size
from truongso.lib.dice import Dice
from truongso.people.roles import Role

_BIRTHPLACES = {"Bệnh viện Đa khoa Sông Xanh": 60, "Trạm y tế xã Bình Minh": 22, "Thành phố Hồ Chí Minh": 4, "Hà Nội": 8, "Đồng Nai": 3, "Bình Dương": 3}  # fmt: skip


def enrol(plan: Plan, size: Size) -> None:
    written = dict(cast.CLASSES)
    number = 0
    for name, known in cast.CLASSES:  # their codes and birthdays count through, so that a larger school keeps them
        for pupil in known:
            number += 1
            _add(plan, _known(plan, pupil, name, number), Place(name, plan.year))
    for place in plan.classes:
        fill(plan, place, size.pupils(place.name) - len(written.get(place.name, ())))


def fill(plan: Plan, place: Place, count: int) -> None:
    """So many more pupils into a class."""
    dice = Dice(f"{plan.seed}pupils {place.name}")
    for _ in range(count):
        _add(plan, invent(plan, dice, place.grade, place.name), place)


def _add(plan: Plan, who: Human, place: Place) -> None:
    plan.people.append(who)
    plan.holds.append(Hold(who, Role.PUPIL, place, plan.start))


def _known(plan: Plan, name: str, class_name: str, number: int) -> Human:
    born = date(plan.start.year - int(class_name[0]) - 5, 1 + number % 12, 1 + (number * 7) % 28)
    gender = GIRL if name in cast.GIRLS else BOY
    who = Human(name, gender, born=born, sector_code=f"36{number:08d}", login_class=class_name)
    who.account = "used" if number % 5 else "new"
    who.national_number = plan.contacts.national_number(born, gender)
    who.pupil = _record(plan, Dice(f"pupil {number}"))
    return who


def invent(plan: Plan, dice: Dice, grade: int, class_name: str) -> Human:
    gender = BOY if dice.chance(52) else GIRL
    january = date(plan.start.year - grade - 5, 1, 1)
    born = january + timedelta(days=dice.below(365))
    who = Human(
        plan.names.pupil(dice, gender),
        gender,
        born=born,
        sector_code=plan.contacts.sector_code(),
        login_class=class_name,
    )
    who.account = "used" if dice.chance(86) else "new"
    if dice.chance(98):
        who.national_number = plan.contacts.national_number(born, gender)
    who.pupil = _record(plan, dice)
    return who


def _record(plan: Plan, dice: Dice) -> dict[str, str]:
    home = plan.contacts.address(dice)
    return {
        "local_code": f"HS{plan.contacts.lot}{plan.contacts.serial():05d}",
        "birth_place": dice.weighed(_BIRTHPLACES),
        "home_town": f"{COMMUNE}, {PROVINCE}" if dice.chance(85) else dice.pick(("tỉnh Sông Xanh", "tỉnh Núi Vàng")),
        "residence": home,
    }
