from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _


class Gender(models.TextChoices):
    FEMALE = "f", _("nữ")
    MALE = "m", _("nam")
    UNKNOWN = "", _("chưa ghi")


class Person(models.Model):
    """One human being, one row for life: a teacher here may be a parent here too.

    The sector code (mã định danh of the ministry's database) and the national number are kept sealed; the hashes
    beside them are keyed and serve look-up and uniqueness only (people.sealed).
    """

    full_name = models.CharField(max_length=120)
    # Filled by the verbs from full_name: given name first in Vietnamese order; folded text for search.
    sort_key = models.CharField(max_length=400, editable=False)
    search_text = models.CharField(max_length=240, editable=False)
    birth_date = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=1, choices=Gender, blank=True, default="")
    sector_code_sealed = models.BinaryField(null=True, editable=False)
    sector_code_hash = models.BinaryField(max_length=32, null=True, unique=True, editable=False)
    national_number_sealed = models.BinaryField(null=True, editable=False)
    national_number_hash = models.BinaryField(max_length=32, null=True, unique=True, editable=False)
    no_national_number_reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("sort_key", "pk")

    def __str__(self) -> str:
        return self.full_name

    @property
    def initials(self) -> str:
        """Middle and given name, as on the round face: Nguyễn Khánh An → KA."""
        return "".join(word[0] for word in self.full_name.split()[-2:]).upper()


class GuardianshipQuerySet(models.QuerySet["Guardianship"]):
    def on(self, day: date) -> GuardianshipQuerySet:
        return self.filter(during__contains=day)


class Guardianship(models.Model):
    """Who stands for a child, from when to when; what the guardian may see ends with the dates."""

    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guardian_of")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guarded_by")
    relation = models.CharField(max_length=40)
    during = DateRangeField()
    # Rights for this child, ended by ending the row and starting another: so history stays readable.
    legal = models.BooleanField(default=True)  # represents the child and may consent (Law 91/2025, Art. 24.2)
    informed = models.BooleanField(default=True)  # sees study and results, gets notices
    first_contact = models.BooleanField(default=False)

    objects = GuardianshipQuerySet.as_manager()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="guardianship_once_at_a_time",
                expressions=[
                    ("guardian", RangeOperators.EQUAL),
                    ("child", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=~models.Q(guardian=models.F("child")), name="guardianship_not_of_oneself"),
        )
