from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def _last(during: Any) -> date:
    """The last day of a range that the database keeps with its end left out."""
    day: date = during.upper - timedelta(days=1)
    return day


class YearState(models.TextChoices):
    PLANNED = "planned", _("đang chuẩn bị")
    OPEN = "open", _("đang học")
    CLOSED = "closed", _("đã kết thúc")


class SchoolYearQuerySet(models.QuerySet["SchoolYear"]):
    def on(self, day: date) -> SchoolYearQuerySet:
        return self.filter(during__contains=day)


class SchoolYear(models.Model):
    """A school year, its dates by the province's plan. `name` ("2026-2027") is what Unit.school_year says of a class."""

    name = models.CharField(max_length=9, unique=True)
    during = DateRangeField()
    state = models.CharField(max_length=8, choices=YearState, default=YearState.PLANNED)
    basis = models.CharField(max_length=200, blank=True)  # the decision the dates come from

    objects = SchoolYearQuerySet.as_manager()

    class Meta:
        ordering = ("-name",)
        constraints = (
            ExclusionConstraint(name="school_year_one_at_a_time", expressions=[("during", RangeOperators.OVERLAPS)]),
            models.CheckConstraint(condition=Q(name__regex=r"^\d{4}-\d{4}$"), name="school_year_name_shape"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date:
        return _last(self.during)


class Term(models.Model):
    """Semester I or II: first and last teaching day, and how many teaching weeks it has."""

    year = models.ForeignKey(SchoolYear, on_delete=models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField()
    during = DateRangeField()
    weeks = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("year", "number")
        constraints = (
            models.UniqueConstraint(fields=("year", "number"), name="term_numbered_once"),
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="term_is_1_or_2"),
            ExclusionConstraint(name="term_one_at_a_time", expressions=[("during", RangeOperators.OVERLAPS)]),
        )

    def __str__(self) -> str:
        return "I" if self.number == 1 else "II"

    @property
    def last_day(self) -> date:
        return _last(self.during)


class Week(models.Model):
    """A teaching week, 1 to 35: made from terms and holidays (a week that is all holiday is none), then editable."""

    year = models.ForeignKey(SchoolYear, on_delete=models.CASCADE, related_name="weeks")
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="teaching_weeks")
    number = models.PositiveSmallIntegerField()
    first_day = models.DateField()  # a Monday

    class Meta:
        ordering = ("first_day",)
        constraints = (
            models.UniqueConstraint(fields=("year", "number"), name="week_numbered_once"),
            models.UniqueConstraint(fields=("first_day",), name="week_begins_once"),
            models.CheckConstraint(condition=Q(first_day__iso_week_day=1), name="week_begins_on_monday"),
        )

    def __str__(self) -> str:
        return _("tuần %(n)d") % {"n": self.number}

    @property
    def last_day(self) -> date:
        """Its Saturday."""
        return self.first_day + timedelta(days=5)


class HolidayKind(models.TextChoices):
    PUBLIC = "public", _("nghỉ lễ")
    TET = "tet", _("nghỉ Tết")
    SCHOOL = "school", _("nghỉ của trường")


class Holiday(models.Model):
    """Days without teaching."""

    year = models.ForeignKey(SchoolYear, on_delete=models.CASCADE, related_name="holidays")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=HolidayKind, default=HolidayKind.PUBLIC)
    during = DateRangeField()

    class Meta:
        ordering = ("during",)
        constraints = (
            ExclusionConstraint(name="holiday_one_at_a_time", expressions=[("during", RangeOperators.OVERLAPS)]),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date:
        return _last(self.during)


class MakeUpDay(models.Model):
    """A day on which the school teaches the timetable of another weekday (học bù)."""

    year = models.ForeignKey(SchoolYear, on_delete=models.CASCADE, related_name="make_up_days")
    day = models.DateField(unique=True)
    instead_of = models.DateField()  # the day whose lessons are taught

    class Meta:
        ordering = ("day",)
        constraints = (
            models.CheckConstraint(condition=~Q(day=models.F("instead_of")), name="make_up_day_is_another_day"),
        )

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
