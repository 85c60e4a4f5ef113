from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet, Sum
from django.utils import timezone

from truongso.documents import rules
from truongso.documents.models import StoredFile, Upload


def files_of(person_id: int) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(owner_id=person_id, purpose="own", deleted_at=None).order_by("-id")


def deleted_of(person_id: int) -> QuerySet[StoredFile]:
    since = timezone.now() - timedelta(days=rules.DELETED_DAYS)
    return StoredFile.objects.filter(owner_id=person_id, purpose="own", deleted_at__gt=since).order_by("-deleted_at")


def used_bytes(person_id: int) -> int:
    """What a person keeps, and what is on its way."""
    kept = StoredFile.objects.filter(owner_id=person_id, deleted_at=None).aggregate(n=Sum("size"))["n"] or 0
    coming = (
        Upload.objects.filter(owner_id=person_id, file=None, expires_at__gt=timezone.now()).aggregate(n=Sum("length"))[
            "n"
        ]
        or 0
    )
    return int(kept + coming)
