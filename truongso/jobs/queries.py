from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from truongso.jobs.models import Job, JobState


def failed() -> QuerySet[Job]:
    """Failed jobs, newest first."""
    return Job.objects.filter(state=JobState.FAILED).order_by("-id")


def worker_beat_age() -> float | None:
    """Seconds since a worker last gave a sign of life; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers")
        row = cursor.fetchone()
    return float(row[0]) if row and row[0] is not None else None
