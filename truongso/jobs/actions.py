from __future__ import annotations

import random
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from truongso import audit, realtime
from truongso.jobs.models import Job, JobState
from truongso.jobs.registry import Cancelled, JobHandle, Task, find

FIRST_WAIT = 5  # seconds before the second try
LONGEST_WAIT = 3600


@transaction.atomic
def queue(work: Task, *, owner: int | None, label: str, ids: dict[str, Any]) -> Job:
    job = Job.objects.create(task=work.name, ids=ids, owner_id=owner, label=label)
    _defer(job, work.queue)
    return job


def _defer(job: Job, queue_name: str) -> None:
    from truongso.jobs.tasks import run_job

    run_job.configure(queue=queue_name).defer(job_id=job.pk)


def wait_before(attempt: int) -> int:
    """Seconds before the try after `attempt`: 5, 10, 20 … up to an hour, spread by a fifth."""
    base = min(LONGEST_WAIT, FIRST_WAIT * 2 ** max(0, attempt - 1))
    return int(base * random.uniform(0.8, 1.2))  # noqa: S311


@transaction.atomic
def take(job_id: int) -> tuple[Job, Task] | None:
    """Begin the next try; None when there is nothing to do any more."""
    job = Job.objects.select_for_update(no_key=True).filter(pk=job_id).first()
    if job is None or job.is_over:
        return None
    work = find(job.task)
    if work is None:
        _close(job, JobState.FAILED, error=f"no such task: {job.task}")
        return None
    job.attempt = F("attempt") + 1
    job.state = JobState.RUNNING
    job.started_at = timezone.now()
    job.save(update_fields=["attempt", "state", "started_at"])
    job.refresh_from_db()
    realtime.publish(job.stream, "job")
    return job, work


def note_progress(handle: JobHandle, done: int, total: int, message: str) -> None:
    changed = Job.objects.filter(pk=handle.job_id, attempt=handle.attempt, state=JobState.RUNNING).update(
        done=done, total=total, message=message
    )
    if not changed:
        raise Cancelled
    realtime.publish(f"job:{handle.job_id}", "job")


def hold(handle: JobHandle) -> None:
    """Lock the job in the present transaction, if this try may still finish it."""
    found = Job.objects.select_for_update(no_key=True).filter(
        pk=handle.job_id, attempt=handle.attempt, state=JobState.RUNNING
    )
    if found.first() is None:
        raise Cancelled


def finish(handle: JobHandle) -> None:
    job = Job.objects.filter(pk=handle.job_id, attempt=handle.attempt, state=JobState.RUNNING).first()
    if job is not None:
        _close(job, JobState.DONE)
    handle.finished = True


def _close(job: Job, state: JobState, error: str = "") -> None:
    job.state, job.error, job.finished_at = state, error, timezone.now()
    job.save(update_fields=["state", "error", "finished_at"])
    realtime.publish(job.stream, "job")


@transaction.atomic
def give_up_or_wait(handle: JobHandle, work: Task, error: str) -> bool:
    """After a failed try: True when there will be another, False when the job has failed for good."""
    job = Job.objects.select_for_update(no_key=True).filter(pk=handle.job_id, attempt=handle.attempt).first()
    if job is None or job.is_over:
        return False
    if job.attempt > work.retries:
        _close(job, JobState.FAILED, error)
        return False
    job.state, job.error = JobState.QUEUED, error
    job.save(update_fields=["state", "error"])
    realtime.publish(job.stream, "job")
    return True


@transaction.atomic
def retry(*, by: audit.Who, job: Job) -> Job:
    """Queue a failed job once more, as if it were new."""
    job = Job.objects.select_for_update(no_key=True).get(pk=job.pk)
    work = find(job.task)
    if job.state == JobState.FAILED and work is not None:
        job.state, job.error, job.done, job.finished_at = JobState.QUEUED, "", 0, None
        job.save(update_fields=["state", "error", "done", "finished_at"])
        Job.objects.filter(pk=job.pk).update(attempt=0)
        _defer(job, work.queue)
        audit.record(by, "jobs.retry", obj=job)
    return job


@transaction.atomic
def cancel(*, by: audit.Who, job: Job) -> Job:
    """Stop waiting for it; a running try notices at its next step and leaves no trace."""
    job = Job.objects.select_for_update(no_key=True).get(pk=job.pk)
    if job.state in {JobState.QUEUED, JobState.RUNNING, JobState.FAILED}:
        _close(job, JobState.CANCELLED, job.error)
        audit.record(by, "jobs.cancel", obj=job)
    return job
