"""Annex I as a workbook: one sheet a table, in the columns that `draft.read` takes back."""

from __future__ import annotations

from truongso.curriculum.annex.document import AnnexOne, bullets
from truongso.lib.sheets import Column, Table


def tables(annex: AnnexOne) -> list[Table]:
    what = f"MÔN HỌC: {annex.subject}, KHỐI LỚP {annex.grade}, NĂM HỌC {annex.year}"
    plan = Table(
        "Phân phối chương trình",
        [Column("STT", 6), Column("Bài học", 44), Column("Số tiết", 8), Column("Yêu cầu cần đạt", 80, wrap=True), *(Column(label, 18) for _, label in annex.more)],
        [
            (r.number, r.title, r.periods, bullets(r.outcomes), *(getattr(r, f) for f, _ in annex.more))
            if r.number else ("", r.title)
            for r in annex.rows
        ],
        title=f"PHÂN PHỐI CHƯƠNG TRÌNH {what}",
    )  # fmt: skip
    tests = Table(
        "Kiểm tra định kì",
        [Column("Bài kiểm tra, đánh giá", 26), Column("Thời gian", 12), Column("Thời điểm", 16), Column("Yêu cầu cần đạt", 60, wrap=True), Column("Hình thức", 24)],
        annex.tests,
        title=f"KIỂM TRA, ĐÁNH GIÁ ĐỊNH KÌ {what}",
    )  # fmt: skip
    found = [plan, tests]
    for name, label, used, rows in (
        ("Thiết bị", "Thiết bị dạy học", "Các bài thí nghiệm/thực hành", annex.devices),
        ("Phòng", "Tên phòng", "Phạm vi và nội dung sử dụng", annex.rooms),
    ):
        columns = [Column("STT", 6), Column(label, 44), Column("Số lượng", 12), Column(used, 50), Column("Ghi chú", 24)]
        found.append(
            Table(name, columns, [(i, r.name, r.quantity, r.used_for, r.note) for i, r in enumerate(rows, 1)], title=what)
        )  # fmt: skip
    return found
