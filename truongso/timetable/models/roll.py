from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from truongso.people.models import Person, Unit
from truongso.school.models import Shift

from .period import Period


class Presence(models.TextChoices):
    PRESENT = "present", _("có mặt")
    LATE = "late", _("vào muộn")
    EXCUSED = "excused", _("vắng có phép")
    ABSENT = "absent", _("vắng không phép")
    TROUBLE = "trouble", _("trục trặc kĩ thuật")


class MarkSource(models.TextChoices):
    TEACHER = "teacher", _("giáo viên điểm danh")
    LINK = "link", _("vào bằng đường dẫn")
    NOTE = "note", _("đơn xin nghỉ của gia đình")
    LIVE = "live", _("phòng học trực tuyến")


class RollSheet(models.Model):
    """The roll of one period, or (period empty) of a half-day session (buổi) of a class. It exists once it was taken;
    who has no mark on it was present."""

    period = models.OneToOneField(Period, on_delete=models.CASCADE, null=True, blank=True, related_name="roll")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rolls")
    day = models.DateField()
    shift = models.CharField(max_length=2, choices=Shift)
    version = models.PositiveIntegerField(default=1)  # who saves over a newer one is shown both
    taken_by_id = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-day", "unit")
        indexes = (models.Index(fields=("unit", "day"), name="roll_by_class_day"),)
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "day", "shift"), condition=Q(period__isnull=True), name="session_roll_once"
            ),
        )


class RollMark(models.Model):
    """A pupil who was not simply there."""

    sheet = models.ForeignKey(RollSheet, on_delete=models.CASCADE, related_name="marks")
    pupil = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roll_marks")
    state = models.CharField(max_length=8, choices=Presence)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # how late
    note = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=8, choices=MarkSource, default=MarkSource.TEACHER)
    # The note that excuses it: who may read its reason is decided there, not here.
    excuse = models.ForeignKey(
        "timetable.AbsenceNote", on_delete=models.SET_NULL, null=True, blank=True, related_name="marks"
    )

    class Meta:
        indexes = (models.Index(fields=("pupil",), name="roll_mark_by_pupil"),)
        constraints = (
            models.UniqueConstraint(fields=("sheet", "pupil"), name="roll_mark_once"),
            models.CheckConstraint(condition=~Q(state=Presence.PRESENT), name="roll_mark_says_more_than_present"),
        )


class RollChange(models.Model):
    """A correction of a roll that was already taken: from what to what, by whom, when."""

    sheet = models.ForeignKey(RollSheet, on_delete=models.CASCADE, related_name="changes")
    pupil = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=8, choices=Presence)
    after = models.CharField(max_length=8, choices=Presence)
    before_more = models.CharField(max_length=140, blank=True)  # minutes and note, as they were
    after_more = models.CharField(max_length=140, blank=True)
    reason = models.CharField(max_length=200, blank=True)  # asked for once the week is locked
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)


class AbsenceNoteQuerySet(models.QuerySet["AbsenceNote"]):
    def standing(self) -> AbsenceNoteQuerySet:
        return self.filter(withdrawn_at=None)

    def about(self, day: date, shift: str) -> AbsenceNoteQuerySet:
        """Those that speak of a half-day session."""
        return self.standing().filter(Q(shift="") | Q(shift=shift), during__contains=day)


class AbsenceNote(models.Model):
    """A guardian tells that a child will be, or was, away (đơn xin nghỉ); it gives the absence its reason."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absence_notes")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_school = models.BooleanField(default=False)  # the family called, the homeroom teacher wrote it down
    during = DateRangeField()
    shift = models.CharField(max_length=2, choices=Shift, blank=True)  # empty: the whole day
    reason = models.CharField(max_length=300)
    after_lock = models.BooleanField(default=False)  # came when a roll that it speaks of could no longer be changed
    created_at = models.DateTimeField(auto_now_add=True)
    seen_by_id = models.BigIntegerField(null=True)
    seen_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = AbsenceNoteQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("child",), name="absence_note_by_child"),)
        constraints = (models.CheckConstraint(condition=Q(during__isempty=False), name="absence_note_has_days"),)

    @property
    def first(self) -> date:
        first: date = self.during.lower
        return first

    @property
    def last(self) -> date:
        last: date = self.during.upper - timedelta(days=1)
        return last


class AbsencePolicy(models.Model):
    """How the law and the school count absences: a row with its article and validity, edited in place."""

    during = DateRangeField()
    limit = models.PositiveSmallIntegerField()  # sessions a year; one more and the pupil is not promoted
    warn_first = models.PositiveSmallIntegerField()
    warn_second = models.PositiveSmallIntegerField()
    online_replace = models.BooleanField()  # does a lesson online in place of one at school count?
    online_support = models.BooleanField()
    self_study = models.BooleanField()
    lock_days = models.PositiveSmallIntegerField()  # days after which a subject teacher no longer changes a roll
    article = models.CharField(max_length=160)

    class Meta:
        ordering = ("during",)
        constraints = (
            ExclusionConstraint(name="absence_policy_one_at_a_time", expressions=[("during", RangeOperators.OVERLAPS)]),
            models.CheckConstraint(
                condition=Q(warn_first__lte=models.F("warn_second"), warn_second__lte=models.F("limit")),
                name="absence_policy_warns_before_the_limit",
            ),
        )
