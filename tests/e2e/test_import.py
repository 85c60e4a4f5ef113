"""The clerk brings a list in: sees a wrong cell, mends it in place, writes, and takes it back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Open
from tests.e2e.people import serious, sign_in
from truongso.intake.tests.files import class_of, sector, sector_row


def test_the_clerk_brings_a_list_in(visit: Open) -> None:
    page = visit()
    sign_in(page, "thu.nt")
    expect(page.get_by_role("heading", name="Hôm nay", exact=True)).to_be_visible()
    page.goto("/import/")
    assert serious(page) == []
    rows = [sector_row(1, "Nguyễn Thử Nghiệm", "12/05/1936", klass="6Z9"), *class_of(2, klass="6Z9", start=900)]
    page.get_by_label("Tệp danh sách").set_input_files(
        {"name": "lop 6Z9.xlsx", "mimeType": "application/octet-stream", "buffer": sector(rows)}
    )
    page.get_by_role("button", name="Gửi và xem thử").click()
    wrong = page.get_by_label(re.compile("Ngày sinh"))
    expect(wrong).to_be_visible(timeout=30_000)
    expect(page.get_by_text("90 tuổi")).to_be_visible()
    assert serious(page) == []
    wrong.fill("12/05/2015")
    page.get_by_role("button", name="Sửa dòng này").click()
    expect(page.get_by_text("90 tuổi")).not_to_be_visible()
    page.get_by_role("button", name=re.compile("^Ghi ")).click()
    undo = page.get_by_role("button", name="Hoàn tác lần nhập này")
    expect(undo).to_be_visible(timeout=60_000)
    assert serious(page) == []
    undo.click()
    expect(page.get_by_text("trở lại như trước lần nhập này")).to_be_visible()
