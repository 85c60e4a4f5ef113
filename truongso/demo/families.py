"""Who stands for whom: parents together and apart, grandparents, brothers and sisters, teachers who are parents here."""

from __future__ import annotations

from datetime import date

from truongso.demo import cast
from truongso.demo.drafts import Human, Plan, Standing
from truongso.demo.names import BOY, GIRL
from truongso.lib.dice import Dice
from truongso.people.roles import Role

KINDS = {"both": 75, "mother": 10, "father": 3, "away": 4, "grandparents": 5, "apart": 3}


def relate(plan: Plan, teachers: list[Human]) -> None:
    """Families for all pupils who have none yet."""
    dice = Dice(f"{plan.seed}families")
    pupils = [h.who for h in plan.holds if h.role is Role.PUPIL]
    done = {s.child for s in plan.standings}
    mothers = [t for t in teachers if t.gender == GIRL and t.born and 34 <= plan.start.year - t.born.year <= 47]
    for children in _households(dice, [p for p in pupils if p not in done]):
        home = plan.contacts.address(dice)
        for child in children:
            assert child.pupil is not None
            child.pupil["residence"] = home
        kind = dice.weighed(KINDS)
        mother = mothers.pop(0) if kind == "both" and mothers and dice.chance(6) else None
        _Family(plan, dice, children, home).settle(kind, mother)


def relate_known(plan: Plan) -> None:
    """The hand-written families stay as they are: one guardian each."""
    pupils = [h.who for h in plan.holds if h.role is Role.PUPIL]
    by_name = {p.name: p for p in reversed(pupils)}  # the hand-written were thought of first
    staff = {p.name: p for p in plan.people if p.staff is not None}
    for name, relation, children in cast.FAMILIES:
        guardian = staff.get(name)
        if guardian is None:
            guardian = Human(name, GIRL if relation == "mẹ" else BOY, birth_year=plan.start.year - 41, account="used")
            guardian.contact = {"phone": plan.contacts.phone(), "address": plan.contacts.address(Dice(name))}
            guardian.contact["occupation"] = plan.contacts.job(Dice(name), guardian.gender)
            plan.people.append(guardian)
        for child in (by_name[c] for c in children):
            plan.standings.append(Standing(guardian, child, relation, plan.start, first_contact=True))


def _households(dice: Dice, pupils: list[Human]) -> list[list[Human]]:
    """About one pupil in eight has a brother or sister here: same family name, born two years apart or more."""
    homes: dict[str, list[list[Human]]] = {}
    found: list[list[Human]] = []
    for pupil in pupils:
        surname = pupil.name.split()[0]
        fitting = [h for h in homes.get(surname, []) if len(h) < 3 and all(_apart(pupil, other) for other in h)]
        if fitting and dice.chance(9):
            dice.pick(fitting).append(pupil)
        else:
            home = [pupil]
            found.append(home)
            homes.setdefault(surname, []).append(home)
    return found


def _apart(one: Human, other: Human) -> bool:
    assert one.born and other.born
    return abs((one.born - other.born).days) > 500


class _Family:
    def __init__(self, plan: Plan, dice: Dice, children: list[Human], home: str):
        self.plan, self.dice = plan, dice
        self.children, self.home = children, home
        self.surname = children[0].name.split()[0]

    def settle(self, kind: str, mother: Human | None) -> None:
        if kind == "grandparents":
            self.stand(elder := self.elder(), self.of_elder(elder), legal=True, first=True)
            return
        if kind != "father":
            self.stand(mother or self.parent(GIRL), "mẹ", legal=True, first=kind != "away")
        if kind != "mother":  # after a parting the mother answers for the child, and the father is told nothing
            apart = kind == "apart"
            self.stand(self.parent(BOY), "bố", legal=not apart, first=kind == "father", informed=not apart)
        if kind == "away":  # the parents work far away; the grandparents see to school
            elder = self.elder()
            self.stand(elder, self.of_elder(elder), legal=False, first=True)

    def stand(self, who: Human, relation: str, *, legal: bool, first: bool, informed: bool = True) -> None:
        for child in self.children:
            assert child.born is not None
            entered = date(min(self.plan.start.year, child.born.year + 11), 8, 1)
            self.plan.standings.append(
                Standing(who, child, relation, entered, legal=legal, informed=informed, first_contact=first)
            )

    def parent(self, gender: str) -> Human:
        youngest = max(c.born.year for c in self.children if c.born)
        year = youngest - self.dice.between(24, 38)
        name = self.plan.names.adult(self.dice, gender, self.surname if gender == BOY else "")
        return self._adult(name, gender, year)

    def elder(self) -> Human:
        gender = GIRL if self.dice.chance(65) else BOY
        surname = self.surname if gender == BOY and self.dice.chance(60) else ""
        year = self.plan.start.year - self.dice.between(60, 74)
        return self._adult(self.plan.names.elder(self.dice, gender, surname), gender, year)

    def of_elder(self, elder: Human) -> str:
        side = "nội" if elder.name.split()[0] == self.surname else self.dice.pick(("nội", "ngoại"))
        if elder.gender == BOY:
            side = "nội" if elder.name.split()[0] == self.surname else "ngoại"
        return f"{'ông' if elder.gender == BOY else 'bà'} {side}"

    def _adult(self, name: str, gender: str, year: int) -> Human:
        dice = self.dice
        who = Human(name, gender, birth_year=year, account="used" if dice.chance(71) else "new")
        job = "Ở nhà" if self.plan.start.year - year > 60 else self.plan.contacts.job(dice, gender)
        who.contact = {"phone": self.plan.contacts.phone(), "address": self.home, "occupation": job}
        self.plan.people.append(who)
        return who
