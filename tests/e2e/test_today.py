"""A pupil's day on a phone: with a line, without one, and without a script; and the week beside it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Open
from tests.e2e.people import serious, sign_in

pytestmark = pytest.mark.browser


def test_the_last_copy_of_the_day_opens_without_a_line(visit: Open) -> None:
    page = visit(service_workers="allow")
    sign_in(page, "an.nk.8a2")
    expect(page.get_by_role("heading", name="Hôm nay", exact=True)).to_be_visible()
    assert serious(page) == []
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    for address, shown in (("/week/", "Tuần"), ("/", "Hôm nay")):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_contain_text(shown)
        expect(page.locator("[data-kept]")).to_be_hidden()
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="Hôm nay", exact=True)).to_be_visible()
    expect(page.get_by_text("Đang xem bản lưu lúc")).to_be_visible()
    page.goto("/week/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tuần")
    page.goto("/notices/")
    expect(page.get_by_text("Đang mất mạng").first).to_be_visible()
    page.context.set_offline(False)
    page.goto("/")
    expect(page.get_by_text("Đang xem bản lưu lúc")).to_be_hidden()


def test_nothing_is_left_on_a_shared_phone(visit: Open) -> None:
    page = visit(service_workers="allow")
    sign_in(page, "an.nk.8a2")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.goto("/")
    behind = page.context.new_page()  # a page that the browser holds in memory, for the way back
    behind.goto(page.url)
    page.goto("/account/")
    page.get_by_role("button", name="Thoát ra", exact=True).click()
    page.wait_for_url("**/sign-in/**")
    behind.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    behind.wait_for_url("**/sign-in/**")
    behind.close()
    page.context.set_offline(True)
    page.goto("/")
    expect(page.get_by_role("heading", name="Hôm nay", exact=True)).to_be_hidden()
    expect(page.get_by_text("Đang mất mạng").first).to_be_visible()


def test_without_a_script_and_on_another_clock_the_day_is_the_schools(visit: Open) -> None:
    page = visit(java_script_enabled=False, timezone_id="America/New_York")
    sign_in(page, "an.nk.8a2")
    expect(page.get_by_role("heading", name="Hôm nay", exact=True)).to_be_visible()
    expect(page.locator(".board")).to_be_visible()
    page.get_by_role("link", name="Lịch học").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tuần")
    page.get_by_role("link", name="Tuần sau").click()
    expect(page.get_by_role("link", name="Tuần trước")).to_be_visible()


def test_a_week_reads_well_for_everybody(visit: Open) -> None:
    page = visit()
    sign_in(page, "huong.dt")
    page.goto("/week/")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    expect(page.locator(".nav")).to_be_hidden()
