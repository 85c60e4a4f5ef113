"""Finding people and opening classes on a phone: without accents, as one types, and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.people import serious, sign_in

pytestmark = pytest.mark.browser


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not serious(page)


def test_the_clerk_finds_a_mother_a_class_and_a_pupil(visit: Open) -> None:
    page = visit()
    sign_in(page, "thu.nt")
    page.goto("/people/")
    page.get_by_label("Tìm người").press_sequentially("lan nguyen thi", delay=30)
    expect(page.get_by_role("link", name="Nguyễn Thị Lan", exact=True).first).to_be_visible()
    expect(page.get_by_role("link", name="Trần Văn Minh", exact=True)).to_have_count(0)
    expect(page).to_have_url(re.compile(r"q=lan\+nguyen\+thi"))
    fits(page)
    page.get_by_role("link", name="Nguyễn Thị Lan", exact=True).first.click()
    expect(page.get_by_role("heading", name="Nguyễn Thị Lan")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Tìm người")).to_have_value("lan nguyen thi")

    page.goto("/classes/")
    fits(page)
    page.get_by_role("link", name="Lớp 8A2", exact=True).click()
    expect(page.get_by_role("heading", name="Lớp 8A2")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Gọi .*, số 0")).first).to_be_visible()
    fits(page)
    page.get_by_role("link", name="Nguyễn Khánh An", exact=True).click()
    expect(page.get_by_role("heading", name="Người giám hộ")).to_be_visible()
    fits(page)


def test_a_teacher_is_assigned_in_place_and_a_double_is_refused_there(visit: Open) -> None:
    page = visit()
    sign_in(page, "thu.nt")
    page.goto("/teaching/")
    fits(page)
    page.get_by_role("link", name="Lớp 8A2", exact=True).click()
    expect(page.get_by_role("heading", name="Phân công lớp 8A2")).to_be_visible()
    fits(page)
    maths = page.locator("section").filter(has=page.get_by_role("heading", name="Toán", exact=True))
    name = (maths.locator("b").first.text_content() or "").strip()
    maths.get_by_text("Thay đổi").click()
    maths.get_by_label("Người dạy").select_option(label=name)
    maths.get_by_role("button", name="Thay từ ngày này").click()
    expect(page.get_by_text("Người này đang dạy rồi.")).to_be_visible()
    fits(page)


def test_the_directory_works_without_script(visit: Open) -> None:
    page = visit(java_script_enabled=False)
    sign_in(page, "thu.nt")
    page.goto("/people/")
    page.get_by_label("Tìm người").fill("minh van tran")
    page.get_by_role("button", name="Tìm").click()
    expect(page.get_by_role("link", name="Trần Văn Minh", exact=True)).to_be_visible()
