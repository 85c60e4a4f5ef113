from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    THCS = "thcs", _("trung học cơ sở")
    TH_THCS = "th_thcs", _("tiểu học và trung học cơ sở")
    THCS_THPT = "thcs_thpt", _("trung học cơ sở và trung học phổ thông")


class SchoolProfile(models.Model):
    """The one school of this install. One row, always; what changes by law or merger stays editable data."""

    name = models.CharField(max_length=120)  # Trường THCS Bình Minh
    short_name = models.CharField(max_length=60, blank=True)  # THCS Bình Minh
    level = models.CharField(max_length=10, choices=Level, default=Level.THCS)
    place = models.CharField(max_length=60, blank=True)  # the commune: stands before the date of a document
    province = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=20, blank=True)  # abbreviation in document numbers: THCSBM
    sector_code = models.CharField(max_length=20, blank=True)  # the school's own code in the sector database; text
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    # Steps of the first-run wizard that were finished or skipped: {"profile": "done", "bells": "skipped"}.
    setup = models.JSONField(default=dict, blank=True)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(only=True), name="school_profile_is_one"),)

    def __str__(self) -> str:
        return self.name


class ManagingBodyQuerySet(models.QuerySet["ManagingBody"]):
    def on(self, day: date) -> ManagingBodyQuerySet:
        return self.filter(during__contains=day)


class ManagingBody(models.Model):
    """Who governs the school, from when to when: since 01/7/2025 the commune's People's Committee, before it a district
    office. Stands in the first line of a document of its day (NĐ 30/2020), so old ones keep their letterhead."""

    name = models.CharField(max_length=120)  # Ủy ban nhân dân xã Bình Minh
    during = DateRangeField()

    objects = ManagingBodyQuerySet.as_manager()

    class Meta:
        ordering = ("during",)
        constraints = (
            ExclusionConstraint(name="managing_body_one_at_a_time", expressions=[("during", RangeOperators.OVERLAPS)]),
        )

    def __str__(self) -> str:
        return self.name
