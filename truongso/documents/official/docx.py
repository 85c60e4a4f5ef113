"""The DOCX of an official document: the same lines as the PDF, with Word's own paragraphs and tables to go on with."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from truongso.documents.official.model import OfficialDocument
from truongso.documents.official.pdf import as_data

FONT = "Times New Roman"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # what XML 1.0 cannot hold
CENTER, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY


def to_docx(document: OfficialDocument) -> bytes:
    data = as_data(document)
    word = Document()
    _defaults(word)
    _page(word.sections[0], first=True)
    _head(word, data)
    if data["kind"]:
        _line(word, data["kind"], size=14, bold=True, align=CENTER, before=12)
        _line(word, data["abstract"], size=14, bold=True, align=CENTER)
        _rule(word, "__________")
    for text in data["bases"]:
        _line(word, text, italic=True, align=JUSTIFY, indent=True, after=6)
    _body(word, data["body"])
    _end(word, data)
    for annex in data["annexes"]:
        section = word.add_section(WD_SECTION.NEW_PAGE)
        _page(section, landscape=annex["landscape"])
        _line(word, annex["number"], bold=True, align=CENTER)
        _line(word, annex["title"], bold=True, align=CENTER)
        _line(word, annex["of"], italic=True, align=CENTER, after=8)
        _body(word, annex["body"])
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _defaults(word: Any) -> None:
    style = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _page(section: Any, *, landscape: bool = False, first: bool = False) -> None:
    width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = first  # no number on the first page
    if first:
        _page_number(section.header.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    if paragraph.runs:
        return
    paragraph.alignment = CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _write(
    paragraph: Any, text: str, *, size: float = 14, bold: bool = False, italic: bool = False, underline: bool = False
) -> None:
    run = paragraph.add_run(_ILLEGAL.sub("", text))
    run.font.name, run.font.size = FONT, Pt(size)
    run.bold, run.italic, run.underline = bold, italic, underline


def _line(
    place: Any,
    text: str,
    *,
    size: float = 14,
    bold: bool = False,
    italic: bool = False,
    align: Any = LEFT,
    indent: bool = False,
    before: float = 0,
    after: float = 0,
) -> Any:
    paragraph = place.add_paragraph()
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    if indent:
        shape.first_line_indent = Mm(12.7)
    _write(paragraph, text, size=size, bold=bold, italic=italic)
    return paragraph


def _rule(place: Any, dashes: str) -> None:
    """The short line under a title."""
    paragraph = _line(place, dashes, size=8, align=CENTER, after=8)
    paragraph.paragraph_format.line_spacing = Pt(6)


def _head(word: Any, data: dict[str, Any]) -> None:
    table = word.add_table(rows=2, cols=2)
    table.autofit = False
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Mm(66), Mm(99)
    left, right = table.rows[0].cells
    lines = [(left, line, 13, False, False) for line in data["parent"]] + [(left, data["issuer"], 13, True, False)]
    lines += [(right, data["motto"][0], 13, True, False), (right, data["motto"][1], 14, True, False)]
    _cells(line for line in lines if line[1])
    for cell, dashes in ((left, "_______"), (right, "______________________")):
        _rule(cell, dashes)
    below_left, below_right = table.rows[1].cells
    below = [(below_left, data["number"], 13, False, False), (below_right, data["date"], 14, False, True)]
    if not data["kind"]:
        below.append((below_left, f"V/v {data['abstract']}", 12, False, False))
    _cells(below)


def _cells(lines: Iterable[tuple[Any, str, float, bool, bool]]) -> None:
    for cell, text, size, bold, italic in lines:
        empty = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
        paragraph = cell.paragraphs[0] if empty else cell.add_paragraph()
        paragraph.alignment = CENTER
        _write(paragraph, text, size=size, bold=bold, italic=italic)


def _body(word: Any, blocks: list[dict[str, Any]]) -> None:
    for block in blocks:
        if block["is"] == "table":
            _table(word, block)
        else:
            _line(word, block["text"], bold=block["is"] == "heading", align=JUSTIFY, indent=True, after=6)


def _table(word: Any, block: dict[str, Any]) -> None:
    table = word.add_table(rows=1, cols=len(block["columns"]))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, block["columns"], strict=True):
        _write(cell.paragraphs[0], text, size=13, bold=True)
        cell.paragraphs[0].alignment = CENTER
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in block["rows"]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], text, size=13)
    word.add_paragraph()


def _end(word: Any, data: dict[str, Any]) -> None:
    table = word.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    if data["recipients"]:
        _write(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True)
        for text in data["recipients"]:
            _write(left.add_paragraph(), text, size=11)
    _cells([(right, text, 14, True, False) for text in data["sign"]])
    for _ in range(4):
        right.add_paragraph()
    name = right.add_paragraph()
    name.alignment = CENTER
    _write(name, data["name"], bold=True)
