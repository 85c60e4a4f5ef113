from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from truongso.people.models import Person


class MergedPerson(models.Model):
    """Two rows turned out to be one human being: where the row that went leads now.

    The log keeps the old id for ever; this row says whose it is, and old addresses lead on by it.
    """

    old_id = models.BigIntegerField(unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged")
    name = models.CharField(max_length=120)  # as the row that went was called
    login = models.CharField(max_length=40, blank=True)  # of the account that was closed with it
    moved = models.JSONField(default=dict)  # how many rows of which table came over
    by_id = models.BigIntegerField(null=True)  # person
    created_at = models.DateTimeField(auto_now_add=True)


class NotDuplicate(models.Model):
    """Somebody has looked: these two are two. They are not proposed again."""

    low = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by_id = models.BigIntegerField(null=True)  # person
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("low", "high"), name="not_duplicate_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="not_duplicate_in_order"),
        )
