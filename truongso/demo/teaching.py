"""Who looks after which class, and who teaches what in it: loads even out, about 19 periods a week with the duties."""

from __future__ import annotations

from datetime import date

from truongso.demo import cast
from truongso.demo.crafts import (
    CRAFTS,
    GROUP_HEAD_REDUCTION,
    HOMEROOM_REDUCTION,
    IT_REDUCTION,
    NEEDS,
    Need,
    demand,
)
from truongso.demo.drafts import Hold, Human, Lesson, Place, Plan
from truongso.demo.staff import Team
from truongso.lib.dice import Dice
from truongso.people.roles import Role

_LEADERS_TEACH = 4  # periods a week: one class of a large subject, two of a small one


def give_homerooms(plan: Plan, team: Team) -> None:
    """The classes that nobody among the hand-written has: to those whose subject leaves them time."""
    grades = [p.grade for p in plan.classes]
    weekly = demand(grades)
    of_craft = {craft: sum(c == craft for _, c in team.teachers) for craft in CRAFTS}
    busy = {*team.group_heads, team.it_admin, team.youth_leader}
    # The hand-written stay what they are known for. In a very small school those with other duties have a class too.
    free = [pair for pair in team.teachers if pair[0].name not in cast.NAMES]
    places = Dice("homerooms").shuffled([p for p in plan.classes if p.name not in team.homeroom])

    def rank(pair: tuple[Human, str]) -> tuple[bool, float]:
        who, craft = pair
        return (who in busy or not CRAFTS[craft].homeroom, weekly[craft] / of_craft[craft])

    for place in places:
        chosen = min(free, key=rank)
        free.remove(chosen)
        weekly[chosen[1]] += 7
        team.homeroom[place.name] = chosen[0]
    for place in plan.classes:
        plan.holds.append(Hold(team.homeroom[place.name], Role.HOMEROOM, place, plan.start))
    before = date(plan.start.year - 1, 8, 1)
    for old in plan.old_classes:  # teachers go up with their class; those of grade 6 now had grade 9
        grade = 6 if old.grade == 9 else old.grade + 1
        last = team.homeroom.get(f"{grade}{old.name[1:]}") or team.homeroom[f"{grade}A1"]
        plan.holds.append(Hold(last, Role.HOMEROOM, old, before, plan.start))


def give_lessons(plan: Plan, team: Team) -> None:
    loads = _Loads(team)
    wanted = [(need, place) for need in NEEDS for place in plan.classes]
    own = [pair for pair in wanted if loads.own(*pair)]
    led = _led(plan, team, [pair for pair in wanted if pair not in own])
    teachers: dict[tuple[Need, Place], Human] = {}
    for need, place in own:
        teachers[need, place] = loads.take(team.homeroom[place.name], need, place)
    for pair, leader in led.items():
        teachers[pair] = loads.take(leader, *pair)
    for need, place in wanted:
        if (need, place) not in teachers:
            teachers[need, place] = loads.take(loads.least(need, place), need, place)
    for need, place in wanted:
        sharing = [n for n in NEEDS if n.subject == need.subject]
        compiles = need is _compiler(sharing, place)
        plan.lessons.append(Lesson(place, need.subject, need.part, teachers[need, place], compiles))


def _compiler(sharing: list[Need], place: Place) -> Need:
    """Of several who share a subject, a different one from grade to grade brings its results together."""
    return sharing[place.grade % len(sharing)]


def _led(plan: Plan, team: Team, wanted: list[tuple[Need, Place]]) -> dict[tuple[Need, Place], Human]:
    """Head and deputies teach a little, as they must: in the last classes of the highest grade."""
    found: dict[tuple[Need, Place], Human] = {}
    for who, craft in team.leaders:
        hours = 0.0
        for need, place in reversed(wanted):
            fits = need.crafts == (craft,) and (need, place) not in found
            if fits and (not hours or hours + need.weekly <= _LEADERS_TEACH / 2):
                found[need, place] = who
                hours += need.weekly
    return found


class _Loads:
    def __init__(self, team: Team) -> None:
        self.team = team
        self.of: dict[Human, float] = dict.fromkeys((who for who, _ in team.leaders), 0.0)
        self.crafts = dict(team.teachers)
        self.grades: set[tuple[Human, str, int]] = set()
        for who, _craft in team.teachers:
            self.of[who] = (
                HOMEROOM_REDUCTION * (who in team.homeroom.values()) + GROUP_HEAD_REDUCTION * (who in team.group_heads)
                + IT_REDUCTION * (who is team.it_admin) + CRAFTS["nhac"].extra * (who is team.youth_leader)
            )  # fmt: skip
        for who in team.homeroom.values():
            self.of[who] += 3  # their class's own activity, taken at the end

    def own(self, need: Need, place: Place) -> bool:
        """Is it what the homeroom teacher of the class teaches?"""
        return not need.crafts or self.crafts[self.team.homeroom[place.name]] in need.crafts

    def least(self, need: Need, place: Place) -> Human:
        """Who has least; of those within two periods of it, one who teaches this subject in this grade already."""
        able = [who for who, craft in self.team.teachers if craft in need.crafts]
        low = min(self.of[who] for who in able)
        near = [who for who in able if self.of[who] <= low + 2]
        return next(
            (w for w in near if (w, need.subject, place.grade) in self.grades), min(able, key=self.of.__getitem__)
        )

    def take(self, who: Human, need: Need, place: Place) -> Human:
        if need.crafts:
            self.of[who] += need.in_grade(place.grade)
        self.grades.add((who, need.subject, place.grade))
        return who
