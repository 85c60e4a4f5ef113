"""How a period is called in a sentence: its name, its day, its place in the day."""

from __future__ import annotations

import re
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from truongso.lib import dates
from truongso.timetable.models import Period
from truongso.ui.jinja import weekday


def title(period: Period) -> str:
    """ "Toán 8A2", "Khoa học tự nhiên (Vật lí) 8A2", "Chào cờ 8A2"; wants subject, part and unit at hand."""
    return f"{lesson(period)} {period.unit.name}"


def lesson(period: Period) -> str:
    if period.label:
        return period.label
    return f"{period.subject.name} ({period.part.name})" if period.part else period.subject.name


def weekday_inside(when: date) -> str:
    """The weekday inside a sentence: thứ Ba; in English with its capital."""
    name = weekday(when)
    return name if get_language() == "en" else name[:1].lower() + name[1:]


def day(when: date) -> str:
    """ "thứ Hai 23/11/2026" """
    return f"{weekday_inside(when)} {dates.show(when)}"


def number(shift: str, of: int) -> str:
    """ "tiết 1 chiều" """
    return _("tiết %(n)d %(shift)s") % {"n": of, "shift": _("sáng") if shift == "am" else _("chiều")}


def slot(when: date, shift: str, of: int) -> str:
    """ "thứ Hai 23/11/2026, tiết 1 chiều" """
    return f"{day(when)}, {number(shift, of)}"


def when(period: Period) -> str:
    return slot(period.day, period.shift, period.number)


def hours(period: Period) -> str:
    """ "14:00 đến 14:45" """
    starts, ends = (dates.show_time(timezone.localtime(t)) for t in (period.span.lower, period.span.upper))
    return _("%(starts)s đến %(ends)s") % {"starts": starts, "ends": ends}


_SAYS_WHAT_IT_IS = re.compile(r"[^\W\d_]{2,}\s")


def document(text: str) -> str:
    """ "quyết định số 47/QĐ-THCSBM"; what already says what it is ("Kế hoạch số 12/KH-THCSBM") stays as it was written."""
    return text if _SAYS_WHAT_IT_IS.match(text) else _("quyết định số %(number)s") % {"number": text}
