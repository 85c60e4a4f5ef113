"""Lists of pupils in the layouts that schools have: the sector database, SMAS, vnEdu, one sheet a class."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from truongso.demo.contacts import COMMUNE, PROVINCE
from truongso.demo.drafts import Human, Place, Plan, Standing
from truongso.demo.names import BOY, GIRL
from truongso.demo.sample_book import Sheet, Value
from truongso.lib import vi
from truongso.lib.dates import show

SCHOOL = ("ỦY BAN NHÂN DÂN XÃ HOÀ MAI", "TRƯỜNG THCS HOÀ MAI")
SECTOR = (
    "STT", "Mã định danh Bộ GD&ĐT", "Họ tên", "Ngày sinh", "Giới tính", "Dân tộc", "Trạng thái", "SĐT liên hệ",
    "Nơi sinh chi tiết", "Tổ/thôn hộ khẩu thường trú", "Tỉnh thành quê quán", "Phường xã quê quán", "Chỗ ở hiện nay",
    "Số CMND", "Ngày cấp", "Nơi cấp", "Tên cha", "Nghề nghiệp cha", "Năm sinh cha", "Tên mẹ", "Nghề nghiệp mẹ",
    "Năm sinh mẹ", "Lớp học", "Khối học", "Số định danh cá nhân",
)  # fmt: skip
SMAS = (
    "STT", "Mã học sinh", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Nơi sinh", "Lớp", "Địa chỉ thường trú",
    "Họ tên cha", "Nghề nghiệp cha", "SĐT cha", "Họ tên mẹ", "Nghề nghiệp mẹ", "SĐT mẹ", "Ghi chú",
)  # fmt: skip


class Families:
    """Who stands for whom, looked up once."""

    def __init__(self, plan: Plan) -> None:
        self._of: dict[Human, list[Standing]] = {}
        for standing in plan.standings:
            self._of.setdefault(standing.child, []).append(standing)

    def of(self, child: Human, relation: str) -> Human | None:
        return next((s.guardian for s in self._of[child] if s.relation == relation), None)

    def first(self, child: Human) -> Standing:
        return next(s for s in self._of[child] if s.first_contact)


def pupils(plan: Plan, place: Place) -> list[Human]:
    """In the order of class lists."""
    return sorted(plan.now(place), key=lambda human: vi.sort_key(human.name))


def sector(plan: Plan, places: Iterable[Place]) -> Sheet:
    families = Families(plan)
    rows = [
        sector_row(number, human, place, families)
        for number, (place, human) in enumerate(((p, h) for p in places for h in pupils(plan, p)), 1)
    ]
    titles = (*SCHOOL, f"DANH SÁCH HỌC SINH NĂM HỌC {plan.year}", f"Ngày kết xuất: 20/08/{plan.start.year}")
    return Sheet("Danh sách học sinh", titles, (plain(SECTOR),), rows)


def sector_row(number: int, human: Human, place: Place, families: Families) -> list[Value]:
    father, mother = families.of(human, "bố"), families.of(human, "mẹ")
    assert human.born is not None and human.pupil is not None
    return [
        str(number), human.sector_code, human.name, show(human.born), "Nam" if human.gender == BOY else "Nữ", "Kinh",
        "Đang học", families.first(human).guardian.contact["phone"], human.pupil["birth_place"],
        human.pupil["residence"], PROVINCE.title(), COMMUNE.title(), human.pupil["residence"], "", "", "",
        *_parent(father, "occupation", "year"), *_parent(mother, "occupation", "year"),
        f"Lớp {place.name}", f"Khối {place.grade}", human.national_number,
    ]  # fmt: skip


def smas(plan: Plan, places: Iterable[Place]) -> Sheet:
    families = Families(plan)
    rows: list[list[Value]] = []
    for place in places:
        for human in pupils(plan, place):
            assert human.pupil is not None
            father, mother = families.of(human, "bố"), families.of(human, "mẹ")
            note = families.first(human)
            rows.append([
                len(rows) + 1, human.pupil["local_code"], human.name.upper(), human.born,
                "Nam" if human.gender == BOY else "Nữ", "Kinh", human.pupil["birth_place"], place.name,
                human.pupil["residence"], *_parent(father, "occupation", "phone"), *_parent(mother, "occupation", "phone"),
                "" if father or mother else f"Ở với {note.relation} {note.guardian.name}",
            ])  # fmt: skip
    below = ("Người lập biểu", "(Kí, ghi rõ họ tên)")
    return Sheet("HocSinh", (SCHOOL[1], f"HỒ SƠ HỌC SINH - NĂM HỌC {plan.year}"), (plain(SMAS),), rows, below)


def vnedu(plan: Plan, places: Iterable[Place]) -> Sheet:
    """A header of two rows, as its export has: parents under a heading of their own."""
    single = ("STT", "Mã học sinh", "Họ và tên", "Ngày sinh", "Nữ", "Lớp", "Địa chỉ")
    parent = ("Họ tên", "Năm sinh", "Nghề nghiệp", "Điện thoại")
    upper = (*plain(single), ("Thông tin cha", 4), ("Thông tin mẹ", 4))
    lower = (*plain([""] * len(single)), *plain(parent), *plain(parent))
    families = Families(plan)
    rows: list[list[Value]] = []
    for place in places:
        for human in pupils(plan, place):
            assert human.born is not None and human.pupil is not None
            father, mother = families.of(human, "bố"), families.of(human, "mẹ")
            rows.append([
                len(rows) + 1, human.pupil["local_code"], human.name, show(human.born), "x" if human.gender == GIRL else "",
                place.name, human.pupil["residence"],
                *_parent(father, "year", "occupation", "phone"), *_parent(mother, "year", "occupation", "phone"),
            ])  # fmt: skip
    title = f"vnEdu - Danh sách học sinh năm học {plan.year}"
    return Sheet("Sheet1", (SCHOOL[1], title), (upper, lower), rows, (f"Tổng số: {len(rows)} học sinh",))


def one_class(plan: Plan, place: Place, teacher: Human) -> Sheet:
    """As homeroom teachers keep it. Grade 9's second class was typed on a Mac: its accents are letters of their own."""
    heads = plain(("STT", "Họ và tên đệm", "Tên", "Ngày sinh", "Nữ", "Nơi sinh", "SĐT phụ huynh"))
    families = Families(plan)
    rows: list[list[Value]] = []
    decomposed = place.name.endswith("2")
    for human in pupils(plan, place):
        assert human.born is not None and human.pupil is not None
        *before, given = human.name.split()
        row: list[Value] = [
            len(rows) + 1, " ".join(before), given, human.born if decomposed else show(human.born),
            "x" if human.gender == GIRL else "", human.pupil["birth_place"], families.first(human).guardian.contact["phone"],
        ]  # fmt: skip
        rows.append([unicodedata.normalize("NFD", v) if decomposed and isinstance(v, str) else v for v in row])
    titles = (SCHOOL[1], f"DANH SÁCH HỌC SINH LỚP {place.name}", f"Năm học {plan.year}", f"GVCN: {teacher.name}")
    below = (f"Danh sách này có {len(rows)} học sinh", "Giáo viên chủ nhiệm", teacher.name)
    return Sheet(place.name, titles, (heads,), rows, below)


def plain(labels: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple((label, 1) for label in labels)


def _parent(who: Human | None, *wanted: str) -> list[Value]:
    if who is None:
        return [""] * (len(wanted) + 1)
    year = who.birth_year or (who.born.year if who.born else None)
    return [who.name, *(str(year or "") if name == "year" else who.contact.get(name, "") for name in wanted)]
