"""A mother on a 360 px phone: the survey by taps, consent for a child, and taking it back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.people import serious, sign_in
from tests.process.instance import Instance

pytestmark = pytest.mark.browser
GUARDIAN, CHILD = "hai.lv", "Lê Gia Bảo"


def test_a_guardian_answers_survey_and_consent_and_withdraws(visit: Open, school: Instance) -> None:
    clerk = visit()
    sign_in(clerk, "thu.nt")
    clerk.goto("/survey/rounds/")
    if not clerk.get_by_text("đang mở").first.is_visible():
        clerk.goto("/survey/rounds/add/")
        clerk.get_by_role("button", name="Lưu").click()
        expect(clerk.get_by_text("Đã lưu đợt khảo sát.")).to_be_visible()
    page = visit()
    sign_in(page, GUARDIAN)
    page.goto("/survey/")
    expect(page.get_by_text(CHILD).first).to_be_visible()
    page.get_by_role("group", name="Em học trực tuyến").get_by_text("Máy tính xách tay").click()
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("group", name="dùng chung với mấy người").get_by_text("Với hai người").click()
    expect(page.get_by_text("Chưa gửi được")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    page.get_by_role("group", name="Ở nhà có mạng gì").get_by_text("Wifi ở nhà").click()
    page.get_by_role("group", name="chỗ yên tĩnh").get_by_text("Có", exact=True).click()
    page.get_by_role("group", name="Micro và camera").get_by_text("Có", exact=True).click()
    page.get_by_role("group", name="ai giúp em").get_by_text("Bố, mẹ").click()
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_text("Nhà trường cảm ơn")).to_be_visible()
    page.goto("/consent/")
    fits(page)
    page.goto("/consent/about/recording/")
    fits(page)
    page.get_by_text("Đồng ý", exact=True).click()
    page.get_by_role("button", name="Ghi câu trả lời").click()
    expect(page.get_by_text("Đã ghi nhận")).to_be_visible()
    page.goto("/consent/about/recording/")
    expect(page.get_by_role("radio", name="Đồng ý", exact=True)).to_be_checked()
    page.get_by_text("Không đồng ý", exact=True).click()
    page.get_by_role("button", name="Ghi câu trả lời").click()
    clerk.goto("/consent/requests/")
    expect(clerk.get_by_text("rút lại đồng ý: recording")).to_be_visible()
    fits(clerk)
    for address in ("/survey/rounds/", "/consent/classes/", "/rooms/", "/rooms/bookings/", "/consent/purposes/"):
        clerk.goto(address)
        fits(clerk)


def fits(page: Page) -> None:
    """Nothing serious by axe, nothing wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert serious(page) == []
