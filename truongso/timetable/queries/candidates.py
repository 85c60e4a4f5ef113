"""Who or what could take a period's place: substitutes, rooms, periods to change with. Constant numbers of queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from truongso.conditions.models import Booking, Room
from truongso.people.models import Person, RoleAssignment
from truongso.people.roles import Role
from truongso.roster.models import GroupMember, TeachingAssignment
from truongso.school.models import GroupSubject
from truongso.timetable.layout import monday
from truongso.timetable.models import Period, PeriodState

TEACHING = (Role.TEACHER, Role.HOMEROOM, Role.GROUP_HEAD, Role.DEPUTY, Role.HEAD)


@dataclass(frozen=True, slots=True)
class Substitute:
    person: Person
    near: int  # 0 teaches this subject here, 1 the subject, 2 in its group, 3 this class, 4 none of these
    load: int  # periods on that day


def substitutes(period: Period) -> list[Substitute]:
    """Teachers who are free then, those nearest to the lesson first, then those with the lighter day."""
    held = RoleAssignment.objects.on(period.day).filter(role__in=[r.value for r in TEACHING])
    free = Person.objects.filter(pk__in=held.values("person_id")).exclude(pk=period.person_id or 0)
    free = free.exclude(pk__in=_at(period).exclude(person=None).values("person_id"))
    teaching = TeachingAssignment.objects.on(period.day)
    subject = set(teaching.filter(subject=period.subject_id).values_list("person_id", flat=True))
    here = set(teaching.filter(unit=period.unit_id).values_list("person_id", flat=True))
    groups = GroupSubject.objects.filter(subject=period.subject_id).values("group_id")
    group = set(
        GroupMember.objects.filter(unit__in=groups, during__contains=period.day).values_list("person_id", flat=True)
    )
    load = Counter(Period.objects.filter(day=period.day, state=PeriodState.PLANNED).values_list("person_id", flat=True))

    def near(pk: int) -> int:
        if pk in subject:
            return 0 if pk in here else 1
        return 2 if pk in group else 3 if pk in here else 4

    found = [Substitute(p, near(p.pk), load[p.pk]) for p in free]
    return sorted(found, key=lambda s: (s.near, s.load, s.person.sort_key, s.person.pk))


def free_rooms(period: Period) -> list[Room]:
    """Rooms that no lesson and no booking keeps at that time, the same campus's first."""
    taken = _at(period).exclude(room=None).values("room_id")
    booked = Booking.objects.standing().filter(during__overlap=period.span).values("room_id")
    found = Room.objects.in_use().exclude(pk__in=taken).exclude(pk__in=booked).exclude(pk=period.room_id or 0)
    campus = period.room.campus_id if period.room else None
    return sorted(found, key=lambda r: (r.campus_id != campus, r.name))


def to_swap(period: Period, now: datetime) -> list[Period]:
    """Periods of the class in this week and the next with which it could change places: both teachers are free then."""
    first = monday(period.day)
    last = first + timedelta(days=13)
    mine = Period.objects.filter(unit=period.unit_id, day__range=(first, last), state=PeriodState.PLANNED)
    mine = mine.filter(span__startswith__gt=now, roll=None, register=None).exclude(pk=period.pk)
    found = list(mine.select_related("unit", "subject", "part", "person").order_by("span"))
    people = {who for who in (period.person_id, *(p.person_id for p in found)) if who}
    busy = Period.objects.filter(person_id__in=people, day__range=(first, last), state=PeriodState.PLANNED)
    taken = {(who, day, span.lower): pk for pk, who, day, span in busy.values_list("pk", "person_id", "day", "span")}

    def free(who: int | None, at: Period, *but: int) -> bool:
        return who is None or taken.get((who, at.day, at.span.lower), but[0]) in but

    return [
        other
        for other in found
        if (other.subject_id, other.person_id) != (period.subject_id, period.person_id)
        and free(period.person_id, other, period.pk, other.pk)
        and free(other.person_id, period, period.pk, other.pk)
    ]


def _at(period: Period) -> QuerySet[Period]:
    return Period.objects.filter(day=period.day, span__overlap=period.span, state=PeriodState.PLANNED).exclude(
        pk=period.pk
    )
