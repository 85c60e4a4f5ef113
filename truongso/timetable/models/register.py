from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from truongso.curriculum.models import Lesson
from truongso.people.models import Person, Unit

from .period import Period


class SignedAs(models.TextChoices):
    TEACHER = "teacher", _("giáo viên của tiết")
    SUBSTITUTE = "substitute", _("dạy thay")
    LEADER = "leader", _("ban giám hiệu")


class RegisterNote(models.Model):
    """The line of a period in the class register (sổ ghi đầu bài), signed by its teacher. The signature is of whoever wrote
    what stands there now; what stood there before is in its changes."""

    period = models.OneToOneField(Period, on_delete=models.PROTECT, related_name="register")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, null=True, blank=True, related_name="register_notes")
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)  # tiết theo phân phối chương trình: 46 of 140
    lesson_text = models.CharField(max_length=320)  # as it stands in the register, also where no programme is entered
    content = models.CharField(max_length=300, blank=True)  # what of the lesson, in the teacher's words
    remarks = models.CharField(max_length=500, blank=True)
    rating = models.CharField(max_length=10, blank=True)  # by the school's scale of the day it was signed
    homework = models.CharField(max_length=500, blank=True)
    homework_due = models.DateField(null=True, blank=True)
    signed_by_id = models.BigIntegerField()
    signed_as = models.CharField(max_length=10, choices=SignedAs, default=SignedAs.TEACHER)
    signed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ordinal__isnull=True) | models.Q(ordinal__gte=1), name="register_ordinal_from_1"
            ),
        )


class RegisterChange(models.Model):
    """What a line said before it was corrected, who had signed that and when, and who corrected it."""

    note = models.ForeignKey(RegisterNote, on_delete=models.CASCADE, related_name="changes")
    before = models.JSONField()
    by_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)


class RegisterWeek(models.Model):
    """The homeroom teacher's and the head's look at a class's register of a week. Once either has signed, its lines are
    not corrected any more; a line that was still empty may be signed late until the head has signed."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="register_weeks")
    monday = models.DateField()
    remarks = models.CharField(max_length=500, blank=True)
    homeroom_id = models.BigIntegerField(null=True)
    homeroom_at = models.DateTimeField(null=True)
    head_remarks = models.CharField(max_length=500, blank=True)
    head_id = models.BigIntegerField(null=True)
    head_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-monday",)
        constraints = (models.UniqueConstraint(fields=("unit", "monday"), name="register_week_once"),)

    @property
    def locked(self) -> bool:
        return self.homeroom_at is not None or self.head_at is not None


class RegisterUnlock(models.Model):
    """A signed week was opened again: by whom, why, and which signatures that took away."""

    week = models.ForeignKey(RegisterWeek, on_delete=models.CASCADE, related_name="unlocks")
    reason = models.CharField(max_length=200)
    before = models.JSONField()
    by_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)


RATINGS = ["Tốt", "Khá", "Đạt", "Chưa đạt"]


class RegisterScale(models.Model):
    """How this school rates a period, best first: words or points. No row: RATINGS."""

    ratings = models.JSONField(default=list)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(only=True), name="register_scale_is_one"),)


class CalendarFeed(models.Model):
    """A secret address under which a phone's calendar reads a person's (or a child's) periods; revoked by a date."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="feeds")
    child = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    token_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
