"""A list with the mistakes that real lists have, one a row, so that the dry run of an import can be seen at work."""

from __future__ import annotations

from truongso.demo.drafts import Place, Plan
from truongso.demo.sample_book import Sheet, Value
from truongso.demo.sample_pupils import SCHOOL, SECTOR, Families, plain, pupils, sector_row

CODE, NAME, BORN, CLASS, NUMBER = (SECTOR.index(label) for label in ("Mã định danh Bộ GD&ĐT", "Họ tên", "Ngày sinh", "Lớp học", "Số định danh cá nhân"))  # fmt: skip


def wrong(plan: Plan, place: Place) -> Sheet:
    """Ten rows of a class, eight of them wrong; the last cell of the sheet's row says nothing of it."""
    families = Families(plan)
    rows = [sector_row(n, human, place, families) for n, human in enumerate(pupils(plan, place)[:10], 1)]
    changes: dict[int, dict[int, Value]] = {
        1: {CODE: rows[0][CODE]},  # the code of the row above
        2: {BORN: "31/02/2014"},
        3: {BORN: f"12/05/{plan.start.year - 90}"},
        4: {CODE: "36001"},  # four digits short
        5: {NAME: ""},
        6: {CLASS: "6B1, 6B2, 7B1, 8B1"},
        7: {NUMBER: "098214"},
        8: {CODE: "", NAME: rows[9][NAME], BORN: rows[9][BORN]},  # the same name and day as the row below, no code
        9: {CODE: ""},
    }
    for number, cells in changes.items():
        for column, value in cells.items():
            rows[number][column] = value
    return Sheet("Danh sách học sinh", (*SCHOOL, f"DANH SÁCH HỌC SINH NĂM HỌC {plan.year}"), (plain(SECTOR),), rows)
