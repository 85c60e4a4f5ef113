"""Going into a period: the rows behind the ways, and who went when."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from truongso import realtime
from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.timetable import arrivals
from truongso.timetable.models import LinkKind, Period, PeriodLink, StandingLink, new_token
from truongso.timetable.queries.links import arrived


def room_of(period: Period) -> PeriodLink:
    """The school's own room of a period, made when it is first entered."""
    return PeriodLink.objects.get_or_create(
        period=period, kind=LinkKind.ROOM, defaults={"token": new_token(), "order": 0}
    )[0]


def link_of_standing(period: Period, standing: StandingLink) -> PeriodLink:
    """The period's own row of a standing link, as the address was when the period first used it."""
    same = {name: getattr(standing, name) for name in ("kind", "url", "title", "watch_for", "by_id")}
    return PeriodLink.objects.get_or_create(
        period=period, standing=standing, defaults=same | {"token": new_token(), "order": 100}
    )[0]


# One statement, so that a double tap or two devices of a pupil are one row with the right first time.
_VISIT = """
    INSERT INTO timetable_linkvisit (link_id, person_id, first_at, last_at, times) VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT ON CONSTRAINT link_visit_once_a_person
    DO UPDATE SET last_at = EXCLUDED.last_at, times = timetable_linkvisit.times + 1
    RETURNING times = 1
"""


@transaction.atomic
def visit(*, by: Actor, link: PeriodLink) -> bool:
    """A pupil of the class goes there: kept when it is a sign of taking part. True: it was kept (also before today).

    Teachers, guardians and whoever looks in somebody's place pass uncounted. No audit entry: the row is the record.
    """
    period, now = link.period, timezone.now()
    if by.acting_account_id is not None or period.unit_id not in by.units(Role.PUPIL):
        return False
    if not arrivals.counts(live=link.live, now=now, starts=period.span.lower, ends=period.span.upper):
        return False
    with connection.cursor() as cursor:
        cursor.execute(_VISIT, [link.pk, by.person_id, now, now])
        first = cursor.fetchone()[0]
    if first:
        Period.objects.filter(pk=period.pk, kept=False).update(kept=True)
        realtime.publish(f"class:{period.unit_id}", "arrivals", period=period.pk, count=arrived(period))
    return True
