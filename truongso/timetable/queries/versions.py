"""Which timetable holds when."""

from __future__ import annotations

from datetime import date

from truongso.timetable.models import TimetableVersion, VersionState


def in_force(day: date) -> TimetableVersion | None:
    """The timetable of a day; before the first one begins, that first one, so that it can be printed beforehand."""
    published = TimetableVersion.objects.filter(state=VersionState.PUBLISHED).select_related("year")
    return (
        published.filter(during__contains=day).first()
        or published.filter(during__startswith__gt=day).order_by("during").first()
    )
