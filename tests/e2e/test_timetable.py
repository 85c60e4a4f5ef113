"""A deputy lays a small draft by keys, by mouse and by thumb, is refused a clash, takes a change back and applies it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.people import serious, sign_in

pytestmark = pytest.mark.browser
MONDAY = date.today() + timedelta(days=7 - date.today().weekday())  # the next one
DAYS = ("", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy")


def sound(page: Page) -> None:
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    page.reload()


def slot(page: Page, code: str):  # type: ignore[no-untyped-def]
    return page.locator(f'td[data-slot="{code}"]')


def new_draft(page: Page) -> None:
    page.goto("/timetables/new/")
    page.get_by_label("Tên", exact=True).fill("Bản nháp thử")
    page.get_by_label("Áp dụng từ ngày").fill(f"{MONDAY:%d/%m/%Y}")
    page.get_by_label("Bắt đầu từ").select_option(label="Học kì I")
    assert serious(page) == []
    page.get_by_role("button", name="Lập").click()
    expect(page.get_by_text("Đã lập Bản nháp thử.")).to_be_visible()


def test_a_draft_is_laid_by_keys_mouse_and_thumb_then_applied(visit: Open) -> None:
    page = visit()
    sign_in(page, "hoa.pt")
    expect(page.get_by_role("heading", name="Hôm nay", exact=True)).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    new_draft(page)
    page.get_by_label("Xem của").select_option(label="8A2")
    expect(page.get_by_role("grid", name="8A2")).to_be_visible()
    sound(page)
    taught = page.locator("td[data-slot]", has_text=re.compile("Toán.*Hương", re.S))
    here = str(taught.first.get_attribute("data-slot"))
    by_keys(page, here)
    by_mouse(page, here)
    draft = page.url
    page.set_viewport_size({"width": 360, "height": 740})
    by_thumb(page, here)
    sound(page)
    applied(page, draft)

    teacher = visit()
    sign_in(teacher, "huong.dt")
    teacher.goto("/notices/")
    expect(teacher.get_by_text("Lịch dạy của thầy cô thay đổi").first).to_be_visible()


def by_keys(page: Page, here: str) -> None:
    """Out of the grid with Delete and back by the toast; up with Enter, along with the arrows, down with Enter."""
    day, _shift, number = here.split("-")
    lesson = slot(page, here).locator("[data-entry]")
    lesson.focus()
    page.keyboard.press("Delete")
    expect(page.get_by_text(f"Đã bỏ Toán khỏi {DAYS[int(day)]}, tiết {number} sáng.")).to_be_visible()
    expect(lesson).to_have_count(0)
    page.get_by_role("button", name="Hoàn tác").click()
    expect(lesson.locator("b")).to_have_text("Toán")

    lesson.focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-mark="here"]')).to_have_count(1)
    expect(page.locator("#grid-said")).to_contain_text("Đang cầm Toán")
    page.keyboard.press("Escape")
    expect(page.locator("[data-mark]")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(slot(page, f"{day}-pm-1")).to_have_attribute("data-mark", "free")
    for _ in range(6 - int(number)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Đã chuyển Toán sang {DAYS[int(day)]}, tiết 1 chiều.")).to_be_visible()
    expect(slot(page, f"{day}-pm-1").locator(".lesson")).to_be_focused()
    expect(lesson).to_have_count(0)


def by_mouse(page: Page, here: str) -> None:
    """Dragged back; then a slot where a teacher is elsewhere refuses, with who and where."""
    slot(page, f"{here[0]}-pm-1").locator(".lesson").drag_to(slot(page, here))
    expect(slot(page, here).locator("[data-entry] b")).to_have_text("Toán")
    taken = page.locator('[data-mark="busy"]')
    for lesson in page.locator("td [data-entry]").all()[:8]:
        lesson.click()
        expect(page.locator('[data-mark="here"]')).to_have_count(1)
        if taken.count():
            break
        page.keyboard.press("Escape")
    where = str(taken.first.get_attribute("data-slot"))
    before = slot(page, where).locator(".lesson").get_attribute("data-entry")
    slot(page, where).locator(".lesson").click()
    expect(page.locator("#grid-said")).to_contain_text(re.compile(r"Chưa đặt được vào ô này: .+ dạy \dA\d"))
    assert slot(page, where).locator(".lesson").get_attribute("data-entry") == before
    page.keyboard.press("Escape")


def by_thumb(page: Page, here: str) -> None:
    """A tap takes, a tap puts."""
    slot(page, here).locator(".lesson").click()
    expect(page.locator('[data-mark="here"]')).to_have_count(1)
    where = str(page.locator('[data-mark="free"]').first.get_attribute("data-slot"))
    slot(page, where).locator(".lesson").click()
    expect(slot(page, where).locator("[data-entry] b")).to_have_text("Toán")


def applied(page: Page, draft: str) -> None:
    page.goto(draft)
    page.get_by_role("link", name="So sánh").click()
    expect(page.get_by_text("chuyển", exact=True).first).to_be_visible()
    sound(page)
    page.go_back()
    page.goto(draft)
    page.get_by_role("link", name="Áp dụng").click()
    sound(page)
    anyway = page.get_by_label("Vẫn áp dụng dù còn tiết chưa xếp")
    if anyway.count():
        anyway.check()
    page.get_by_role("button", name="Áp dụng và báo cho mọi người").click()
    expect(page.get_by_text(f"Đang áp dụng từ {MONDAY:%d/%m/%Y}.")).to_be_visible(timeout=60_000)
    sound(page)
