"""Journeys in a real Chromium, at phone width, by role and accessible name."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Open
from tests.e2e.people import enter_code, sign_in, sign_in_twice
from tests.process.instance import PASSWORD, Instance, run

pytestmark = pytest.mark.browser


def today(page) -> None:
    expect(page.get_by_role("heading", name="Hôm nay", exact=True)).to_be_visible()


def test_first_sign_in_from_a_slip(visit: Open, school: Instance, tmp_path: Path) -> None:
    teacher = visit()
    sign_in(teacher, "huong.dt")
    teacher.get_by_role("link", name="Thêm").click()
    teacher.get_by_role("main").get_by_role("link", name="Lớp học").click()
    teacher.get_by_role("link", name="Lớp 8A2", exact=True).click()
    teacher.get_by_role("link", name="Vũ Hải Đông").click()
    with teacher.expect_response(re.compile("/slip/")) as answer:
        teacher.get_by_role("button", name="Cấp lại và in phiếu").click()
    assert answer.value.headers["content-type"] == "application/pdf"
    # The paper: printed again through the request that the page makes, so that its text can be read.
    form = teacher.request.post(
        answer.value.url,
        form={
            "csrfmiddlewaretoken": teacher.context.request.get(school.url + "/settings/")
            .text()
            .split('csrfmiddlewaretoken" value="')[1]
            .split('"')[0]
        },
        headers={"Referer": school.url},
    )
    text = pypdfium2.PdfDocument(form.body())[0].get_textpage().get_text_range()
    password = next(line.strip() for line in text.splitlines() if line.count("-") == 4)

    pupil = visit()
    sign_in(pupil, "dong.vh.8a2", password)
    expect(pupil.get_by_role("heading", name="Chào Vũ Hải Đông")).to_be_visible()
    pupil.get_by_label("Mật khẩu mới").fill("ngan")
    pupil.get_by_role("button", name="Đặt mật khẩu và vào trường").click()
    expect(pupil.get_by_text("Mật khẩu cần ít nhất 8 kí tự.")).to_be_visible()
    pupil.get_by_role("button", name="Hiện").click()
    pupil.get_by_label("Mật khẩu mới").fill("cau-vong-sau-mua")
    pupil.get_by_role("button", name="Đặt mật khẩu và vào trường").click()
    today(pupil)


def test_the_link_of_a_slip_works_once(visit: Open, school: Instance) -> None:
    code = (
        "from truongso.people.models import Account; from truongso.people.actions.accounts import issue_slip; "
        "print(issue_slip(by=None, account=Account.objects.get(login='linh.nk.8a2'), class_name='8A2').path)"
    )
    done = run("manage", "shell", "-v0", "-c", code, data=school.data)
    assert done.returncode == 0, done.stderr
    path = done.stdout.strip().splitlines()[-1]
    pupil = visit()
    pupil.goto(path)
    expect(pupil.get_by_text("linh.nk.8a2")).to_be_visible()
    pupil.get_by_label("Mật khẩu mới").fill("cau-vong-sau-mua")
    pupil.get_by_role("button", name="Đặt mật khẩu và vào trường").click()
    today(pupil)
    other = visit()
    other.goto(path)
    expect(other.get_by_text("Phiếu này đã dùng rồi")).to_be_visible()


def test_wrong_password_keeps_the_login_and_says_what_to_do(visit: Open) -> None:
    page = visit()
    sign_in(page, "chau.tb.8a2", "sai-mat-khau")
    expect(page.get_by_role("alert").first).to_contain_text("Tên đăng nhập hoặc mật khẩu chưa đúng")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("chau.tb.8a2")
    page.get_by_text("Quên mật khẩu hoặc mất phiếu?").click()
    expect(page.get_by_text("gặp giáo viên chủ nhiệm")).to_be_visible()
    for _ in range(4):
        page.get_by_label("Mật khẩu").fill("sai-mat-khau")
        page.get_by_role("button", name="Vào trường").click()
    expect(page.get_by_role("alert").first).to_contain_text("tạm nghỉ")


def test_signing_in_with_the_keyboard_alone(visit: Open) -> None:
    page = visit()
    page.goto("/sign-in/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Tới nội dung chính")).to_be_focused()
    page.get_by_label("Tên đăng nhập").focus()
    page.keyboard.type("thu.nt")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    today(page)


def test_the_head_signs_in_with_a_second_factor(visit: Open) -> None:
    page = visit()
    sign_in(page, "minh.tv")
    expect(page.get_by_role("heading", name="Lớp thứ hai")).to_be_visible()
    page.get_by_label("Mã trên điện thoại").fill("000000")
    page.get_by_role("button", name="Vào trường").click()
    expect(page.get_by_text("Mã chưa đúng")).to_be_visible()
    enter_code(page, "minh.tv")


def test_a_teacher_sets_up_a_passkey_and_comes_in_with_it(visit: Open) -> None:
    page = visit()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
               "automaticPresenceSimulation": True}  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, "tuan.lm")
    page.goto("/account/passkeys/add/")
    page.get_by_label("Tên khoá").fill("Máy của tôi")
    page.get_by_role("button", name="Thêm khoá").click()
    expect(page.get_by_role("heading", name=re.compile("Mã dự phòng|Đăng nhập hai lớp"))).to_be_visible()
    page.goto("/account/")
    page.get_by_role("button", name="Thoát ra").click()
    page.get_by_role("button", name="Dùng khoá đăng nhập của máy này").click()
    today(page)


def test_language_and_theme_stay(visit: Open) -> None:
    page = visit()
    sign_in(page, "chi.tm.7a1")
    page.goto("/settings/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    page.get_by_role("button", name="Dark", exact=True).click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.goto("/")
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    page.goto("/settings/")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_role("heading", name="Cài đặt")).to_be_visible()


def test_a_notice_appears_by_itself_and_is_confirmed(visit: Open) -> None:
    guardian = visit()
    sign_in(guardian, "hai.lv")
    today(guardian)
    deputy = visit()
    sign_in(deputy, "hoa.pt")
    deputy.goto("/notices/new/")
    deputy.get_by_label("Tên thông báo").fill("Họp phụ huynh lớp 8A2")
    deputy.get_by_label("Gia đình lớp 8A2").check()
    deputy.get_by_label("Cần đọc và xác nhận").check()
    deputy.get_by_role("button", name="Gửi thông báo").click()
    expect(deputy.get_by_role("heading", name="Họp phụ huynh lớp 8A2")).to_be_visible()
    notice = guardian.get_by_role("heading", name="Họp phụ huynh lớp 8A2")
    expect(notice).to_be_visible()  # without reloading
    guardian.locator("section", has=notice).get_by_role("button", name="Tôi đã đọc").click()
    expect(notice).to_have_count(0)
    deputy.reload()
    expect(deputy.get_by_text("1 người đã xác nhận")).to_be_visible()


def test_a_session_is_ended_from_another_device(visit: Open) -> None:
    phone, laptop = visit(), visit()
    sign_in(phone, "ngoc.ht")
    today(phone)
    sign_in(laptop, "ngoc.ht")
    laptop.goto("/account/")
    laptop.get_by_role("button", name="Cho mọi máy khác thoát ra").click()
    expect(laptop.get_by_text("Mọi máy khác đã thoát ra.")).to_be_visible()
    phone.goto("/notices/")
    expect(phone.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    laptop.goto("/notices/")
    expect(laptop.get_by_role("heading", name="Thông báo")).to_be_visible()


def test_an_upload_survives_a_lost_line(visit: Open, tmp_path: Path) -> None:
    big = tmp_path / "bai.pdf"
    big.write_bytes(b"%PDF-1.7\n" + os.urandom(9 * 2**20))
    page = visit()
    sign_in(page, "thinh.cd")
    page.goto("/files/")
    cut = {"left": 1}

    def sometimes(route) -> None:
        if route.request.method == "PATCH" and cut["left"]:
            cut["left"] -= 1
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/uploads/**", sometimes)
    page.get_by_label("Thêm tệp").set_input_files(big)
    expect(page.get_by_text("Đã gửi xong tệp.")).to_be_visible(timeout=20_000)
    assert cut["left"] == 0
    page.get_by_role("button", name="Cất tệp").click()
    expect(page.get_by_role("link", name="bai.pdf")).to_be_visible()


def test_the_last_today_opens_without_a_line(visit: Open) -> None:
    page = visit()
    sign_in(page, "hieu.cd.7a1")
    today(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    today(page)
    page.context.set_offline(True)
    page.goto("/")
    today(page)
    page.goto("/notices/", wait_until="commit")
    expect(page.get_by_role("heading", name="Đang mất mạng")).to_be_visible()
    page.context.set_offline(False)


def test_support_is_seen_by_both(visit: Open) -> None:
    admin, pupil = visit(), visit()
    sign_in_twice(admin, "nam.hh")
    admin.goto("/people/?q=bao gia")
    admin.get_by_role("link", name="Lê Gia Bảo").click()
    admin.get_by_role("link", name="Xem thay để hỗ trợ").click()
    admin.get_by_label("Lí do xem thay").fill("em báo không thấy tin")
    admin.get_by_role("button", name="Báo và xem thay").click()
    expect(admin.get_by_text("Đang xem thay")).to_be_visible()
    sign_in(pupil, "bao.lg.8a2")
    pupil.goto("/notices/")
    expect(pupil.get_by_text("Hoàng Hải Nam đang xem thay để hỗ trợ")).to_be_visible()
    admin.get_by_role("button", name="Thôi xem thay").click()
    expect(admin.get_by_role("heading", name="Mọi người")).to_be_visible()


def test_without_javascript_everything_needed_works(visit: Open) -> None:
    page = visit(java_script_enabled=False)
    sign_in(page, "quan.bm.7a1")
    today(page)
    page.get_by_role("link", name="Thông báo").first.click()
    expect(page.get_by_role("heading", name="Thông báo")).to_be_visible()
    page.goto("/settings/")
    page.get_by_role("button", name="Tối", exact=True).click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
