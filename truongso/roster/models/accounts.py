from __future__ import annotations

from django.db import models

from truongso.jobs.models import Job


class SlipBatch(models.Model):
    """Slips that are being made, or lie ready for the one person who asked for them.

    The file holds first passwords: it is sealed, goes to its owner only, and is wiped after a day.
    """

    owner_id = models.BigIntegerField(db_index=True)  # person
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=80)  # of the file, without its ending
    persons = models.JSONField()  # ids, in the order of printing
    everybody = models.BooleanField(default=False)  # also who has come in already
    address = models.CharField(max_length=200)  # as phones reach the school, for the QR
    count = models.PositiveIntegerField(default=0)  # slips in the file
    pdf_sealed = models.BinaryField(null=True, editable=False)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
