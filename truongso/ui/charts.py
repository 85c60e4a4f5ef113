"""Charts as SVG made by the server: zero-based, labelled directly, with a title and one sentence of the finding.

Widths are drawn, not styled: our pages allow no inline style. Colours come from styles/charts.css by class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 640
ROW = 34
LABEL = 168
VALUE = 84


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: float  # in the chart's unit
    shown: str  # as printed beside the bar: "8,0 %"


def bars(title: str, finding: str, rows: Sequence[Bar], *, threshold: float | None = None, full: float) -> SafeString:
    """Horizontal bars from zero to `full`; those under `threshold` are hatched, and the threshold is a line."""
    space = WIDTH - LABEL - VALUE
    height = ROW * len(rows) + 8
    drawn = []
    for index, row in enumerate(rows):
        y = index * ROW + 8
        width = round(space * min(max(row.value, 0), full) / full, 1)
        low = threshold is not None and row.value < threshold
        drawn.append(
            (y + 15, row.label, LABEL, y, space, LABEL, y, width, "low" if low else "bar", WIDTH, y + 15, row.shown)
        )
    body = format_html_join(
        "\n",
        '<text x="0" y="{}">{}</text><rect class="track" x="{}" y="{}" width="{}" height="18" rx="2"/>'
        '<rect x="{}" y="{}" width="{}" height="18" rx="2" class="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        drawn,
    )
    line = SafeString("")
    if threshold is not None:
        x = round(LABEL + space * threshold / full, 1)
        line = format_html('<path class="mark" d="M{} 2V{}"/>', x, height - 4)
    return _svg(title, finding, height, format_html("{}{}", body, line))


@dataclass(frozen=True, slots=True)
class Stack:
    """A whole made of parts, in the order of the chart's keys."""

    label: str
    parts: Sequence[float]
    shown: str  # as printed beside the bar: "38/40"


def stacked(title: str, finding: str, rows: Sequence[Stack], *, keys: Sequence[str]) -> SafeString:
    """Horizontal bars of equal length, each divided by its parts; the keys stand above as text, so that they wrap on a phone."""
    space, top, body = WIDTH - LABEL - VALUE, 4, SafeString("")
    legend = format_html_join(
        "",
        '<span><svg class="chart" width="14" height="14" aria-hidden="true">'
        '<rect x="1" y="1" width="12" height="12" rx="2" class="part-{}"/></svg> {}</span>',
        list(enumerate(keys, 1)),
    )
    for index, row in enumerate(rows):
        y, x, whole = top + index * ROW, float(LABEL), sum(row.parts) or 1
        drawn = []
        for place, part in enumerate(row.parts, 1):
            width = space * part / whole
            drawn.append((round(x, 1), y, round(width, 1), place))
            x += width
        body += format_html(
            '<text x="0" y="{}">{}</text>{}<text x="{}" y="{}" text-anchor="end">{}</text>',
            y + 14, row.label,
            format_html_join("", '<rect x="{}" y="{}" width="{}" height="18" class="part-{}"/>', drawn),
            WIDTH, y + 14, row.shown,
        )  # fmt: skip
    return _svg(title, finding, top + ROW * len(rows), body, format_html('<p class="keys">{}</p>', legend))


def line(title: str, finding: str, points: Sequence[tuple[str, float]], *, full: float) -> SafeString:
    """One curve over named steps (weeks, terms), from zero to `full`; first and last are labelled."""
    if len(points) < 2:
        raise ValueError("a curve needs two points")
    height, top, left = 160, 24, 16
    step = (WIDTH - 2 * left) / (len(points) - 1)
    places = [
        (round(left + i * step, 1), round(top + (height - top - 32) * (1 - min(max(v, 0), full) / full), 1))
        for i, (_, v) in enumerate(points)
    ]
    path = "M" + "L".join(f"{x} {y}" for x, y in places)
    dots = format_html_join("", '<circle class="dot" cx="{}" cy="{}" r="4"/>', places)
    names = format_html_join(
        "",
        '<text class="dim" x="{}" y="{}" text-anchor="{}">{}</text>',
        [
            (places[0][0], height - 4, "start", points[0][0]),
            (places[-1][0], height - 4, "end", points[-1][0]),
        ],
    )
    base = height - 32
    body = format_html(
        '<path class="axis" d="M{} {}H{}"/><path class="curve" d="{}"/>{}{}',
        left,
        base,
        WIDTH - left,
        path,
        dots,
        names,
    )
    return _svg(title, finding, height, body)


def _svg(title: str, finding: str, height: int, body: SafeString, keys: str = "") -> SafeString:
    return format_html(
        '<figure class="chart-box"><figcaption>{}</figcaption>{}'
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title>{}</svg>'
        '<p class="soft">{}</p></figure>',
        title, keys, WIDTH, height, finding, title, body, finding,
    )  # fmt: skip
