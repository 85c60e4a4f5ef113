from __future__ import annotations

import time
from datetime import date

from django.db.models import QuerySet

from truongso.school.models import ManagingBody, SchoolProfile

_KEEP_SECONDS = 10.0
_kept: tuple[float, SchoolProfile] | None = None


def profile() -> SchoolProfile:
    """The school, read at most every ten seconds in a process; an unsaved, unnamed one before it is entered."""
    global _kept
    now = time.monotonic()
    if _kept is None or now - _kept[0] > _KEEP_SECONDS:
        _kept = (now, SchoolProfile.objects.first() or SchoolProfile(name="", short_name=""))
    return _kept[1]


def forget() -> None:
    """Read anew at the next question."""
    global _kept
    _kept = None


def managing_body(day: date) -> str:
    """Who governs the school on a day: the first line of a document of that day. Empty when not entered."""
    return ManagingBody.objects.on(day).values_list("name", flat=True).first() or ""


def managing_bodies() -> QuerySet[ManagingBody]:
    """All of them, the present one first."""
    return ManagingBody.objects.order_by("-during")
