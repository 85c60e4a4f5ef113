from __future__ import annotations

from django.db import models

from truongso.people.models import Person


class CustodyNote(models.Model):
    """A court's or family's arrangement on a child, seen by the head and the homeroom teacher of the day only."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="custody_notes")
    text = models.TextField(max_length=2000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)


class SensitiveRecord(models.Model):
    """Sensitive data of a person (NĐ 356/2025, Art. 4): sealed at rest, in a table of its own; each reading is logged."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="sensitive")
    health_sealed = models.BinaryField(null=True, editable=False)
    disability_sealed = models.BinaryField(null=True, editable=False)
    ethnicity_sealed = models.BinaryField(null=True, editable=False)
    poverty_sealed = models.BinaryField(null=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
