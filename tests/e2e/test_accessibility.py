"""axe finds nothing serious, and nothing scrolls sideways, on any page, for any role, by day and by night."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Open
from tests.e2e.people import serious, sign_in, sign_in_twice

pytestmark = pytest.mark.browser
EVERYBODY = [
    "/",
    "/notices/",
    "/account/",
    "/account/password/",
    "/account/second-factor/",
    "/settings/",
    "/more/",
    "/help/",
    "/files/",
    "/khong-co/",
]
PAGES = {
    "an.nk.8a2": [*EVERYBODY, "/account/passkeys/", "/account/passkeys/add/", "/account/second-factor/app/", "/account/links/"],
    "lan.nt": ["/", "/notices/"],
    "huong.dt": ["/", "/classes/", "/notices/new/", "/notices/sent/", "/account/roles/8/delegate/"],
    "minh.tv": ["/", "/people/", "/people/3/", "/people/add/", "/people/3/edit/", "/people/3/roles/add/", "/system/audit/", "/notices/sent/1/", "/school/"],
    "nam.hh": ["/", "/system/", "/system/jobs/", "/system/outbox/", "/people/20/", "/people/20/codes/", "/people/20/support/", "/classes/"],
}  # fmt: skip
OPEN = ["/sign-in/", "/ui/", "/offline/", "/s/khong-co"]


def look(page: Page, addresses: list[str]) -> list[str]:
    wrong = []
    for address in addresses:
        page.goto(address)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
                if (width, scheme) in {(360, "light"), (1280, "dark")}:
                    wrong += [f"{width} {scheme} {text}" for text in serious(page)]
        page.set_viewport_size({"width": 320, "height": 700})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > 320:
            wrong.append(f"{address} scrolls sideways at 320: {wide}")
    return wrong


def test_pages_before_the_door(visit: Open) -> None:
    wrong = look(visit(), OPEN)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("login", PAGES)
def test_pages_of_a_role(visit: Open, login: str) -> None:
    page = visit()
    if login in {"minh.tv", "nam.hh"}:
        sign_in_twice(page, login)
    else:
        sign_in(page, login)
    wrong = look(page, PAGES[login])
    assert not wrong, "\n".join(wrong)
