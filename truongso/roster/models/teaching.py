from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from truongso.people.models import Person, Unit
from truongso.school.models import Subject, SubjectPart


class TeachingAssignmentQuerySet(models.QuerySet["TeachingAssignment"]):
    def on(self, day: date) -> TeachingAssignmentQuerySet:
        return self.filter(during__contains=day)


class TeachingAssignment(models.Model):
    """Who teaches which subject (or which strand of it) in which class, from a day to a day.

    A shared subject (KHTN, LS&ĐL, Nghệ thuật) has several teachers at once; one of them compiles its results.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="teaching")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="teaching")
    part = models.ForeignKey(SubjectPart, on_delete=models.PROTECT, null=True, blank=True, related_name="teaching")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="teaching")
    compiles = models.BooleanField(default=False)
    during = DateRangeField()
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TeachingAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("unit", "subject__order", "pk")
        indexes = (models.Index(fields=("person",), name="teaching_by_person"),)
        constraints = (
            ExclusionConstraint(
                name="teaching_not_twice_at_a_time",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("subject", RangeOperators.EQUAL),
                    (Coalesce("part_id", 0), RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="teaching_one_compiles",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("subject", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(compiles=True),
            ),
        )
