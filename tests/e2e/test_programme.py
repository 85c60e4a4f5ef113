"""A group's programme: a table pasted, one row corrected, taken, a lesson moved with the keyboard, the move taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.people import serious, sign_in

pytestmark = pytest.mark.browser
MARKUP = """<table><tr><td>STT</td><td>Bài học</td><td>Số tiết</td><td>Yêu cầu cần đạt</td></tr>
<tr><td colspan=4><p class=MsoNormal style='x'>Chương I. Biểu thức</p></td></tr>
<tr><td>1</td><td>Đơn thức nhiều biến</td><td>2</td><td><p>- Nhận biết được</p><p>- Thu gọn được</p></td></tr>
<tr><td>2</td><td>Đa thức nhiều biến</td><td>ba tiết</td><td>- Tính được</td></tr></table>"""
PASTE = """([markup, text]) => {
  const box = document.querySelector("paste-table textarea");
  const data = new DataTransfer();
  data.setData("text/html", markup);
  data.setData("text/plain", text);
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}"""


def lessons(page: Page) -> list[str]:
    return page.locator("[data-lesson] b").all_inner_texts()


def sound(page: Page) -> None:
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def test_a_group_head_pastes_corrects_takes_and_moves(visit: Open) -> None:
    page = visit()
    sign_in(page, "dung.lq")
    page.goto("/programmes/")
    sound(page)
    page.get_by_role("link", name="Soạn Toán, khối 8").click()
    page.get_by_role("button", name="Đưa bảng vào").click()
    sound(page)
    page.get_by_label("Bảng chép từ Excel hoặc Word").fill("bảng")
    page.get_by_label("Bảng chép từ Excel hoặc Word").select_text()
    page.evaluate(PASTE, [MARKUP, "bảng"])
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Chưa hiểu số tiết này")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Lấy vào chương trình").click()
    expect(page.get_by_text("Còn dòng chưa đúng")).to_be_visible()
    page.get_by_label("Số tiết, dòng 4").fill("3")
    page.get_by_role("button", name="Lấy vào chương trình").click()
    expect(page.get_by_text("còn thiếu 135 tiết")).to_be_visible()
    assert lessons(page) == ["Đơn thức nhiều biến", "Đa thức nhiều biến"]
    sound(page)

    page.set_viewport_size({"width": 1280, "height": 800})
    down = page.get_by_role("button", name="Đưa xuống Đơn thức nhiều biến")
    down.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-lesson] b").first).to_have_text("Đa thức nhiều biến")
    expect(down).to_be_focused()  # so that it can be pressed again
    page.get_by_role("link", name="Sửa Đa thức nhiều biến").press("Enter")
    expect(page.get_by_label("Tên bài học")).to_be_focused()
    sound(page)
    page.get_by_label("Số tiết").fill("4")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("còn thiếu 134 tiết")).to_be_visible()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("còn thiếu 135 tiết")).to_be_visible()

    page.locator("[data-lesson]", has_text="Đơn thức").drag_to(page.locator("[data-lesson]", has_text="Đa thức"))
    expect(page.locator("[data-lesson] b").first).to_have_text("Đơn thức nhiều biến")
    with page.expect_download() as word:
        page.get_by_role("link", name="Phụ lục I (Word)").click()
    assert re.search(r"\.docx$", word.value.suggested_filename)


def test_a_pupil_reads_what_is_in_use(visit: Open) -> None:
    page = visit()
    sign_in(page, "an.nk.8a2")
    page.goto("/programmes/")
    page.get_by_role("link", name="Khoa học tự nhiên").click()
    expect(page.get_by_text("Phương trình hoá học", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Sửa"))).to_have_count(0)
    sound(page)
