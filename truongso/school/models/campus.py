from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Shift(models.TextChoices):
    """Half a day of teaching (buổi, ca)."""

    MORNING = "am", _("sáng")
    AFTERNOON = "pm", _("chiều")


class Campus(models.Model):
    """A place where the school teaches (điểm trường)."""

    name = models.CharField(max_length=80, unique=True)
    address = models.CharField(max_length=200, blank=True)
    is_main = models.BooleanField(default=False)

    class Meta:
        ordering = ("-is_main", "name")
        constraints = (
            models.UniqueConstraint(fields=("is_main",), condition=Q(is_main=True), name="campus_one_is_main"),
        )

    def __str__(self) -> str:
        return self.name


class BellSchedule(models.Model):
    """The bell times of one shift, in one campus or (campus empty) in all of them."""

    campus = models.ForeignKey(Campus, on_delete=models.CASCADE, null=True, blank=True, related_name="bells")
    shift = models.CharField(max_length=2, choices=Shift)

    class Meta:
        ordering = ("shift", "campus_id")
        constraints = (
            models.UniqueConstraint(fields=("campus", "shift"), nulls_distinct=False, name="bells_once_a_shift"),
        )

    def __str__(self) -> str:
        return str(self.get_shift_display())


class BellPeriod(models.Model):
    """One period (tiết) of a shift: number, begin, end. The verbs refuse overlaps within a schedule."""

    schedule = models.ForeignKey(BellSchedule, on_delete=models.CASCADE, related_name="periods")
    number = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ("schedule", "number")
        constraints = (
            models.UniqueConstraint(fields=("schedule", "number"), name="bell_numbered_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="bell_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=7), name="bell_number_1_to_7"),
        )
