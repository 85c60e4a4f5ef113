from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models


class Purpose(models.Model):
    """One thing for which the school asks. Consent is given purpose by purpose (Law 91/2025, Art. 9)."""

    code = models.SlugField(max_length=30, unique=True)  # recording: how later apps ask for it
    order = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    # Something may already exist when consent is withdrawn (a recording, a photo): then a request is opened.
    needs_follow_up = models.BooleanField(default=False)

    class Meta:
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.code


class PurposeVersionQuerySet(models.QuerySet["PurposeVersion"]):
    def on(self, day: date) -> PurposeVersionQuerySet:
        return self.filter(during__contains=day, purpose__active=True)


class PurposeVersion(models.Model):
    """What people are asked, word for word, from a day on. A new version asks everybody again."""

    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    which_data = models.CharField(max_length=300)  # which data
    kept = models.CharField(max_length=200)  # how long
    # Publishes or discloses private life: then the child of seven and older agrees too (Art. 24).
    discloses = models.BooleanField(default=False)
    during = DateRangeField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PurposeVersionQuerySet.as_manager()

    class Meta:
        ordering = ("purpose__order", "-number")
        constraints = (
            models.UniqueConstraint(fields=("purpose", "number"), name="purpose_version_numbered_once"),
            ExclusionConstraint(
                name="purpose_one_version_at_a_time",
                expressions=[("purpose", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        )

    def __str__(self) -> str:
        return self.title
