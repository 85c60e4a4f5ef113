"""Bringing the periods along when days or bells of the school change."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit, realtime
from truongso.people.actor import Actor
from truongso.school.models import Holiday
from truongso.timetable.actions import steps
from truongso.timetable.actions.laying import lay_out_periods
from truongso.timetable.actions.versions import no_bell
from truongso.timetable.clashes import told
from truongso.timetable.layout import NoBell
from truongso.timetable.models import ChangeKind, Period, PeriodChange, PeriodState, TimetableVersion, VersionState
from truongso.timetable.queries.calendar import teaching_days

_HUNG = Q(roll__isnull=False) | Q(register__isnull=False) | Q(links__isnull=False)


@transaction.atomic
def bring_periods_to_calendar(*, by: Actor | None, days: Collection[date]) -> None:
    """Let these days hold what calendar and timetable now want of them.

    What has begun stays. A coming period that nobody touched leaves a new holiday; one that somebody changed or hung
    something on is cancelled instead, and so owed. When a day is taught again, those come back.
    """
    now, today = timezone.now(), timezone.localdate()
    if not days or not TimetableVersion.objects.filter(state=VersionState.PUBLISHED).exists():
        return
    coming = Period.objects.filter(day__in=days, span__startswith__gt=now)
    hung = coming.filter(_HUNG, kept=False).values("pk")
    Period.objects.filter(pk__in=list(hung.values_list("pk", flat=True))).update(kept=True)
    off = _days_off(days, today)
    if today in off:  # of today only what has not begun goes; whole days are laid out from tomorrow on
        coming.filter(day=today, kept=False).delete()
    begin = today if today in teaching_days(today, today) else today + timedelta(days=1)
    for first, last in _runs(day for day in days if day >= begin):
        _lay_out(first, last)
    _cancel(by, coming.filter(day__in=off, state=PeriodState.PLANNED), off)
    _restore(by, coming.filter(state=PeriodState.CANCELLED).exclude(day__in=off))
    for unit_id in set(Period.objects.filter(day__in=days).values_list("unit_id", flat=True)):
        realtime.publish(f"class:{unit_id}", "periods")
    audit.record(by, "timetable.follow_calendar", detail={"days": sorted(d.isoformat() for d in days)[:40]})


def _lay_out(first: date, last: date) -> None:
    """By every published timetable that is in force in these days."""
    published = TimetableVersion.objects.filter(state=VersionState.PUBLISHED)
    for version in published.filter(during__overlap=(first, last + timedelta(days=1))):
        begin, end = max(first, version.during.lower), min(last, version.during.upper - timedelta(days=1))
        try:
            lay_out_periods(version=version, first=begin, last=end, alone=True)
        except NoBell as missing:
            raise no_bell(missing) from None


def _runs(days: Iterator[date]) -> Iterator[tuple[date, date]]:
    """Days next to each other, as first and last."""
    first = last = None
    for day in sorted(days):
        if first is None or last is None:
            first = last = day
        elif day == last + timedelta(days=1):
            last = day
        else:
            yield first, last
            first = last = day
    if first is not None and last is not None:
        yield first, last


def _days_off(days: Collection[date], today: date) -> dict[date, str]:
    """The holidays among these days, from today on, with their names; a make-up day on one is taught."""
    first, last = min(days), max(days)
    taught = teaching_days(first, last)
    rows = list(Holiday.objects.filter(during__overlap=(first, last + timedelta(days=1))))
    return {
        day: row.name
        for row in rows
        for day in days
        if day >= today and day not in taught and row.during.lower <= day < row.during.upper
    }


def _cancel(by: Actor | None, periods: QuerySet[Period], off: dict[date, str]) -> None:
    for period in periods.select_for_update(of=("self",), no_key=True):
        changes = {"state": PeriodState.CANCELLED.value}
        steps.change(period, by, ChangeKind.CANCELLED, off[period.day], changes, calendar=True)


def _restore(by: Actor | None, periods: QuerySet[Period]) -> None:
    """Those that the calendar itself had cancelled, and nobody touched since."""
    for period in periods.select_for_update(of=("self",), no_key=True):
        latest = PeriodChange.objects.filter(period=period).first()
        if latest is None or "calendar" not in latest.after or Period.objects.filter(makes_up=period).exists():
            continue
        try:
            with told():
                changes = {"state": PeriodState.PLANNED.value}
                steps.change(period, by, ChangeKind.RESTORED, _("ngày này lại học"), changes)
        except ValidationError:  # something else stands there now: it stays owed
            continue


# The campus's own bells go before those of all campuses; a period whose bell is gone keeps its old time.
_RETIME = """
    WITH bell AS (
        SELECT s.campus_id, s.shift, b.number, b.starts, b.ends
          FROM school_bellperiod b JOIN school_bellschedule s ON s.id = b.schedule_id
    ), due AS (
        SELECT p.id, tstzrange((p.day + coalesce(own.starts, shared.starts)) AT TIME ZONE %(zone)s,
                               (p.day + coalesce(own.ends, shared.ends)) AT TIME ZONE %(zone)s) AS span
          FROM timetable_period p
          LEFT JOIN school_schoolclass c ON c.unit_id = p.unit_id
          LEFT JOIN bell own ON own.campus_id = c.campus_id AND own.shift = p.shift AND own.number = p.number
          LEFT JOIN bell shared ON shared.campus_id IS NULL AND shared.shift = p.shift AND shared.number = p.number
         WHERE lower(p.span) > %(now)s AND coalesce(own.starts, shared.starts) IS NOT NULL
    )
    UPDATE timetable_period p SET span = due.span FROM due WHERE due.id = p.id AND p.span <> due.span
"""


@transaction.atomic
def retime_periods(*, by: Actor | None) -> int:
    """Give every period still to come the times of the bells as they now are. Raises ValidationError when two lessons of
    a class, teacher or room would then overlap."""
    with told(), connection.cursor() as cursor:
        cursor.execute(_RETIME, {"zone": settings.TIME_ZONE, "now": timezone.now()})
        changed: int = cursor.rowcount
    if changed:
        audit.record(by, "timetable.follow_bells", detail={"periods": changed})
        realtime.publish("school", "periods")
    return changed


def follow_days(by: Actor | None, days: Collection[date]) -> None:
    bring_periods_to_calendar(by=by, days=days)


def follow_bells(by: Actor | None) -> None:
    retime_periods(by=by)
