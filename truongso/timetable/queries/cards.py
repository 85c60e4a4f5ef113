"""What a share card says of a link: class, subject and time, and by which tool; nothing else leaves the house."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from truongso.school.queries import profile
from truongso.timetable import words
from truongso.timetable.models import LinkKind, Period, PeriodLink, StandingLink
from truongso.timetable.queries.links import period_at
from truongso.timetable.share_card import Card


def time_of(period: Period) -> str:
    """thứ Ba 24/11, 7:50"""
    starts = timezone.localtime(period.span.lower)
    clock = f"{starts.hour}:{starts.minute:02d}"
    return f"{words.day(period.day)[:-5]}, {clock}"


def tool_of(kind: str) -> str:
    """The tool by its name; what somebody typed as a title stays inside."""
    if kind == LinkKind.ROOM:
        return _("Phòng học của trường")
    if kind == LinkKind.VIDEO:
        return _("Bài giảng video")
    if kind == LinkKind.OTHER:
        return _("Bài học trên mạng")
    return _("Vào bằng %(tool)s") % {"tool": LinkKind(kind).label}


def card_of(link: PeriodLink | StandingLink) -> Card:
    school = profile()
    name = school.short_name or school.name or "Trường Số"
    if isinstance(link, PeriodLink):
        return Card(words.title(link.period), time_of(link.period), tool_of(link.kind), name)
    period = period_at(link)
    of = link.subject.name if link.subject else _("Lớp")
    coming = period is not None and period.span.upper > timezone.now()
    return Card(f"{of} {link.unit.name}", time_of(period) if period and coming else "", tool_of(link.kind), name)
