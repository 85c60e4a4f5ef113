"""Jobs: queued with the change that asks for them, tried again, finished once."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from tests.cast import Cast, client_of
from truongso import jobs
from truongso.jobs import actions
from truongso.jobs.models import Job, JobState
from truongso.jobs.registry import Cancelled, JobHandle
from truongso.jobs.tasks import TryAgain, run_job
from truongso.people.models import Unit, UnitKind
from truongso.realtime import read_token

YEAR = ("2020-01-01", "2040-01-01")
seen: list[int] = []


@jobs.task(retries=2)
def good(job: JobHandle, number: int) -> None:
    job.progress(1, 2, "một nửa")
    seen.append(number)


@jobs.task(retries=2)
def bad(job: JobHandle) -> None:
    raise ValueError("hỏng thật")


@jobs.task()
def once(job: JobHandle, name: str) -> None:
    with job.finishing():
        Unit.objects.create(kind=UnitKind.GROUP, name=name, during=YEAR)


def queued() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


def test_a_job_is_queued_with_its_transaction_and_not_without(db: None) -> None:
    before = queued()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.enqueue(good, owner=1, label="x", number=1)
        _ = 1 / 0
    assert queued() == before and not Job.objects.exists()
    job = jobs.enqueue(good, owner=1, label="x", number=7)
    assert queued() == before + 1
    run_job.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.percent, seen[-1]) == (JobState.DONE, 100, 7)


def test_a_failing_job_is_tried_again_and_then_fails_for_good(db: None) -> None:
    job = jobs.enqueue(bad, owner=1, label="x")
    for attempt in (1, 2):
        with pytest.raises(TryAgain) as again:
            run_job.func(job.pk)
        assert actions.FIRST_WAIT * 2 ** (attempt - 1) * 0.7 < again.value.seconds < 60
    run_job.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.FAILED, 3)
    assert "hỏng thật" in job.error


def test_an_effect_happens_once_though_two_tries_run(db: None) -> None:
    job = jobs.enqueue(once, owner=1, label="x", name="Tổ Thử")
    first, _ = actions.take(job.pk)  # a worker that is then believed dead
    stale = JobHandle(job.pk, first.attempt)
    run_job.func(job.pk)  # the second try does it
    with pytest.raises(Cancelled), stale.finishing():
        Unit.objects.create(kind=UnitKind.GROUP, name="Tổ Thử 2", during=YEAR)
    run_job.func(job.pk)  # a third delivery finds nothing to do
    assert list(Unit.objects.values_list("name", flat=True)) == ["Tổ Thử"]


def test_a_cancelled_job_leaves_no_trace(cast: Cast) -> None:
    job = jobs.enqueue(good, owner=cast.pupil.person_id, label="x", number=99)
    taken, _ = actions.take(job.pk)
    assert client_of(cast.pupil).post(f"/jobs/{job.pk}/cancel/").status_code == 302
    with pytest.raises(Cancelled):
        JobHandle(job.pk, taken.attempt).progress(2, 2)
    run_job.func(job.pk)
    assert 99 not in seen


def test_the_owner_watches_and_nobody_else(cast: Cast) -> None:
    job = jobs.enqueue(good, owner=cast.pupil.person_id, label="Xuất bảng điểm", number=1)
    page = client_of(cast.pupil).get(f"/jobs/{job.pk}/").content.decode()
    assert (
        "Xuất bảng điểm" in page
        and "<progress" in page
        and f"job:{job.pk}" in str(read_token(page.split('data-streams="')[1].split('"')[0]))
    )
    assert client_of(cast.classmate).get(f"/jobs/{job.pk}/").status_code == 404
    assert client_of(cast.it_admin).get(f"/jobs/{job.pk}/").status_code == 200


def test_the_it_admin_retries_what_failed(cast: Cast) -> None:
    job = jobs.enqueue(bad, owner=None, label="Gửi thư")
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, attempt=3, error="Traceback …\nValueError: hỏng thật")
    client = client_of(cast.it_admin)
    assert "Gửi thư" in client.get("/system/jobs/").content.decode()
    assert "hỏng thật" in client.get(f"/jobs/{job.pk}/").content.decode()
    assert "1" in client.get("/").content.decode()
    before = queued()
    assert client.post(f"/system/jobs/{job.pk}/retry/").status_code == 302
    job.refresh_from_db()
    assert (job.state, job.attempt, queued()) == (JobState.QUEUED, 0, before + 1)
    assert client_of(cast.head).get("/system/jobs/").status_code == 404


def test_periodic_work_is_registered() -> None:
    from procrastinate.contrib.django import app

    names = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert {"jobs.reap", "jobs.clean", "audit.checkpoint", "documents.clean_up"} <= names


@pytest.mark.parametrize(("attempt", "low", "high"), [(1, 4, 6), (2, 8, 12), (4, 32, 48), (20, 2880, 4320)])
def test_waits_double_up_to_an_hour(attempt: int, low: int, high: int) -> None:
    assert low <= actions.wait_before(attempt) <= high
