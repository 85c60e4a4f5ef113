"""Bell times of one shift: in order, without overlap, at most seven."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from django.utils.translation import gettext as _

MOST = 7
Bell = tuple[time, time]


def wrong_bell(bells: Sequence[Bell]) -> tuple[int, str] | None:
    """(number of the period, what is wrong with it), or None."""
    if not bells:
        return 1, _("Xin ghi giờ của ít nhất một tiết.")
    if len(bells) > MOST:
        return MOST, _("Một buổi nhiều nhất %(n)d tiết.") % {"n": MOST}
    for number, (starts, ends) in enumerate(bells, start=1):
        if ends <= starts:
            return number, _("Tiết %(n)d hết trước khi bắt đầu.") % {"n": number}
        if number > 1 and starts < bells[number - 2][1]:
            return number, _("Tiết %(n)d bắt đầu khi tiết %(before)d chưa hết.") % {"n": number, "before": number - 1}
    return None
