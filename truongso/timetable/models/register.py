from __future__ import annotations

from django.db import models

from truongso.curriculum.models import Lesson
from truongso.people.models import Person, Unit

from .period import Period


class RegisterNote(models.Model):
    """The line of a period in the class register (sổ ghi đầu bài), signed by its teacher."""

    period = models.OneToOneField(Period, on_delete=models.PROTECT, related_name="register")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, null=True, blank=True, related_name="register_notes")
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)  # tiết theo phân phối chương trình: 46 of 140
    lesson_text = models.CharField(max_length=300)  # as it stands in the register, also where no programme is entered
    remarks = models.CharField(max_length=500, blank=True)
    rating = models.CharField(max_length=10, blank=True)  # by the school's scale
    homework = models.CharField(max_length=500, blank=True)
    signed_by_id = models.BigIntegerField()
    signed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ordinal__isnull=True) | models.Q(ordinal__gte=1), name="register_ordinal_from_1"
            ),
        )


class RegisterWeek(models.Model):
    """The homeroom teacher's and the head's look at a class's register of a week; signed weeks are locked."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="register_weeks")
    monday = models.DateField()
    remarks = models.CharField(max_length=500, blank=True)
    homeroom_id = models.BigIntegerField(null=True)
    homeroom_at = models.DateTimeField(null=True)
    head_id = models.BigIntegerField(null=True)
    head_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-monday",)
        constraints = (models.UniqueConstraint(fields=("unit", "monday"), name="register_week_once"),)


class CalendarFeed(models.Model):
    """A secret address under which a phone's calendar reads a person's (or a child's) periods; revoked by a date."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="feeds")
    child = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    token_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
