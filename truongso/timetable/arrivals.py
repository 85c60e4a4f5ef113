"""When coming into a period counts, who is late, and the countdown in words. Pure: the clock is the caller's."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

OPENS = timedelta(minutes=30)  # before a live period begins: who comes then has come to it
GRACE = timedelta(minutes=5)  # a slow line is no lateness
_HOUR = 60
_DAY = 24 * _HOUR


def counts(*, live: bool, now: datetime, starts: datetime, ends: datetime) -> bool:
    """Is going there now a sign of taking part? To a meeting only around its hour; to a lesson whenever one opens it."""
    return not live or starts - OPENS <= now <= ends


def late(first: datetime, starts: datetime) -> int:
    """Whole minutes of lateness; 0 within the grace."""
    gone = first - starts
    return int(gone.total_seconds() // 60) if gone > GRACE else 0


def countdown(now: datetime, starts: datetime, ends: datetime) -> str:
    """What stands over the door: how long it is still, that it goes on, that it is over."""
    if now >= ends:
        return _("Đã hết tiết")
    if now >= starts:
        return _("Đang trong tiết")
    minutes = -int((now - starts).total_seconds() // 60)  # rounded up
    if minutes < _HOUR:
        return ngettext("Còn %(num)d phút", "Còn %(num)d phút", minutes) % {"num": minutes}
    if minutes < _DAY:
        hours, rest = divmod(minutes, _HOUR)
        said = ngettext("Còn %(num)d giờ", "Còn %(num)d giờ", hours) % {"num": hours}
        return said + (" " + ngettext("%(num)d phút", "%(num)d phút", rest) % {"num": rest} if rest else "")
    days = minutes // _DAY
    return ngettext("Còn %(num)d ngày", "Còn %(num)d ngày", days) % {"num": days}


def said() -> dict[str, str]:
    """The same words for the page that counts on; `#` stands for the minutes."""
    soon = ngettext("Còn %(num)d phút", "Còn %(num)d phút", 2).replace("%(num)d", "#")
    return {"soon": soon, "during": _("Đang trong tiết"), "over": _("Đã hết tiết")}
