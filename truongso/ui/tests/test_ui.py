"""The design system: contrast, components, built files."""

from __future__ import annotations

import math
import re

import pytest
from django.conf import settings
from django.test import Client

from tests.conventions.sources import PACKAGE, ROOT
from truongso.ui import charts

TOKENS = (ROOT / "frontend" / "styles" / "tokens.css").read_text(encoding="utf-8")


def oklch(text: str) -> tuple[float, float, float]:
    """Linear sRGB of an oklch() colour (Björn Ottosson's matrices)."""
    light, chroma, hue = (float(n) for n in re.findall(r"[\d.]+", text)[:3])
    light /= 100
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    cubes = [
        (light + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (light - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (light - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    ]
    rows = (
        (4.0767416621, -3.3077115913, 0.2309699292), (-1.2684380046, 2.6097574011, -0.3413193965), (-0.0041960863, -0.7034186147, 1.7076147010),
    )  # fmt: skip
    return tuple(min(1.0, max(0.0, sum(k * c for k, c in zip(row, cubes, strict=True)))) for row in rows)  # type: ignore[return-value]


def luminance(colour: str) -> float:
    red, green, blue = oklch(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def token(name: str, theme: int) -> str:
    value = re.search(rf"--{name}: ([^;]+);", TOKENS)
    assert value, name
    if inner := re.match(r"var\(--([\w-]+)\)", value[1]):
        return token(inner[1], theme)
    pair = re.findall(r"oklch\([^)]*\)", value[1])
    return pair[theme] if len(pair) > 1 else pair[0]


TEXT_PAIRS = [
    (text, ground) for text in ("ink", "ink-2", "accent", "accent-2", "danger", "warn", "ok") for ground in ("paper", "sheet")
] + [
    ("on-accent", "accent"), ("on-accent", "accent-2"), ("chalk", "board"), ("chalk-2", "board"), ("chalk-sun", "board"), ("chalk", "board-2"),
    ("ok", "ok-bg"), ("warn", "warn-bg"), ("danger", "danger-bg"), ("info", "info-bg"), ("accent-2", "accent-bg"), ("ink", "now-bg"),
    ("ink-2", "sunk"), ("m-inperson", "m-inperson-bg"), ("m-replace", "m-replace-bg"), ("m-self", "m-self-bg"), ("paper", "ink"),
]  # fmt: skip


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_is_readable_by_day_and_by_night(text: str, ground: str, theme: int) -> None:
    one, two = sorted((luminance(token(text, theme)), luminance(token(ground, theme))), reverse=True)
    assert (one + 0.05) / (two + 0.05) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("edge", ["line-strong", "focus"])
def test_edges_of_controls_are_seen(edge: str, theme: int) -> None:
    for ground in ("paper", "sheet"):
        one, two = sorted((luminance(token(edge, theme)), luminance(token(ground, theme))), reverse=True)
        assert (one + 0.05) / (two + 0.05) >= 3


def test_the_guide_shows_every_component(db: None) -> None:
    macros = set(
        re.findall(r"\{% macro (\w+)\(", (PACKAGE / "ui/templates/ui/components.html").read_text(encoding="utf-8"))
    )
    guide = (PACKAGE / "shell/templates/shell/guide.html").read_text(encoding="utf-8")
    inside = {"logo", "errors", "fields", "icon"}  # parts of other components, shown with them
    assert {name for name in macros - inside if f"ui.{name}(" not in guide} == set()
    page = Client().get("/ui/")
    assert page.status_code == 200
    assert "Tháng 2 không có ngày 31" in page.content.decode()


def test_no_built_file_names_another_host() -> None:
    wrong = []
    for path in settings.FRONTEND_DIST.rglob("*"):
        if path.suffix in {".css", ".js", ".svg", ".json"}:
            text = path.read_text(encoding="utf-8")
            wrong += [
                f"{path.name}: {host}"
                for host in re.findall(r"https?://[\w.-]+", text)
                if host
                not in {
                    "http://www.w3.org",
                    "https://tus.io",
                    "https://github.com",
                    "https://four.htmx.org",
                    "https://htmx.org",
                }
            ]
    assert wrong == []


def test_no_page_carries_inline_style_or_script() -> None:
    for path in PACKAGE.rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son\w+=\"|<style|<script(?![^>]*\ssrc=)", text), path


def test_bars_start_at_zero_and_say_what_they_find() -> None:
    svg = charts.bars(
        "Tỉ lệ",
        "Một môn thiếu.",
        [charts.Bar("Toán <b>", 12, "12 %"), charts.Bar("Sử", 5, "5 %")],
        threshold=10,
        full=25,
    )
    assert 'aria-label="Một môn thiếu."' in svg and "Toán &lt;b&gt;" in svg
    assert svg.count('class="low"') == 1 and 'class="mark"' in svg
    parts = charts.stacked("Máy", "Một em thiếu.", [charts.Stack("6A", (1, 3), "4/4")], keys=("có", "<thiếu>"))
    before, drawn = parts.split('<svg class="chart" viewBox')
    assert "&lt;thiếu&gt;" in before and "thiếu&gt;" not in drawn, "keys are text of the page: they wrap on a phone"
    curve = charts.line("Qua các tuần", "Tăng.", [("tuần 1", 1), ("tuần 2", 2)], full=4)
    assert curve.count("<circle") == 2
    with pytest.raises(ValueError, match="two points"):
        charts.line("x", "y", [("một", 1)], full=1)
