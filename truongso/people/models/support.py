from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .account import Account


class SupportSession(models.Model):
    """The IT admin looks at the school as somebody else does, for a stated reason and a short time."""

    admin = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="support_given")
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="support_received")
    reason = models.CharField(max_length=200)
    started_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(admin=F("target")), name="support_of_somebody_else"),)
