from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    CLASS = "class", _("lớp")
    GROUP = "group", _("tổ chuyên môn")


class UnitQuerySet(models.QuerySet["Unit"]):
    def on(self, day: date) -> UnitQuerySet:
        return self.filter(during__contains=day)


class Unit(models.Model):
    """What a right is about: a class of one school year, or a subject group (tổ). `school` adds what else it knows."""

    kind = models.CharField(max_length=8, choices=UnitKind)
    name = models.CharField(max_length=60)
    school_year = models.CharField(max_length=9, blank=True, help_text="2026-2027; empty for a group")
    during = DateRangeField()

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "school_year", "name")
        constraints = (models.UniqueConstraint(fields=("kind", "school_year", "name"), name="unit_named_once_a_year"),)

    def __str__(self) -> str:
        return self.name
