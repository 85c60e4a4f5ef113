"""What everybody does in a browser: sign in, read a code, run axe."""

from __future__ import annotations

import base64
import hmac
import json
import struct
import time
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.process.instance import PASSWORD, ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def totp(secret: str, step: int = 0) -> str:
    """RFC 6238, six digits."""
    key = base64.b32decode(secret)
    mac = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + step), "sha1").digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def demo_secret(login: str) -> str:
    return base64.b32encode(sha256(b"demo" + login.encode()).digest()[:20]).decode()


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Vào trường").click()


def enter_code(page: Page, login: str) -> None:
    """The code on the phone. Each works once, and another test may just have used it: then a neighbouring one."""
    today = page.get_by_role("heading", name="Hôm nay", exact=True)
    for step in (0, 1, -1):
        page.get_by_label("Mã trên điện thoại").fill(totp(demo_secret(login), step))
        page.get_by_role("button", name="Vào trường").click()
        page.wait_for_load_state()
        expect(today.or_(page.get_by_text("Mã chưa đúng"))).to_be_visible()
        if today.is_visible():
            return
    raise AssertionError("no code is taken")


def sign_in_twice(page: Page, login: str) -> None:
    """Head and IT admin: password, then the code."""
    sign_in(page, login)
    enter_code(page, login)


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on the page (WCAG 2.2 AA); evaluated by the debugger, which our policy allows."""
    page.evaluate("for (const bar of document.querySelectorAll('.nav, .dock, .strips')) bar.style.position = 'static'")
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate(
        "() => axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
    )
    return [
        f"{page.url} {v['id']}: {json.dumps([n['target'] for n in v['nodes']][:3])} {v['nodes'][0]['failureSummary'][:300]}"
        for v in found["violations"]
        if v["impact"] in {"serious", "critical"}
    ]
