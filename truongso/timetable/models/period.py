from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from truongso.conditions.models import Room
from truongso.people.models import Person, Unit
from truongso.school.models import Shift, Subject, SubjectPart

from .version import Entry


class Mode(models.TextChoices):
    """How a period is taught (TT 09/2021, Art. 2): online supports teaching at school, or replaces it."""

    IN_PERSON = "inperson", _("học tại trường")
    ONLINE_SUPPORT = "support", _("trực tuyến hỗ trợ")
    ONLINE_REPLACE = "replace", _("trực tuyến thay thế")
    SELF_STUDY = "self", _("tự học ở nhà")


class PeriodState(models.TextChoices):
    PLANNED = "planned", _("theo lịch")
    CANCELLED = "cancelled", _("nghỉ")


class Origin(models.TextChoices):
    TIMETABLE = "timetable", _("thời khoá biểu")
    ADDED = "added", _("thêm ngoài thời khoá biểu")
    MAKE_UP = "make_up", _("dạy bù")


def _free(who: str, name: str) -> ExclusionConstraint:
    """At one time a teacher, and a room, has one lesson; classes taught together share it."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (who, RangeOperators.EQUAL),
            ("span", RangeOperators.OVERLAPS),
            ("lesson", RangeOperators.NOT_EQUAL),
        ],
        condition=Q(state=PeriodState.PLANNED) & Q(**{f"{who}__isnull": False}),
        deferrable=Deferrable.DEFERRED,
    )


class Period(models.Model):
    """A period (tiết): class × subject × day × number. The root of the product: mode, room, links, materials, tasks,
    attendance and register note hang on it. Its id stays when it moves or when the timetable changes."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="periods")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="periods")
    part = models.ForeignKey(SubjectPart, on_delete=models.PROTECT, null=True, blank=True, related_name="periods")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="periods")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="periods")
    label = models.CharField(max_length=40, blank=True)
    day = models.DateField()
    shift = models.CharField(max_length=2, choices=Shift)
    number = models.PositiveSmallIntegerField()
    span = DateTimeRangeField()  # by the bells of the day it was made or moved
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.IN_PERSON)
    state = models.CharField(max_length=10, choices=PeriodState, default=PeriodState.PLANNED)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.TIMETABLE)
    entry = models.ForeignKey(Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="periods")
    makes_up = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="made_up_by")
    lesson = models.UUIDField(default=uuid4)
    # True once a person changed it or hung something on it: a new timetable then leaves it where it is.
    kept = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)  # of the row: two people changing it at once are told

    class Meta:
        ordering = ("span", "unit")
        indexes = (
            models.Index(fields=("unit", "day"), name="period_by_class_day"),
            models.Index(fields=("person", "day"), name="period_by_teacher_day"),
            models.Index(fields=("day",), name="period_by_day"),
        )
        constraints = (
            ExclusionConstraint(
                name="period_class_once",
                expressions=[("unit", RangeOperators.EQUAL), ("span", RangeOperators.OVERLAPS)],
                condition=Q(state=PeriodState.PLANNED),
                deferrable=Deferrable.DEFERRED,
            ),
            _free("person", "period_teacher_once"),
            _free("room", "period_room_once"),
            models.CheckConstraint(
                condition=Q(origin=Origin.MAKE_UP, makes_up__isnull=False) | ~Q(origin=Origin.MAKE_UP),
                name="make_up_names_what_it_makes_up",
            ),
        )


class ChangeKind(models.TextChoices):
    MOVED = "moved", _("dời")
    SWAPPED = "swapped", _("đổi tiết")
    CANCELLED = "cancelled", _("nghỉ")
    RESTORED = "restored", _("dạy lại như cũ")
    SUBSTITUTED = "substituted", _("dạy thay")
    MADE_UP = "made_up", _("dạy bù")
    ADDED = "added", _("thêm tiết")
    MODE = "mode", _("đổi hình thức")
    ROOM = "room", _("đổi phòng")
    TIMETABLE = "timetable", _("theo thời khoá biểu mới")


class PeriodChange(models.Model):
    """Who changed what of a period, when and why; `before` and `after` hold the fields that changed."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12, choices=ChangeKind)
    by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("at",), name="period_change_by_time"),)


class ModeDecision(models.Model):
    """The head's decision on the form of teaching for a range of days; periods made later in the range follow it too."""

    mode = models.CharField(max_length=8, choices=Mode)
    during = DateRangeField()
    units = models.ManyToManyField(Unit, blank=True, related_name="mode_decisions")  # none: the whole school
    shift = models.CharField(max_length=2, choices=Shift, blank=True)  # empty: both
    reason = models.CharField(max_length=300)
    document = models.CharField(max_length=80, blank=True)  # số quyết định
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
