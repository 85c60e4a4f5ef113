"""Last year, and what has happened since: who came up, who finished, who came and went, who repeats."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from truongso.demo import cast
from truongso.demo.drafts import Hold, Human, Place, Plan, Step
from truongso.demo.pupils import invent
from truongso.lib.dice import Dice
from truongso.people.roles import Role
from truongso.roster.models import MovementKind

OTHER_SCHOOLS = ("Trường THCS Hoà Mai", "Trường THCS Sông Xanh", "Trường THCS Tân Lập", "Trường THCS Kim Đồng")
_YEARLY = {"in": 6, "repeat": 3, "left": 2, "out": 4, "moved": 2}  # in a school of 16 classes


def remember(plan: Plan) -> None:
    """Last year's classes with those who were in them; then the comings and goings."""
    before = date(plan.start.year - 1, 8, 1)
    year = f"{before.year}-{before.year + 1}"
    plan.old_classes = [Place(p.name, year) for p in plan.classes]
    old, dice = {p.name: p for p in plan.old_classes}, Dice("history")
    many = {kind: max(1, count * len(plan.classes) // 16) for kind, count in _YEARLY.items()}
    upper = [h for h in plan.holds if h.role is Role.PUPIL and h.place and h.place.grade > 6 and not _known(h.who)]
    chosen = dice.shuffled([h.who for h in upper])
    fate = dict.fromkeys(chosen[: many["in"]], "in")
    fate |= dict.fromkeys(chosen[many["in"] :][: many["repeat"]], "repeat")
    for hold in [h for h in plan.holds if h.role is Role.PUPIL]:
        _came(plan, hold, old, fate.get(hold.who, ""))
    for place in plan.old_classes:
        if place.grade == 9:
            _completed(plan, place, before)
    for kind, count in (("left", many["left"]), ("out", many["out"])):
        for _ in range(count):
            _gone(plan, kind, dice, before, old)
    _moved(plan, [h for h in upper if h.who not in fate], many["moved"], dice)


def _known(who: Human) -> bool:
    return who.name in cast.NAMES


def _came(plan: Plan, hold: Hold, old: dict[str, Place], fate: str) -> None:
    who, place = hold.who, hold.place
    assert place is not None
    if place.grade == 6:
        plan.steps.append(Step(who, MovementKind.ENROLLED, plan.start, go_to=place))
        return
    if fate == "in":
        dice = Dice(f"came {who.sector_code}")
        paper = f"{dice.between(11, 240)}/GT"
        school = dice.pick(OTHER_SCHOOLS)
        step = Step(who, MovementKind.TRANSFER_IN, plan.start, go_to=place, other_school=school, document=paper)
        plan.steps.append(replace(step, reason="Gia đình chuyển về xã Bình Minh"))
        return
    again = fate == "repeat"
    name = place.name if again else f"{place.grade - 1}{place.name[1:]}"
    was = old.get(name) or old[f"{name[0]}A1"]
    entered = date(plan.start.year - (place.grade - 6) - again, 8, 1)
    plan.steps.append(
        Step(who, MovementKind.ENROLLED, entered, go_to=was if entered.year == plan.start.year - 1 else None)
    )
    kind = MovementKind.REPEATED if again else MovementKind.PROMOTED
    plan.steps.append(Step(who, kind, plan.start, come_from=was, go_to=place))
    plan.holds.append(Hold(who, Role.PUPIL, was, date(plan.start.year - 1, 8, 1), plan.start))


def _completed(plan: Plan, place: Place, before: date) -> None:
    dice = Dice(f"completed {place.name}")
    for _ in range(dice.between(37, 39)):
        who = invent(plan, dice, 10, place.name)
        who.account = ""
        plan.people.append(who)
        plan.holds.append(Hold(who, Role.PUPIL, place, before, plan.start))
        plan.steps.append(Step(who, MovementKind.COMPLETED, date(plan.start.year, 6, 30), come_from=place))


def _gone(plan: Plan, kind: str, dice: Dice, before: date, old: dict[str, Place]) -> None:
    """Left in the middle of last year, or moved away just before this one began to be taught."""
    place = dice.pick(list(old.values()))
    now = kind == "out"
    place = dice.pick(plan.classes) if now else place
    who = invent(plan, dice, place.grade + (not now), place.name)
    who.account = "closed"
    day = date(plan.start.year, 8, 25) if now else date(plan.start.year, 3, 15)
    plan.people.append(who)
    plan.holds.append(Hold(who, Role.PUPIL, place, plan.start if now else before, day))
    if now:
        school, paper = dice.pick(OTHER_SCHOOLS), f"{dice.between(11, 99)}/GT"
        step = Step(who, MovementKind.TRANSFER_OUT, day, come_from=place, other_school=school, document=paper)
        plan.steps.append(replace(step, reason="Theo bố mẹ chuyển nơi ở"))
    else:
        plan.steps.append(
            Step(who, MovementKind.LEAVE, day, come_from=place, reason="Gia đình có đơn xin cho em thôi học")
        )


def _moved(plan: Plan, holds: list[Hold], count: int, dice: Dice) -> None:
    """A change of class within a grade, in the second week of September."""
    day = date(plan.start.year, 9, 14)
    for hold in dice.shuffled(holds)[:count]:
        assert hold.place is not None
        to = dice.pick([p for p in plan.classes if p.grade == hold.place.grade and p != hold.place])
        plan.holds[plan.holds.index(hold)] = replace(hold, until=day)
        plan.holds.append(replace(hold, place=to, first=day))
        step = Step(hold.who, MovementKind.CLASS_CHANGE, day, come_from=hold.place, go_to=to)
        plan.steps.append(replace(step, reason="Cân đối sĩ số"))
