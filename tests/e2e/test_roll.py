"""A roll by tapping names at phone width, on a line that comes and goes; and the family's note in it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.people import serious, sign_in
from tests.process.instance import Instance

pytestmark = pytest.mark.browser
CHILD = "Nguyễn Khánh An"


def test_a_roll_tapped_without_a_line_is_saved_when_it_is_back(visit: Open, school: Instance) -> None:
    mother = visit()
    sign_in(mother, "lan.nt")
    mother.goto("/absence/")
    mother.get_by_role("radio", name=CHILD).check()
    mother.get_by_role("radio", name="Bị ốm").check()
    fits(mother)
    mother.get_by_role("button", name="Gửi đơn xin nghỉ").click()
    expect(mother.get_by_text("Đã gửi đơn cho giáo viên chủ nhiệm.")).to_be_visible()

    page = visit()
    sign_in(page, "huong.dt")
    page.goto("/absences/")
    fits(page)
    page.get_by_role("link", name="Điểm danh buổi hôm nay").click()
    expect(page.get_by_role("button", name=f"{CHILD} Có phép")).to_be_visible()
    expect(page.get_by_text("Đơn xin nghỉ: Bị ốm")).to_be_visible()
    fits(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()  # the service worker has it now
    page.context.set_offline(True)
    page.get_by_role("button", name=re.compile("Lê Gia Bảo")).click()
    expect(page.get_by_role("button", name="Lê Gia Bảo Không phép")).to_be_visible()
    page.get_by_role("button", name=re.compile("Vũ Thị An")).click()
    page.get_by_role("group", name="Vũ Thị An").get_by_text("Muộn", exact=True).click()
    page.get_by_role("group", name="Vũ Thị An").get_by_label("Số phút").fill("8")
    page.keyboard.press("Tab")
    page.reload()
    expect(page.get_by_text("Đã điền lại những gì thầy cô chọn")).to_be_visible()
    expect(page.get_by_role("button", name="Vũ Thị An Muộn")).to_be_visible()
    page.get_by_role("button", name="Lưu điểm danh").click()
    expect(page.get_by_text("Đã giữ trên máy này, chưa gửi được")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Đã lưu điểm danh.")).to_be_visible()
    page.goto("/absences/")
    page.get_by_role("link", name="Điểm danh buổi hôm nay").click()
    expect(page.get_by_role("button", name="Lê Gia Bảo Không phép")).to_be_visible()
    expect(page.get_by_text("Đã điền lại")).not_to_be_visible()
    mother.goto("/absence/")
    mother.get_by_role("link", name=f"Số buổi vắng của {CHILD}").click()
    expect(mother.get_by_text("có phép").first).to_be_visible()


def fits(page: Page) -> None:
    """Nothing serious by axe, nothing wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert serious(page) == []
