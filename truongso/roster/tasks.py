"""Work in the background: slips for many, opening a year; and the wiping of files with passwords."""

from __future__ import annotations

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from truongso import jobs
from truongso.jobs.models import Job
from truongso.jobs.registry import JobHandle
from truongso.people.actor import Actor, actor_for
from truongso.people.models import Account
from truongso.roster.actions import open_year, slips
from truongso.roster.models import RolloverPlan, SlipBatch


def _actor(person_id: int) -> Actor:
    """Who asked, with the rights of now: whoever lost them since gets nothing done."""
    return actor_for(Account.objects.select_related("person").get(person_id=person_id, is_active=True))


@jobs.task(retries=3)
def print_slips(job: JobHandle, batch_id: int) -> None:
    batch = SlipBatch.objects.get(pk=batch_id)
    slips.make_slips(by=_actor(batch.owner_id), batch=batch, progress=job.progress, finishing=job.finishing)


@jobs.task(retries=1)
def open_year_job(job: JobHandle, plan_id: int) -> None:
    """One transaction with the job's own end: opened once, or not at all."""
    plan = RolloverPlan.objects.get(pk=plan_id)
    job.progress(1, 3, _("Đang kiểm tra từng em"))
    by = _actor(Job.objects.values_list("owner_id", flat=True).get(pk=job.job_id) or 0)
    job.progress(2, 3, _("Đang mở năm học"))
    with job.finishing():
        open_year.open_plan(by=by, plan=plan)


@app.periodic(cron="*/20 * * * *")
@app.task(name="roster.wipe_slips", queueing_lock="roster.wipe_slips")
def wipe(timestamp: int) -> None:
    slips.wipe_old_slips()
