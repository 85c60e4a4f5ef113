from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q


def public_id() -> str:
    """A name that cannot be guessed: 144 random bits."""
    return secrets.token_urlsafe(18)


class StoredFile(models.Model):
    """A file that was checked and is kept. It is served only after its purpose has said yes to whoever asks."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id, editable=False)
    owner_id = models.BigIntegerField(db_index=True)  # person
    purpose = models.CharField(max_length=30)
    name = models.CharField(max_length=200)  # as its owner called it
    kind = models.CharField(max_length=12)  # by content: see kinds.py
    size = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    path = models.CharField(max_length=200)  # in the storage
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("owner_id", "-id"), name="file_by_owner"),)

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file on its way, in pieces (tus 1.0). `offset` bytes are safe on disk; the rest is still with the sender."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id, editable=False)
    owner_id = models.BigIntegerField()
    purpose = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    length = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(offset__gte=0, offset__lte=F("length")), name="upload_offset_within"),
        )
