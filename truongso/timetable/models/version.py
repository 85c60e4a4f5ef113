from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from truongso.conditions.models import Room
from truongso.people.models import Person, Unit
from truongso.school.models import SchoolYear, Shift, Subject, SubjectPart


class VersionState(models.TextChoices):
    DRAFT = "draft", _("bản nháp")
    PUBLISHED = "published", _("đã áp dụng")


class VersionQuerySet(models.QuerySet["TimetableVersion"]):
    def on(self, day: date) -> VersionQuerySet:
        return self.filter(state=VersionState.PUBLISHED, during__contains=day)


class TimetableVersion(models.Model):
    """A timetable of the whole school (thời khoá biểu), all shifts and campuses, valid from a day to a day once published."""

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="timetables")
    name = models.CharField(max_length=80)
    during = DateRangeField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    note = models.CharField(max_length=200, blank=True)
    created_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_by_id = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    # What applying it did: periods made, moved, removed, and the lessons for which a kept period stood in the way;
    # or why it could not be applied.
    laid = models.JSONField(default=dict, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ("-during", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("year", "name"), name="timetable_named_once_a_year"),
            ExclusionConstraint(
                name="timetable_one_published_at_a_time",
                expressions=[("during", RangeOperators.OVERLAPS)],
                condition=Q(state=VersionState.PUBLISHED),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date:
        day: date = self.during.upper - timedelta(days=1)
        return day


def _once(who: str, name: str) -> ExclusionConstraint:
    """A teacher, a room: in one slot of a version only one lesson, which several classes may share. Deferred, so that
    two entries can change places."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in ("version", who, "weekday", "shift", "number")),
            ("lesson", RangeOperators.NOT_EQUAL),
        ],
        condition=Q(**{f"{who}__isnull": False}),
        deferrable=Deferrable.DEFERRED,
    )


class Entry(models.Model):
    """One cell of a timetable: this class has this subject on this weekday, in this period of this shift."""

    version = models.ForeignKey(TimetableVersion, on_delete=models.CASCADE, related_name="entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="entries")
    weekday = models.PositiveSmallIntegerField()  # ISO: 1 Monday … 7 Sunday
    shift = models.CharField(max_length=2, choices=Shift)
    number = models.PositiveSmallIntegerField()
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="entries")
    part = models.ForeignKey(SubjectPart, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    label = models.CharField(max_length=40, blank=True)  # chào cờ, sinh hoạt lớp
    lesson = models.UUIDField(default=uuid4)  # the same on the entries of classes taught together

    class Meta:
        ordering = ("weekday", "shift", "number", "unit")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "unit", "weekday", "shift", "number"),
                name="entry_one_a_slot",
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="entry_weekday_1_to_7"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=7), name="entry_number_1_to_7"),
            _once("person", "entry_teacher_once"),
            _once("room", "entry_room_once"),
        )
