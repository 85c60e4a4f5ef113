"""A period online on the first Monday, the server's clock beside it, and links to hang on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cast import Cast
from truongso.people.actor import Actor
from truongso.timetable.actions import periods as period_verbs
from truongso.timetable.models import Mode, Period, PeriodLink, TimetableVersion, new_token
from truongso.timetable.tests.conftest import MONDAY, TOAN

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
At = Callable[..., None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """`at(7, 10)`: the server's clock stands at 7:10 on the first Monday."""

    def stand(hour: int, minute: int = 0, days: int = 0) -> None:
        moment = datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, minute, tzinfo=ZONE) + timedelta(days=days)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return stand


@pytest.fixture
def period(cast: Cast, head: Actor, published: TimetableVersion) -> Period:
    """Toán of 8A2 by Mai, Monday 7:00 to 7:45, online in support."""
    found = Period.objects.filter(subject__code=TOAN).order_by("span")[0]
    return period_verbs.set_mode(by=head, period=found, mode=Mode.ONLINE_SUPPORT, reason="Ôn tập")


def link(period: Period, kind: str = "zoom", url: str = "https://zoom.us/j/98765432101", **more: object) -> PeriodLink:
    return PeriodLink.objects.create(period=period, kind=kind, url=url, token=new_token(), **more)
