"""An empty school: its first administrator walks the wizard on a phone, and comes back to it another day."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.people import serious, sign_in, totp
from tests.process.instance import PASSWORD, Instance, reachable, run

pytestmark = pytest.mark.browser
SECRET = "JBSWY3DPEHPK3PXP"
READY = f"""
import json
from allauth.mfa.totp.internal.auth import TOTP
from truongso.people.models import Account
account = Account.objects.get()
account.set_password({PASSWORD!r})
account.must_change_password = False
account.save()
TOTP.activate(account, {SECRET!r})
print(json.dumps(account.login))
"""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    instance = Instance(reachable(tmp_path_factory.mktemp("empty")) / "data", demo=False).start()
    yield instance
    instance.stop()


@pytest.fixture
def admin(chromium: Browser, empty: Instance) -> Iterator[Page]:
    """The first administrator, signed in; the first password and second factor were set on the way (test_journeys)."""
    assert run("create-admin", "Hoàng Hải Nam", data=empty.data, port=empty.port).returncode == 0
    login = json.loads(run("manage", "shell", "-v0", "-c", READY, data=empty.data).stdout.strip().splitlines()[-1])
    context = chromium.new_context(base_url=empty.url, viewport=PHONE, locale="vi-VN")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(10_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" and "Content Security" in m.text else None)
    sign_in(page, login)
    page.get_by_label("Mã trên điện thoại").fill(totp(SECRET))
    page.get_by_role("button", name="Vào trường").click()
    yield page
    context.close()
    assert wrong == []


def onward(page: Page, do: str = "Xong, bước tiếp") -> None:
    page.get_by_role("button", name=do).click()


def step(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name


def test_an_empty_school_is_set_up_on_a_phone(admin: Page) -> None:
    page = admin
    expect(page.get_by_role("heading", name="Ta bắt đầu từ nhà trường")).to_be_visible()
    page.get_by_role("link", name="Bắt đầu thiết lập").click()
    step(page, "Thiết lập trường")
    page.get_by_role("link", name="Bắt đầu thiết lập").click()

    step(page, "Thông tin nhà trường")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_label("Tên trường").fill("Trường THCS Hoà Bình")
    page.get_by_label("Xã, phường").fill("Hoà Bình")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("link", name="Thêm cơ quan chủ quản").click()
    expect(page.get_by_role("textbox", name="Cơ quan chủ quản")).to_be_focused()
    page.get_by_role("textbox", name="Cơ quan chủ quản").fill("Ủy ban nhân dân xã Hoà Bình")
    page.get_by_label("Từ ngày").fill("31/02/2025")
    page.locator("main form[data-opened]").get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Tháng 2 không có ngày 31")).to_be_visible()
    expect(page.get_by_label("Từ ngày")).to_be_focused()
    page.get_by_label("Từ ngày").fill("1 7 2025")
    page.locator("main form[data-opened]").get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("link", name="Sửa Ủy ban nhân dân xã Hoà Bình")).to_be_visible()
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    onward(page)

    step(page, "Điểm trường")
    onward(page, "Bỏ qua")
    step(page, "Năm học và lịch")
    page.get_by_role("button", name="Tạo năm học").click()
    expect(page.get_by_text("Đủ 35 tuần thực học.")).to_be_visible()
    page.get_by_role("link", name="Sửa Nghỉ Tết Nguyên đán").click()
    page.get_by_role("button", name="Xoá").click()
    expect(page.get_by_text("Tuần học chưa theo lịch mới")).to_be_visible()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_role("link", name="Sửa Nghỉ Tết Nguyên đán")).to_be_visible()
    expect(page.get_by_text("Đủ 35 tuần thực học.")).to_be_visible()
    onward(page)

    # Away, and back another day: Hôm nay leads to where one was.
    page.goto("/")
    page.get_by_role("link", name="bước thiết lập trường").click()
    page.get_by_role("link", name="Tiếp tục thiết lập").click()
    step(page, "Giờ học")
    page.get_by_role("button", name="Lấy giờ thường dùng").click()
    expect(page.get_by_text("Tiết 1: 07:00 – 07:45")).to_be_visible()
    onward(page)
    step(page, "Môn học")
    page.get_by_role("button", name="Lấy môn của chương trình").click()
    expect(page.get_by_role("link", name="Sửa Khoa học tự nhiên")).to_be_visible()
    page.goto("/school/setup/periods/")
    step(page, "Số tiết")
    page.goto("/school/setup/groups/")
    page.get_by_role("button", name="Lấy các tổ thường có").click()
    onward(page)
    step(page, "Lớp của năm học")
    page.get_by_label("Các lớp").fill("6A1-6A5, 7A1..7A4")
    page.get_by_role("button", name="Tạo các lớp này").click()
    expect(page.get_by_text("9 lớp", exact=False).first).to_be_visible()
    page.get_by_role("link", name="Sửa 6A1").click()
    page.locator("main form[data-opened]").get_by_label("Buổi học").select_option("pm")
    page.locator("main form[data-opened]").get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("buổi chiều")).to_be_visible()
    onward(page)
    step(page, "Con người")
    onward(page, "Bỏ qua")
    step(page, "Phân công giảng dạy")
    onward(page, "Bỏ qua")
    step(page, "Nhà trường")
    expect(page.get_by_role("link", name="Tiếp tục thiết lập")).to_have_count(0)
