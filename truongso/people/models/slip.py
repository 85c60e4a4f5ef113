from __future__ import annotations

from django.db import models

from .account import Account


class SignInSlip(models.Model):
    """A printed slip: one use, until a day. Only the hash of its link is kept; a newer slip makes it void."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="slips")
    token_hash = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    issued_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=("account", "-id"), name="slip_by_account"),)
