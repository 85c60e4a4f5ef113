"""What the IT teacher and the clerk do once a year, in a browser: slips for a class, the plan of the next year."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Open
from tests.e2e.people import serious, sign_in, sign_in_twice
from tests.process.instance import Instance

pytestmark = pytest.mark.browser


def test_slips_of_a_class_from_the_list_to_the_first_sign_in(visit: Open, school: Instance) -> None:
    admin = visit()
    sign_in_twice(admin, "nam.hh")
    admin.get_by_role("link", name=re.compile("chưa vào lần nào")).click()
    expect(admin.get_by_role("heading", name="Tài khoản và phiếu")).to_be_visible()
    assert serious(admin) == []
    admin.reload()
    admin.get_by_label("Ai", exact=True).select_option(label="học sinh")
    admin.get_by_label("Lớp", exact=True).select_option(label="6A1")
    admin.get_by_role("button", name="Xem").click()
    admin.get_by_role("link", name="In phiếu đăng nhập").click()
    assert serious(admin) == []
    admin.reload()
    admin.get_by_role("button", name="Làm phiếu").click()
    paper = admin.get_by_role("link", name="Mở tệp để in")
    expect(paper).to_be_visible(timeout=90_000)  # the worker is at it; the page follows by itself
    assert serious(admin) == []
    answer = admin.request.get(school.url + (paper.get_attribute("href") or ""))
    text = "\n".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(answer.body()))
    lines = [line.strip() for line in text.splitlines()]
    at, password = next((n, line) for n, line in enumerate(lines) if re.fullmatch(r"[a-z]+-\d-[a-z]+-\d-[a-z]+", line))
    login = next(line for line in reversed(lines[:at]) if re.fullmatch(r"[a-z.]+\d*\.6a1\d*", line))
    pupil = visit()
    sign_in(pupil, login, password)
    expect(pupil.get_by_role("heading", name=re.compile("^Chào "))).to_be_visible()


def test_the_plan_of_the_next_year_is_made_changed_and_dropped(visit: Open) -> None:
    clerk = visit()
    sign_in(clerk, "thu.nt")
    clerk.goto("/school/rollover/")
    clerk.get_by_role("button", name="Lập kế hoạch").click()
    expect(clerk.get_by_role("heading", name=re.compile("^Kế hoạch năm học"))).to_be_visible()
    expect(clerk.get_by_text("Năm học mới do hiệu trưởng mở.")).to_be_visible()
    assert serious(clerk) == []
    clerk.reload()
    clerk.get_by_role("link", name="Lớp 6A1").first.click()
    assert serious(clerk) == []
    clerk.reload()
    clerk.get_by_label(re.compile("^Kết quả:")).first.select_option(label="ở lại lớp")
    clerk.get_by_role("button", name="Lưu").click()
    expect(clerk.get_by_text("Xin chọn một lớp khối 6.")).to_be_visible()
    clerk.get_by_label(re.compile("^Lớp mới:")).first.select_option(label="6A1")
    clerk.get_by_role("button", name="Lưu").click()
    expect(clerk.get_by_text("Đã lưu lớp 6A1.")).to_be_visible()
    clerk.goto("/school/rollover/")
    expect(clerk.get_by_text("1 ở lại lớp").first).to_be_visible()
    clerk.get_by_role("button", name="Bỏ kế hoạch, trả lại như cũ").click()
    clerk.get_by_role("dialog").get_by_role("button", name="Bỏ kế hoạch").click()
    expect(clerk.get_by_text("Năm học đang chạy vẫn như cũ.")).to_be_visible()
