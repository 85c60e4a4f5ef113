from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("đang chờ")
    RUNNING = "running", _("đang làm")
    DONE = "done", _("đã xong")
    FAILED = "failed", _("không làm được")
    CANCELLED = "cancelled", _("đã thôi")


class Job(models.Model):
    """What people see of a piece of queued work; procrastinate's own row says when a worker takes it."""

    task = models.CharField(max_length=80)
    ids = models.JSONField(default=dict)
    owner_id = models.BigIntegerField(null=True, db_index=True)
    label = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)  # the number of the try that may finish it
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("state", "-id"), name="job_by_state"),)

    def __str__(self) -> str:
        return self.label

    @property
    def percent(self) -> int:
        if self.state == JobState.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0

    @property
    def is_over(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}

    @property
    def stream(self) -> str:
        return f"job:{self.pk}"
