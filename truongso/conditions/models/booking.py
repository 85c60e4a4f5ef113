from __future__ import annotations

from datetime import date, datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone

from truongso.people.models import Person

from .room import Room


class BookingQuerySet(models.QuerySet["Booking"]):
    def standing(self) -> BookingQuerySet:
        return self.filter(cancelled_at=None)

    def on(self, day: date) -> BookingQuerySet:
        """Those that touch this day of the school's clock."""
        first = timezone.make_aware(datetime(day.year, day.month, day.day))
        return self.filter(during__overlap=(first, first.replace(hour=23, minute=59, second=59)))


class Booking(models.Model):
    """A room is kept for somebody from a time to a time (end exclusive). Who was first has it: the database says so."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bookings")
    during = DateTimeRangeField()
    purpose = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)
    # A column and not a row of its own, because the constraint below has to look at it.
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ("during",)
        constraints = (
            ExclusionConstraint(
                name="booking_room_once_at_a_time",
                expressions=[("room", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(cancelled_at=None),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="booking_cancelled_by_somebody",
            ),
        )
