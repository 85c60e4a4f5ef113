"""Work for the test of killed workers: each job leaves one row, and must leave exactly one."""

from __future__ import annotations

import time

from django.db import connection

from truongso import jobs
from truongso.jobs import JobHandle


@jobs.task(retries=20)
def leave_a_row(job: JobHandle, number: int) -> None:
    job.progress(1, 3)
    time.sleep(0.05)
    with job.finishing(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO effect (number) VALUES (%s)", [number])
        time.sleep(0.05)


def work() -> None:
    import django

    django.setup()
    from truongso.jobs.commands import run_worker

    run_worker(stalled=2)
