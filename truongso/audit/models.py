from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One deed. Plain ids, no foreign keys: a row must outlive what it tells of. The database refuses to change it.

    `place`, `previous` and `hash` are set by the database at commit: until then the row is nobody's past.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    person_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)
    acting_account_id = models.BigIntegerField(null=True)  # the IT admin behind a support session
    verb = models.CharField(max_length=60, db_index=True)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    for_person_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    place = models.BigIntegerField(null=True, unique=True, editable=False)
    previous = models.BinaryField(null=True, editable=False)
    hash = models.BinaryField(null=True, editable=False)

    class Meta:
        indexes = (
            models.Index(fields=("person_id", "-id"), name="audit_by_person"),
            models.Index(fields=("for_person_id", "-id"), name="audit_for_person"),
            models.Index(fields=("object_type", "object_id"), name="audit_of_object"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class Head(models.Model):
    """The end of the chain: one row, locked only for the moment of a commit."""

    place = models.BigIntegerField()
    hash = models.BinaryField()


class Checkpoint(models.Model):
    """A signed statement that the chain had this hash at this place."""

    at = models.DateTimeField(auto_now_add=True)
    place = models.BigIntegerField(unique=True)
    hash = models.BinaryField()
    signature = models.BinaryField()
