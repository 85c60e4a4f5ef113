"""Reads of rooms and bookings, and the survey's; figures of the digital index from the register."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet, Sum
from django.utils import timezone

from truongso.conditions import rules
from truongso.conditions.models import Booking, Condition, Display, Equipment, Fault, Internet, Room, RoomKind
from truongso.conditions.survey_queries import families, last_answer, silent_children
from truongso.lib import vi
from truongso.people.models import RoleAssignment
from truongso.people.roles import Role

__all__ = ["families", "last_answer", "silent_children"]

DAY = (time(6, 0), time(21, 0))  # between which free times are offered


def rooms(search: str = "", kind: str = "") -> QuerySet[Room]:
    """The register in order, those in use first."""
    found = Room.objects.select_related("campus")
    if kind in RoomKind.values:
        found = found.filter(kind=kind)
    if search:
        ids = [pk for pk, name in Room.objects.values_list("pk", "name") if vi.fold(search) in vi.fold(name)]
        found = found.filter(pk__in=ids)
    return found.order_by("-active", "campus__name", "name")


def equipment(room: Room | None = None) -> QuerySet[Equipment]:
    found = Equipment.objects.filter(active=True).select_related("room")
    return found.filter(room=room) if room else found


def open_faults(room: Room | None = None) -> QuerySet[Fault]:
    found = Fault.objects.filter(repair=None).select_related("room", "by")
    return found.filter(room=room) if room else found


def faults_by_room() -> Counter[int]:
    """How many open faults a room has."""
    return Counter(open_faults().values_list("room_id", flat=True))


def mended_faults(room: Room) -> QuerySet[Fault]:
    return Fault.objects.filter(room=room).exclude(repair=None).select_related("by", "repair__by")[:10]


def bookings_on(room: Room, day: date) -> list[Booking]:
    return list(Booking.objects.standing().on(day).filter(room=room).select_related("person"))


def my_bookings(person_id: int, now: datetime) -> list[Booking]:
    return list(
        Booking.objects.standing()
        .filter(person_id=person_id, during__endswith__gt=now)
        .select_related("room")
        .order_by("during")[:10]
    )


def free_times(room: Room, day: date, length: timedelta) -> list[rules.Span]:
    """The gaps of a day that are as long as wished, on the school's clock."""
    first, last = (timezone.make_aware(datetime.combine(day, at)) for at in DAY)
    busy = [(timezone.localtime(b.during.lower), timezone.localtime(b.during.upper)) for b in bookings_on(room, day)]
    return rules.free_spans(busy, first, last, length)


def share_of_classrooms_with_display_and_internet() -> tuple[int, int]:
    """(classrooms with a display and internet, classrooms), those in use: row 1.7.1 of QĐ 4725."""
    found = Room.objects.in_use().filter(kind=RoomKind.CLASSROOM)
    both = found.exclude(display=Display.NONE).exclude(internet=Internet.NONE).exclude(condition=Condition.BROKEN)
    return both.count(), found.count()


def pupils_per_computer(day: date) -> tuple[int, int]:
    """(pupils of the day, computers for pupils in computer rooms): row 1.7.2."""
    pupils = RoleAssignment.objects.on(day).filter(role=Role.PUPIL).count()
    rooms_of = Room.objects.in_use().filter(kind=RoomKind.COMPUTERS).exclude(condition=Condition.BROKEN)
    return pupils, rooms_of.aggregate(n=Sum("computers"))["n"] or 0


def has_studio() -> bool:
    """Row 1.7.3: a place equipped for making materials and teaching online, in working order."""
    return Room.objects.in_use().filter(kind=RoomKind.STUDIO).exclude(condition=Condition.BROKEN).exists()
