from __future__ import annotations

from django.db import models
from django.db.models import Q

from truongso.people.models import Unit

from .calendar import SchoolYear
from .campus import Campus, Shift
from .subject import Subject


class SchoolClass(models.Model):
    """What the school knows of a class beyond its Unit: year, grade, where and when it learns."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, primary_key=True, related_name="school_class")
    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="classes")
    grade = models.PositiveSmallIntegerField()
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, null=True, blank=True, related_name="classes")
    shift = models.CharField(max_length=2, choices=Shift, default=Shift.MORNING)
    local_code = models.CharField(max_length=30, blank=True)  # mã lớp of the sector database or SMAS; text

    class Meta:
        ordering = ("grade", "unit__name")
        constraints = (models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=12), name="class_grade_1_to_12"),)

    def __str__(self) -> str:
        return self.unit.name


class GroupSubject(models.Model):
    """Which subjects a subject group (tổ) looks after."""

    group = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="group_subjects")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="groups")

    class Meta:
        ordering = ("group", "subject__order")
        constraints = (models.UniqueConstraint(fields=("group", "subject"), name="group_subject_once"),)
