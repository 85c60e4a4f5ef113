"""Annex I as groups really write it: Word, Excel and the clipboard."""

from __future__ import annotations

import io

import pytest
from docx import Document

from truongso.curriculum.annex import grid
from truongso.curriculum.annex.draft import Draft, count_of, kind_of, read, split_outcomes
from truongso.lib.sheets import Column, Table, read_workbook, workbook


def annex_docx() -> bytes:
    document = Document()
    document.add_paragraph("KẾ HOẠCH DẠY HỌC CỦA TỔ CHUYÊN MÔN")
    document.add_paragraph("MÔN HỌC/HOẠT ĐỘNG GIÁO DỤC: TOÁN, KHỐI LỚP: 6")
    document.add_paragraph("(Năm học 2026 - 2027)")
    devices = document.add_table(rows=2, cols=5)
    for place, text in enumerate(("STT", "Thiết bị dạy học", "Số lượng", "Các bài thí nghiệm/thực hành", "Ghi chú")):
        devices.rows[0].cells[place].text = text
    for place, text in enumerate(("1", "Thước thẳng, êke", "4 bộ", "Bài 5", "")):
        devices.rows[1].cells[place].text = text
    rows = [
        ("STT", "Bài học\n(1)", "Số tiết\n(2)", "Yêu cầu cần đạt\n(3)"),
        ("HỌC KÌ I (72 tiết)", "", "", ""),
        ("Chương I. Số tự nhiên (24 tiết)", "", "", ""),
        ("1", "Tập hợp", "2", "- Nhận biết được tập hợp.\n- Viết được tập hợp\nbằng hai cách."),
        ("2", "Luyện tập chung", "1 tiết", "+ Củng cố; + Vận dụng"),
        ("3", "Kiểm tra giữa học kì I", "2", ""),
        ("4", "Phép cộng, phép trừ", "6-8", "• Thực hiện được phép cộng."),
        ("5", "Bài chưa ghi tiết", "", "- x"),
        ("6", "Bài ghi lạ", "hai tiết", "- x"),
        ("Tổng số: 8 tiết", "", "", ""),
    ]
    plan = document.add_table(rows=len(rows), cols=4)
    for number, cells in enumerate(rows):
        if not any(cells[1:]):
            plan.rows[number].cells[0].merge(plan.rows[number].cells[3]).text = cells[0]
            continue
        for place, text in enumerate(cells):
            plan.rows[number].cells[place].text = text
    tests = document.add_table(rows=3, cols=5)
    for number, cells in enumerate((
        ("Bài kiểm tra, đánh giá", "Thời gian\n(1)", "Thời điểm\n(2)", "Yêu cầu cần đạt\n(3)", "Hình thức\n(4)"),
        ("Giữa Học kỳ 1", "90 phút", "Tuần 9", "Chương I", "Viết trên giấy"),
        ("Cuối học kì II", "90", "Tuần 35", "Cả năm", "Viết"),
    )):  # fmt: skip
        for place, text in enumerate(cells):
            tests.rows[number].cells[place].text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_annex_is_read_whole() -> None:
    draft = read(grid.from_docx(annex_docx()))
    assert (draft.subject, draft.grades, draft.year) == ("TOÁN", (6,), "2026-2027")
    assert [t.title for t in draft.topics] == ["Chương I. Số tự nhiên"]
    assert [(x.title, x.periods, x.kind) for x in draft.lessons] == [
        ("Tập hợp", 2, "lesson"), ("Luyện tập chung", 1, "review"), ("Kiểm tra giữa học kì I", 2, "test"),
        ("Phép cộng, phép trừ", 3, "lesson"),
    ]  # fmt: skip
    assert draft.lessons[0].outcomes == ["Nhận biết được tập hợp.", "Viết được tập hợp bằng hai cách."]
    assert [(w.place, w.row, w.value, w.reason) for w in draft.wrong] == [
        ("Bảng 2", 8, "", "no_periods"), ("Bảng 2", 9, "hai tiết", "unclear_periods"),
    ]  # fmt: skip
    assert [(t.term, t.final, t.minutes, t.when) for t in draft.tests] == [
        (1, False, 90, "Tuần 9"), (2, True, 90, "Tuần 35"),
    ]  # fmt: skip
    assert [(r.kind, r.name, r.quantity) for r in draft.resources] == [("device", "Thước thẳng, êke", "4 bộ")]


def test_a_vertically_merged_title_gathers_its_rows() -> None:
    document = Document()
    table = document.add_table(rows=3, cols=3)
    for place, text in enumerate(("Tên bài", "Thời lượng", "YCCĐ")):
        table.rows[0].cells[place].text = text
    table.rows[1].cells[0].merge(table.rows[2].cells[0]).text = "Phân số"
    table.rows[1].cells[1].merge(table.rows[2].cells[1]).text = "4"
    table.rows[1].cells[2].text, table.rows[2].cells[2].text = "- Nhận biết", "- So sánh"
    out = io.BytesIO()
    document.save(out)
    draft = read(grid.from_docx(out.getvalue()))
    assert [(x.title, x.periods, x.outcomes) for x in draft.lessons] == [("Phân số", 4, ["Nhận biết", "So sánh"])]


def test_an_excel_annex_with_a_topic_column_and_numbered_periods() -> None:
    book = workbook(
        Table(
            "PPCT",
            [Column("STT"), Column("Chủ đề"), Column("Tên bài học"), Column("Tiết thứ"), Column("Yêu cầu cần đạt")],
            [
                [1, "Chất quanh ta", "Sự đa dạng của chất", "1,2", "- Nêu được"],
                [2, "", "Oxygen", "3-5", "- Trình bày được"],
                [3, "Vật sống", "Tế bào", 6, "- Quan sát"],
            ],
            title="KẾ HOẠCH DẠY HỌC MÔN HỌC: Khoa học tự nhiên, KHỐI LỚP 6, NĂM HỌC 2026-2027",
        )
    )
    draft = read(grid.from_sheets(read_workbook(book)))
    assert [(t.title, [(x.title, x.periods) for x in t.lessons]) for t in draft.topics] == [
        ("Chất quanh ta", [("Sự đa dạng của chất", 2), ("Oxygen", 3)]), ("Vật sống", [("Tế bào", 1)]),
    ]  # fmt: skip
    assert draft.subject == "Khoa học tự nhiên" and draft.grades == (6,)


def test_a_paste_from_excel_keeps_line_breaks_in_quoted_cells() -> None:
    text = 'STT\tBài học\tSố tiết\tYêu cầu cần đạt\nChủ đề 1: Máy tính (3 tiết)\t\t\t\n1\tThông tin\t2\t"- Phân biệt\n- Nêu ví dụ"\n'
    draft = read(grid.from_text(text))
    assert draft.topics[0].title == "Chủ đề 1: Máy tính"
    assert draft.lessons[0].outcomes == ["Phân biệt", "Nêu ví dụ"]


def test_a_paste_from_word_lays_out_spans() -> None:
    markup = """<html><body><table><tr><td>Bài học</td><td>Số tiết</td><td>Yêu cầu cần đạt</td></tr>
      <tr><td colspan=3><p><b>Chương II. Số nguyên</b></p></td></tr>
      <tr><td rowspan=2>Số âm</td><td rowspan=2>3</td><td><p>- Nhận biết</p></td></tr><tr><td>- Biểu diễn</td></tr>
      <tr><td>Ôn tập</td><td>1</td><td></td></tr></table></body></html>"""
    draft = read(grid.from_html(markup))
    assert [(t.title, [(x.title, x.periods, x.outcomes) for x in t.lessons]) for t in draft.topics] == [
        ("Chương II. Số nguyên", [("Số âm", 3, ["Nhận biết", "Biểu diễn"]), ("Ôn tập", 1, [])])
    ]


def test_lines_that_are_no_table_give_nothing() -> None:
    assert read(grid.from_text("Kính gửi tổ Toán\nxin xem giúp")).topics == Draft().topics


@pytest.mark.parametrize(
    ("text", "count"),
    [("4", 4), ("04", 4), ("4 tiết", 4), ("2 (1LT + 1TH)", 2), ("1-3", 3), ("Tiết 5 – 8", 4), ("7, 8, 9", 3), ("4,0", 4),
     ("", None), ("hai", None), ("0,5", None), ("9-7", None)],
)  # fmt: skip
def test_counts(text: str, count: int | None) -> None:
    assert count_of(text) == count


def test_kinds_and_outcomes() -> None:
    assert [kind_of(t) for t in ("Kiểm tra cuối kì 2", "Đánh giá giữa học kì I", "Ôn tập chương II", "Thực hành: đo", "Bài 5")] == [
        "test", "test", "review", "practice", "lesson"]  # fmt: skip
    assert split_outcomes("1. Nêu được A;\n2. Vẽ được B\nvà C") == ["Nêu được A", "Vẽ được B và C"]
    assert split_outcomes("") == []
