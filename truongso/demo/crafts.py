"""What the teachers of this school can teach, and what a class needs of it: the programme of THCS, in periods a week."""

from __future__ import annotations

from dataclasses import dataclass

from truongso.demo.cast import ARTS, LETTERS, MATHS, SCIENCE


@dataclass(frozen=True, slots=True)
class Craft:
    label: str  # as the staff list says it
    group: str
    homeroom: bool = True  # has few enough classes to look after one
    extra: int = 0  # periods a week of a duty that goes with it (Tổng phụ trách Đội)
    men: int = 25  # of a hundred


CRAFTS: dict[str, Craft] = {
    "toan": Craft("Toán", MATHS, men=40),
    "tin": Craft("Tin học", MATHS, homeroom=False, men=50),
    "van": Craft("Ngữ văn", LETTERS, men=8),
    "su": Craft("Lịch sử", LETTERS, men=35),
    "dia": Craft("Địa lí", LETTERS, men=25),
    "gdcd": Craft("Giáo dục công dân", LETTERS, men=15),
    "ly": Craft("Vật lí, Công nghệ", SCIENCE, men=45),
    "hoa": Craft("Hoá học", SCIENCE, men=25),
    "sinh": Craft("Sinh học", SCIENCE, men=15),
    "anh": Craft("Tiếng Anh", ARTS, men=10),
    "theduc": Craft("Giáo dục thể chất", ARTS, homeroom=False, men=65),
    "nhac": Craft("Âm nhạc", ARTS, homeroom=False, extra=9, men=35),
    "mithuat": Craft("Mĩ thuật", ARTS, homeroom=False, men=40),
}


@dataclass(frozen=True, slots=True)
class Need:
    """A subject, or a strand of one, in a class. No crafts: the homeroom teacher's own."""

    subject: str
    part: str
    crafts: tuple[str, ...]
    weekly: float
    upper: float = 0.0  # in grades 8 and 9 where it differs

    def in_grade(self, grade: int) -> float:
        return self.upper if self.upper and grade >= 8 else self.weekly


NEEDS: tuple[Need, ...] = (
    Need("toan", "", ("toan",), 4),
    Need("ngu-van", "", ("van",), 4),
    Need("tieng-anh", "", ("anh",), 3),
    Need("khtn", "Vật lí", ("ly",), 1.2),
    Need("khtn", "Hoá học", ("hoa",), 1.2),
    Need("khtn", "Sinh học", ("sinh",), 1.2),
    Need("khtn", "Trái Đất và bầu trời", ("hoa", "sinh"), 0.4),
    Need("ls-dl", "Lịch sử", ("su",), 1.5),
    Need("ls-dl", "Địa lí", ("dia",), 1.5),
    Need("gdtc", "", ("theduc",), 2),
    Need("cong-nghe", "", ("ly",), 1, 1.5),
    Need("tin-hoc", "", ("tin",), 1),
    Need("nghe-thuat", "Âm nhạc", ("nhac",), 1),
    Need("nghe-thuat", "Mĩ thuật", ("mithuat",), 1),
    Need("gdcd", "", ("gdcd",), 1),
    Need("gddp", "", ("su", "dia", "gdcd"), 1),
    Need("hdtn", "", (), 3),
)
HOMEROOM_REDUCTION, GROUP_HEAD_REDUCTION, IT_REDUCTION = 4, 3, 3


def demand(grades: list[int]) -> dict[str, float]:
    """Periods a week that each craft must give to classes of these grades."""
    found = dict.fromkeys(CRAFTS, 0.0)
    for need in NEEDS:
        for craft in need.crafts:
            found[craft] += sum(need.in_grade(grade) for grade in grades) / len(need.crafts)
    return {craft: weekly + CRAFTS[craft].extra for craft, weekly in found.items()}


def shared_out(total: int, weights: dict[str, float]) -> dict[str, int]:
    """So many teachers over the crafts: at least one each, then by the largest remainder."""
    whole = sum(weights.values())
    exact = {craft: total * weight / whole for craft, weight in weights.items()}
    counts = {craft: max(1, int(share)) for craft, share in exact.items()}
    for craft in sorted(exact, key=lambda c: (counts[c] - exact[c], c))[: max(0, total - sum(counts.values()))]:
        counts[craft] += 1
    return counts
