"""One running school and one Chromium for all journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts.system import own_chromium
from tests.process.instance import Instance, reachable

PHONE = {"width": 360, "height": 740}
ARGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    folder = reachable(tmp_path_factory.mktemp("e2e"))
    instance = Instance(folder / "data").start()
    yield instance
    instance.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=own_chromium(), args=ARGS)
        yield browser
        browser.close()


Open = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, school: Instance) -> Iterator[Open]:
    """A fresh browser of a person: at phone width, in Vietnamese; any error on the page fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def make(**options: object) -> Page:
        context = chromium.new_context(base_url=school.url, viewport=PHONE, locale="vi-VN", **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console", lambda m: wrong.append(m.text) if m.type == "error" and "Content Security" in m.text else None
        )
        page.on("request", lambda r: wrong.append(f"another host: {r.url}") if not _ours(r.url, school) else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == []


def _ours(url: str, school: Instance) -> bool:
    return url.startswith(
        (school.url, school.url.replace("http", "ws"), "data:", "blob:", "about:", "chrome-extension:", "chrome:")
    )
