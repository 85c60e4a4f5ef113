from __future__ import annotations

from django.db import models


class SchoolProfile(models.Model):
    """The one school of this install. One row, always; what changes by law or merger stays editable data."""

    name = models.CharField(max_length=120)  # Trường THCS Bình Minh
    short_name = models.CharField(max_length=60, blank=True)  # THCS Bình Minh
    governing_body = models.CharField(max_length=120, blank=True)  # Ủy ban nhân dân xã Bình Minh
    place = models.CharField(max_length=60, blank=True)  # stands before the date of a document
    code = models.CharField(max_length=20, blank=True)  # abbreviation in document numbers: THCSBM
    phone = models.CharField(max_length=20, blank=True)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(only=True), name="school_profile_is_one"),)

    def __str__(self) -> str:
        return self.name
