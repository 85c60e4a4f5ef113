"""The staff: the hand-written, and around them as many as a school of this size has, in five groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from truongso.demo import cast
from truongso.demo.crafts import CRAFTS, demand, shared_out
from truongso.demo.drafts import Hold, Human, Place, Plan, Post
from truongso.demo.size import Size
from truongso.lib.dice import Dice
from truongso.people.roles import Role

OFFICE_POSTS = ("Kế toán", "Thư viện", "Y tế trường học", "Thiết bị, thí nghiệm", "Bảo vệ", "Văn thư")
GROUP_HEADS = {cast.SCIENCE: "hoa", cast.ARTS: "anh", cast.OFFICE: "Kế toán"}
_WHOLE_SCHOOL = {Role.HEAD, Role.DEPUTY, Role.TEACHER, Role.CLERK, Role.IT_ADMIN, Role.INSPECTOR}


@dataclass(slots=True)
class Team:
    """Who works here, by what they do: the leading ones apart, since they teach little."""

    leaders: list[tuple[Human, str]] = field(default_factory=list)
    teachers: list[tuple[Human, str]] = field(default_factory=list)
    group_heads: list[Human] = field(default_factory=list)
    it_admin: Human | None = None
    youth_leader: Human | None = None
    homeroom: dict[str, Human] = field(default_factory=dict)  # class → teacher, the hand-written at first


def hire(plan: Plan, size: Size) -> Team:
    dice, team = Dice("staff"), Team()
    plan.groups = [Place(g) for g in (cast.MATHS, cast.LETTERS, cast.SCIENCE, cast.ARTS, cast.OFFICE)]
    for line in cast.STAFF:
        _written(plan, team, line, dice)
    for _ in range(size.deputies - 1):
        who = employ(plan, dice, craft="van", gender=cast.WOMAN, roles=(Role.DEPUTY,))
        team.leaders.append((who, "van"))
    office = max(5, size.classes // 6 + 3)  # the clerk is among the hand-written
    for number in range(office):
        post = OFFICE_POSTS[number % len(OFFICE_POSTS)]
        gender = cast.MAN if post == "Bảo vệ" else cast.WOMAN
        who = employ(plan, dice, craft=post, gender=gender, roles=())
        _lead(plan, team, who, post)
    wanted = shared_out(size.staff - 1 - size.deputies - office - 1, demand([p.grade for p in plan.classes]))
    for craft, count in wanted.items():
        for _ in range(count - sum(c == craft for _, c in team.teachers)):
            gender = cast.MAN if dice.chance(CRAFTS[craft].men) else cast.WOMAN
            who = employ(plan, dice, craft=craft, gender=gender, roles=(Role.TEACHER,))
            team.teachers.append((who, craft))
            _lead(plan, team, who, craft)
    team.youth_leader = next(who for who, craft in reversed(team.teachers) if craft == "nhac")
    plan.posts.append(Post(team.youth_leader, "Tổng phụ trách Đội", date(plan.start.year - 2, 8, 1)))
    return team


def _written(plan: Plan, team: Team, line: cast.Staff, dice: Dice) -> None:
    who = Human(line.name, line.gender, born=date(line.born, dice.between(1, 12), dice.between(1, 28)), account="used")
    plan.people.append(who)
    group = cast.OFFICE if line.craft == "Văn thư" else CRAFTS[line.craft].group if line.craft else ""
    _take_on(plan, who, line.craft, group, line.roles)
    for role in line.roles:
        if role is Role.GROUP_HEAD:
            _head(plan, team, who, line.unit)
        elif role is Role.HOMEROOM:
            team.homeroom[line.unit] = who
    if Role.TEACHER in line.roles:
        team.teachers.append((who, line.craft))
    elif line.roles[0] in {Role.HEAD, Role.DEPUTY}:
        team.leaders.append((who, line.craft))
    if Role.IT_ADMIN in line.roles:
        team.it_admin = who


def employ(plan: Plan, dice: Dice, *, craft: str, gender: str, roles: tuple[Role, ...]) -> Human:
    """Somebody new on the staff, in the group of the craft or in the office."""
    age = dice.between(25, 56)
    born = date(plan.start.year - age, dice.between(1, 12), dice.between(1, 28))
    who = Human(plan.names.adult(dice, gender), gender, born=born, account="used" if dice.chance(90) else "new")
    plan.people.append(who)
    group = CRAFTS[craft].group if craft in CRAFTS else cast.OFFICE
    _take_on(plan, who, craft, group, roles)
    return who


def _take_on(plan: Plan, who: Human, craft: str, group: str, roles: tuple[Role, ...]) -> None:
    assert who.born is not None
    hired = min(date(who.born.year + 24, 9, 1), date(plan.start.year - 1, 8, 1))
    plan.holds += [Hold(who, role, None, hired) for role in roles if role in _WHOLE_SCHOOL]
    if not group:
        return  # an inspector comes from outside
    dice = Dice(f"staff {who.name}")
    teaches = CRAFTS[craft].label if craft in CRAFTS else ""
    who.sector_code = plan.contacts.sector_code()
    who.national_number = plan.contacts.national_number(who.born, who.gender)
    who.contact = plan.contacts.of_staff(dice, who.name)
    number = sum(p.staff is not None for p in plan.people) + 1
    who.staff = {
        "local_code": f"CB{plan.contacts.lot}{number:03d}",
        "contract": "Viên chức" if plan.start.year - hired.year > 2 else "Hợp đồng 12 tháng",
        "qualification": _qualification(craft, dice),
        "standard": dice.weighed({"Tốt": 35, "Khá": 55, "Đạt": 10}) if teaches else "",
        "teaches": teaches,
    }
    title = {Role.HEAD: "Hiệu trưởng", Role.DEPUTY: "Phó hiệu trưởng"}.get(roles[0] if roles else Role.TEACHER)
    plan.posts.append(Post(who, title or ("Giáo viên" if teaches else craft), hired))
    plan.posts.append(Post(who, "", max(hired, date(plan.start.year - 6, 8, 1)), Place(group)))


def _qualification(craft: str, dice: Dice) -> str:
    if craft == "Bảo vệ":
        return "THPT"
    if craft not in CRAFTS:
        return dice.weighed({"Đại học": 60, "Cao đẳng": 30, "Trung cấp": 10})
    return dice.weighed({"Đại học": 86, "Thạc sĩ": 11, "Cao đẳng": 3})


def _lead(plan: Plan, team: Team, who: Human, craft: str) -> None:
    """The first of a craft heads its group where nobody among the hand-written does."""
    for group, of_craft in GROUP_HEADS.items():
        if of_craft == craft and not any(h.place == Place(group) for h in plan.holds):
            _head(plan, team, who, group)


def _head(plan: Plan, team: Team, who: Human, group: str) -> None:
    first = date(plan.start.year - 2, 8, 1)
    team.group_heads.append(who)
    plan.holds.append(Hold(who, Role.GROUP_HEAD, Place(group), first))
    plan.posts.append(Post(who, "Tổ trưởng", first))
