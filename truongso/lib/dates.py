"""Dates as people here write and read them: dd/mm/yyyy, and shorter where the year is plain."""

from __future__ import annotations

import re
from datetime import date, datetime

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_SHORT_YEAR = 100


class NotADate(ValueError):
    """`why` is "shape" (not a date at all) or "calendar" (no such day in that month); day and month as read."""

    def __init__(self, why: str, day: int = 0, month: int = 0) -> None:
        super().__init__(why)
        self.why, self.day, self.month = why, day, month


def parse(text: str, *, today: date) -> date:
    """Read "24/11/2026", "24-11-26", "24.11", "24 11" or ISO "2026-11-24"; without a year, this calendar year's."""
    clean = text.strip()
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", clean):
        year, month, day = (int(part) for part in iso.groups())
    else:
        parts = re.fullmatch(r"(\d{1,2})[\s./-]+(\d{1,2})(?:[\s./-]+(\d{4}|\d{2}))?", clean)
        if not parts:
            raise NotADate("shape")
        day, month = int(parts[1]), int(parts[2])
        year = int(parts[3]) if parts[3] else today.year
        if year < _SHORT_YEAR:
            year += 2000
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADate("calendar", day, month) from None


def show(day: date) -> str:
    """dd/mm/yyyy"""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def show_time(moment: datetime) -> str:
    """14:05"""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def school_year(day: date) -> str:
    """The school year that a day belongs to: from August to July ("2026-2027")."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}-{first + 1}"
