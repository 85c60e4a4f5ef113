"""Annex I as Word: landscape A4, the official layout and columns, tables that go on over pages under their heads."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from truongso.curriculum.annex.document import AnnexOne, bullets
from truongso.documents.official.docx import FONT
from truongso.documents.official.model import MOTTO

CENTER, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
WIDTH = 257  # mm between the margins
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # what XML 1.0 cannot hold


def to_docx(annex: AnnexOne) -> bytes:
    word = Document()
    _page(word)
    _head(word, annex)
    _line(word, "I. Đặc điểm tình hình", bold=True)
    _line(word, f"1. Số lớp: {annex.classes}; Số học sinh: {annex.pupils}")
    levels = "; ".join(f"{label}: {n}" for label, n in annex.levels)
    standards = "; ".join(f"{label}: {n}" for label, n in annex.standards)
    _line(word, f"2. Tình hình đội ngũ: Số giáo viên: {annex.teachers}; Trình độ đào tạo: {levels}; Mức đạt chuẩn nghề nghiệp giáo viên: {standards}")  # fmt: skip
    _line(word, "3. Thiết bị dạy học:")
    _table(word, ("STT", "Thiết bị dạy học", "Số lượng", "Các bài thí nghiệm/thực hành", "Ghi chú"), (12, 90, 30, 85, 40), _resources(annex.devices))  # fmt: skip
    _line(word, "4. Phòng học bộ môn/phòng thí nghiệm/phòng đa năng/sân chơi, bãi tập:")
    _table(word, ("STT", "Tên phòng", "Số lượng", "Phạm vi và nội dung sử dụng", "Ghi chú"), (12, 90, 30, 85, 40), _resources(annex.rooms))  # fmt: skip
    _line(word, "II. Kế hoạch dạy học", bold=True)
    _line(word, f"1. Phân phối chương trình: {annex.periods} tiết")
    _plan(word, annex)
    _line(word, "2. Kiểm tra, đánh giá định kì")
    _table(word, ("Bài kiểm tra, đánh giá", "Thời gian", "Thời điểm", "Yêu cầu cần đạt", "Hình thức"), (52, 30, 35, 90, 50), annex.tests)  # fmt: skip
    _line(word, "III. Các nội dung khác (nếu có):", bold=True)
    _line(word, "." * 120)
    _end(word, annex)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _resources(rows: Sequence[Any]) -> list[tuple[str, ...]]:
    return [(str(i), r.name, r.quantity, r.used_for, r.note) for i, r in enumerate(rows, 1)]


def _page(word: Any) -> None:
    style = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(3)
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)


def _head(word: Any, annex: AnnexOne) -> None:
    left, right = word.add_table(rows=1, cols=2).rows[0].cells
    _fill(left, [(f"TRƯỜNG: {_bare(annex.school, 'trường').upper()}", True), (f"TỔ: {_bare(annex.group, 'tổ').upper()}", True)])  # fmt: skip
    _fill(right, [(MOTTO[0], True), (MOTTO[1], True)])
    _line(word, "KẾ HOẠCH DẠY HỌC CỦA TỔ CHUYÊN MÔN", bold=True, align=CENTER, before=10)
    _line(
        word, f"MÔN HỌC/HOẠT ĐỘNG GIÁO DỤC: {annex.subject.upper()}, KHỐI LỚP: {annex.grade}", bold=True, align=CENTER
    )
    _line(word, f"(Năm học {annex.year.replace('-', ' - ')})", align=CENTER, after=8)


def _bare(name: str, word: str) -> str:
    return name[len(word) :].strip() if name.lower().startswith(f"{word} ") else name


def _end(word: Any, annex: AnnexOne) -> None:
    left, right = word.add_table(rows=1, cols=2).rows[0].cells
    space = [("", False)] * 4
    _fill(left, [("", False), ("TỔ TRƯỞNG", True), ("(Kí và ghi rõ họ tên)", False), *space, (annex.group_head, True)])
    place = f"{annex.place or '…………'}, ngày … tháng … năm 20…"
    _fill(right, [(place, False), ("HIỆU TRƯỞNG", True), ("(Kí và ghi rõ họ tên)", False), *space, (annex.head, True)])


def _fill(cell: Any, lines: Sequence[tuple[str, bool]]) -> None:
    for index, (text, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        paragraph.alignment = CENTER
        _write(paragraph, text, bold=bold)


def _line(word: Any, text: str, *, bold: bool = False, align: Any = LEFT, before: float = 0, after: float = 3) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    _write(paragraph, text, bold=bold)


def _write(paragraph: Any, text: str, *, bold: bool = False, size: float = 13) -> None:
    run = paragraph.add_run(_ILLEGAL.sub("", text))
    run.font.name, run.font.size, run.bold = FONT, Pt(size), bold


def _new_table(word: Any, columns: Sequence[str], widths: Sequence[float]) -> Any:
    table = word.add_table(rows=1, cols=len(columns))
    table.style, table.autofit = "Table Grid", False
    for cell, text in zip(table.rows[0].cells, columns, strict=True):
        _write(cell.paragraphs[0], text, bold=True, size=12)
        cell.paragraphs[0].alignment = CENTER
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _add(table: Any, texts: Sequence[str], widths: Sequence[float]) -> Any:
    row = table.add_row()
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Mm(width)
        for index, line in enumerate(text.split("\n")):
            _write(cell.paragraphs[0] if index == 0 else cell.add_paragraph(), line, size=12)
    return row


def _table(word: Any, columns: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
    table = _new_table(word, columns, widths)
    for texts in rows or [("",) * len(columns)]:
        _add(table, texts, widths)
    word.add_paragraph()


def _plan(word: Any, annex: AnnexOne) -> None:
    more = annex.more
    columns = ("STT", "Bài học\n(1)", "Số tiết\n(2)", "Yêu cầu cần đạt\n(3)", *(label for _, label in more))
    free = WIDTH - 14 - 22 - 32 * len(more)
    widths = (14, free * 0.36, 22, free * 0.64, *(32 for _ in more))
    table = _new_table(word, columns, widths)
    for row in annex.rows:
        if not row.number:
            cells = table.add_row().cells
            merged = cells[0].merge(cells[-1])
            _write(merged.paragraphs[0], f"{row.title} ({row.periods} tiết)", bold=True, size=12)
            continue
        extra = (str(getattr(row, field)) for field, _ in more)
        _add(table, (str(row.number), row.title, str(row.periods), bullets(row.outcomes), *extra), widths)
    word.add_paragraph()
