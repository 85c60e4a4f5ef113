"""The one task that procrastinate knows: run a Job. And the reaper of jobs whose worker has died."""

from __future__ import annotations

import logging
import traceback

import procrastinate
from django.db import close_old_connections, connection
from procrastinate.contrib.django import app
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from truongso.jobs import actions
from truongso.jobs.registry import Cancelled, JobHandle

log = logging.getLogger(__name__)
STALLED_SECONDS = 30


class TryAgain(Exception):
    """The work failed and may be tried again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Patience(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: procrastinate.jobs.Job) -> RetryDecision | None:
        if isinstance(exception, TryAgain):
            return RetryDecision(retry_in={"seconds": exception.seconds})
        return RetryDecision(retry_in={"seconds": 5})  # the database went away under us: the Job row is still right


@app.task(name="jobs.run", retry=Patience())
def run_job(job_id: int) -> None:
    """One try of a Job. Raises TryAgain when there should be another."""
    _fresh_connection()
    taken = actions.take(job_id)
    if taken is None:
        return
    job, work = taken
    handle = JobHandle(job.pk, job.attempt)
    try:
        work.run(handle, **job.ids)
        if not handle.finished:
            actions.finish(handle)
    except Cancelled:
        return
    except Exception as error:
        log.warning("job %s (%s), try %s: %s", job.pk, work.name, job.attempt, error)
        _fresh_connection()
        if actions.give_up_or_wait(handle, work, _short(error)):
            raise TryAgain(actions.wait_before(job.attempt)) from error


def _fresh_connection() -> None:
    """Drop a connection that has died under us (not inside a transaction, where it is the caller's)."""
    if not connection.in_atomic_block:
        close_old_connections()


def _short(error: Exception) -> str:
    """The last lines of the traceback, for the IT teacher and for whom he asks."""
    return "".join(traceback.format_exception(error))[-2000:]


@app.periodic(cron="* * * * *")
@app.task(name="jobs.reap", queueing_lock="jobs.reap")
async def reap(timestamp: int) -> None:
    """A killed worker leaves its jobs "doing": give them to a living one."""
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await app.job_manager.retry_job(stalled)


@app.periodic(cron="20 3 * * *")
@app.task(name="jobs.clean", queueing_lock="jobs.clean")
async def clean(timestamp: int) -> None:
    """Finished rows of the queue leave after a week; Job rows stay as long as people may ask."""
    await app.job_manager.delete_old_jobs(nb_hours=7 * 24, include_failed=True)
