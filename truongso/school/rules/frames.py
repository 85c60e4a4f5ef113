"""A school year proposed from the national frames: terms and days off, before anybody edits them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from truongso.school.rules.calendar import DAY, Span, TermSpan, last_day_for, monday


@dataclass(frozen=True, slots=True)
class DayOff:
    name: str
    kind: str  # of HolidayKind
    span: Span


@dataclass(frozen=True, slots=True)
class Frame:
    """`during` is August to July, so that every day of a summer belongs to a year too."""

    name: str
    basis: str
    during: Span
    terms: tuple[TermSpan, TermSpan]
    off: tuple[DayOff, ...]
    weeks: tuple[int, int]
    known: bool  # the dates come from data of this very year; else they are reckoned


def years_of(name: str) -> tuple[int, int] | None:
    """ "2026-2027" → (2026, 2027); None when it is no school year's name."""
    parts = re.fullmatch(r"(\d{4})\s*[-–]\s*(\d{4})", name.strip())
    first, last = (int(parts[1]), int(parts[2])) if parts else (0, 0)
    return (first, last) if last == first + 1 and 2000 <= first < 2100 else None


def year_name(first: int) -> str:
    return f"{first}-{first + 1}"


def frame(first_year: int, years: Mapping[str, Any], holidays: Mapping[str, Any]) -> Frame:
    """Of the data files years and holidays: the frame of the year that begins in `first_year`."""
    during = Span(date(first_year, 8, 1), date(first_year + 1, 7, 31))
    off = days_off(during, holidays)
    wanted = (int(years["weeks"]["term_1"]), int(years["weeks"]["term_2"]))
    name = year_name(first_year)
    told = next((f for f in years["frames"] if f["name"] == name), None)
    if told:
        one, two = (Span(*(date.fromisoformat(d) for d in told[key])) for key in ("term_1", "term_2"))
        return Frame(name, told["basis"], during, (TermSpan(1, one), TermSpan(2, two)), off, wanted, known=True)
    spans = [d.span for d in off]
    opening = date(first_year, *years["standing"]["opening"])
    begin = monday(opening + 6 * DAY)  # the first Monday on or after the opening day
    one = Span(begin, last_day_for(begin, wanted[0], spans))
    second = monday(one.last) + 7 * DAY
    two = Span(second, last_day_for(second, wanted[1], spans))
    basis = years["standing"]["basis"]
    return Frame(name, basis, during, (TermSpan(1, one), TermSpan(2, two)), off, wanted, known=False)


def days_off(during: Span, holidays: Mapping[str, Any]) -> tuple[DayOff, ...]:
    """The days off within a span, in order; a dated line stands for the yearly one of its name and calendar year."""
    found: list[DayOff] = []
    told: set[tuple[str, int]] = set()
    for line in holidays["dated"]:
        span = Span(date.fromisoformat(line["first"]), date.fromisoformat(line["last"]))
        told.add((line["name"], span.first.year))
        if span.first in during:
            found.append(DayOff(line["name"], line["kind"], span))
    for line in holidays["yearly"]:
        since, until = date.fromisoformat(line["valid_from"]), line["valid_to"]
        for year in range(during.first.year, during.last.year + 1):
            span = Span(date(year, *line["first"]), date(year, *line["last"]))
            holds = since <= span.first and (until is None or span.first <= date.fromisoformat(until))
            if span.first in during and holds and (line["name"], year) not in told:
                found.append(DayOff(line["name"], line["kind"], span))
    return tuple(sorted(found, key=lambda d: d.span.first))
