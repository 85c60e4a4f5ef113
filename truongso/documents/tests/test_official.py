"""Official documents: one definition, a PDF and a DOCX, in the layout of decree 30/2020."""

from __future__ import annotations

import io
import unicodedata
from datetime import date

import pypdfium2
import pytest
from docx import Document
from docx.shared import Mm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truongso.documents.official import Annex, Heading, OfficialDocument, Paragraph, Signature, Table, to_docx, to_pdf
from truongso.documents.official.model import date_line, number_line

LETTERS = "ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"


def plan(**changes: object) -> OfficialDocument:
    words: dict[str, object] = {
        "parent_body": "Ủy ban nhân dân xã Bình Minh",
        "issuer": "Trường THCS Bình Minh",
        "code": "KH-THCSBM",
        "place": "Bình Minh",
        "kind": "Kế hoạch",
        "abstract": "Tổ chức, quản lí dạy học trực tuyến năm học 2026-2027",
        "bases": ("Căn cứ Thông tư số 09/2021/TT-BGDĐT", "Căn cứ nhiệm vụ năm học"),
        "body": (
            Heading("I. Mục đích, yêu cầu"),
            Paragraph("Dạy học trực tuyến hỗ trợ dạy học trực tiếp. " * 6),
            Table(("Môn", "Số tiết", "Tỉ lệ"), (("Toán", "14", "10,0 %"), ("Ngữ văn", "15", "10,7 %")), (2, 1, 1)),
            *[Paragraph(f"Nội dung thứ {n}. " + "Các tổ chuyên môn thực hiện theo kế hoạch. " * 5) for n in range(14)],
        ),
        "signature": Signature("Phó Hiệu trưởng", "Phạm Thị Hoa", "KT. Hiệu trưởng"),
        "recipients": ("UBND xã (để báo cáo)", "Các tổ chuyên môn", "Lưu: VT"),
        "number": 5,
        "day": date(2026, 9, 5),
    }
    return OfficialDocument(**(words | changes))  # type: ignore[arg-type]


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return unicodedata.normalize("NFC", "\n".join(page.get_textpage().get_text_range() for page in pages))


def words_of(pdf: bytes) -> str:
    return " ".join(text_of(pdf).split())


def test_the_lines_of_the_head_are_as_the_decree_wants() -> None:
    text = words_of(to_pdf(plan()))
    for line in (
        "ỦY BAN NHÂN DÂN", "XÃ BÌNH MINH", "TRƯỜNG THCS BÌNH MINH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/KH-THCSBM", "Bình Minh, ngày 05 tháng 9 năm 2026", "KẾ HOẠCH", "nhiệm vụ năm học.", "09/2021/TT-BGDĐT;",
        "KT. HIỆU TRƯỞNG PHÓ HIỆU TRƯỞNG", "Phạm Thị Hoa", "Nơi nhận:", "- Lưu: VT.",
    ):  # fmt: skip
        assert line in text, line


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2026, 1, 2), "ngày 02 tháng 01 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
    ],
)
def test_days_and_the_first_months_are_padded(day: date, line: str) -> None:
    assert line in date_line(plan(day=day))


def test_number_and_day_are_blank_until_issued() -> None:
    assert number_line(plan(number=None)) == "Số:       /KH-THCSBM"
    assert number_line(plan(number=12)) == "Số: 12/KH-THCSBM"
    assert "ngày tháng năm" in words_of(to_pdf(plan(day=None)))


def test_the_page_is_a4_numbered_from_the_second_and_looks_like_one() -> None:
    document = pypdfium2.PdfDocument(to_pdf(plan()))
    assert len(document) >= 2
    assert [round(side * 25.4 / 72) for side in document[0].get_size()] == [210, 297]
    first = document[0].get_textpage().get_text_bounded(left=0, bottom=800, right=595, top=842).strip()
    second = document[1].get_textpage().get_text_bounded(left=0, bottom=800, right=595, top=842).strip()
    assert (first, second) == ("", "2")
    picture = document[0].render(scale=1).to_pil().convert("L")
    ink = [
        (x, y)
        for y in range(0, picture.height, 2)
        for x in range(0, picture.width, 2)
        if picture.getpixel((x, y)) < 128
    ]
    left, right = min(x for x, _ in ink), max(x for x, _ in ink)
    assert 30 <= left * 25.4 / 72 <= 35 and 210 - right * 25.4 / 72 >= 14.5, "margins: 30 to 35 mm left, 15 mm right"
    title = picture.crop((0, 150, picture.width, 230))
    spots = [x for y in range(title.height) for x in range(title.width) if title.getpixel((x, y)) < 128]
    centre = (min(spots) + max(spots)) / 2 * 25.4 / 72
    assert abs(centre - (30 + 165 / 2)) < 6, "type and abstract are centred on the text"


def test_the_pdf_is_archival_and_carries_its_fonts() -> None:
    pdf = to_pdf(plan())
    assert b"pdfaid" in pdf or b"PDF/A" in pdf
    assert b"Tinos" in pdf


def test_every_vietnamese_letter_is_printed() -> None:
    sample = " ".join(LETTERS + LETTERS.upper())
    printed = text_of(to_pdf(plan(body=(Paragraph(sample),))))
    assert [c for c in LETTERS + LETTERS.upper() if c not in printed] == []


def test_a_letter_has_its_subject_under_the_number() -> None:
    text = words_of(to_pdf(plan(kind=None, abstract="báo cáo dạy học trực tuyến", code="THCSBM")))
    assert "V/v báo cáo dạy học trực tuyến" in text and "KẾ HOẠCH" not in text


def test_annexes_name_what_they_belong_to() -> None:
    wide = Annex("Khung kế hoạch dạy học", (Table(("Tuần", "Bài"), (("1", "Bài 1"),)),), landscape=True)
    pdf = to_pdf(plan(annexes=(wide, Annex("Danh sách", (Paragraph("x"),)))))
    text = words_of(pdf)
    assert "Phụ lục I" in text and "Phụ lục II" in text
    assert "(Kèm theo Kế hoạch số 05/KH-THCSBM ngày 05 tháng 9 năm 2026 của Trường THCS Bình Minh)" in text
    sizes = [tuple(round(s) for s in page.get_size()) for page in pypdfium2.PdfDocument(pdf)]
    assert (842, 595) in sizes


def test_the_word_file_says_the_same_and_can_be_worked_on() -> None:
    word = Document(io.BytesIO(to_docx(plan(annexes=(Annex("Khung", (Paragraph("Nội dung"),), landscape=True),)))))
    text = "\n".join(p.text for p in word.paragraphs)
    cells = "\n".join(c.text for t in word.tables for row in t.rows for c in row.cells)
    assert "KẾ HOẠCH" in text and "I. Mục đích, yêu cầu" in text and "Phụ lục" in text
    assert "Số: 05/KH-THCSBM" in cells and "Phạm Thị Hoa" in cells and "10,7 %" in cells
    section = word.sections[0]
    assert abs(section.left_margin - Mm(30)) < 1000 and abs(section.right_margin - Mm(15)) < 1000
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert word.sections[1].page_width > word.sections[1].page_height
    assert word.styles["Normal"].font.name == "Times New Roman"


# typst collapses odd spaces; control characters have no place on paper.
PRINTABLE = st.text(
    st.one_of(
        st.sampled_from("#$*_<>&\"'\\`@~=-+/[]{}()%" + LETTERS), st.characters(min_codepoint=32, max_codepoint=0x2FF)
    ),
    max_size=60,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PRINTABLE)
def test_nothing_typed_is_read_as_markup(text: str) -> None:
    shown = Document(io.BytesIO(to_docx(plan(body=(Paragraph(text),)))))
    assert any(p.text == text.replace("\x85", "\x85") for p in shown.paragraphs)
    pdf = text_of(to_pdf(plan(body=(Paragraph("đầu " + text + " cuối"),))))
    for char in set(text):
        if char in "#$*_<>&@~=\\`[]{}":
            assert char in pdf


@pytest.mark.parametrize(
    "text", ["\x00\x01", "\ud800", "a\x0bb", "😀", "", "https://x.example/#a", "= Tiêu đề", '#read("/etc/passwd")']
)
def test_odd_text_does_no_harm(text: str) -> None:
    document = plan(body=(Paragraph(text),))
    assert to_docx(document)
    assert "root:" not in text_of(to_pdf(document))


def test_a_table_of_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="another number of cells"):
        Table(("a", "b"), (("1",),))
