"""Reading and writing in the background."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from truongso import jobs
from truongso.intake.actions import files, runs
from truongso.intake.actions.commit import commit
from truongso.intake.models import ImportRun, RunState
from truongso.jobs.registry import JobHandle
from truongso.people.actor import actor_for
from truongso.people.models import Account


@jobs.task(retries=2)
def check_run(job: JobHandle, run_id: int) -> None:
    """Read the file and check every row; a second try does the same again."""
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None or run.state != RunState.READING:
        return
    job.progress(1, 3, _("Đang đọc và kiểm tra từng dòng"))
    runs.check(run=run, content=files.content_of(run), year=run.year)
    job.progress(3, 3)


@jobs.task(retries=2)
def commit_run(job: JobHandle, run_id: int) -> None:
    """Write in one transaction; a run that is written already is left alone."""
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None or run.state != RunState.COMMITTING:
        return
    job.progress(1, 3, _("Đang kiểm tra lại rồi ghi, tất cả hoặc không gì cả"))
    account = Account.objects.select_related("person").filter(person_id=run.by_id or 0, is_active=True).first()
    try:
        if account is None:
            raise PermissionDenied(_("Người gửi tệp không còn tài khoản."))
        commit(by=actor_for(account), run=run)
    except (ValidationError, PermissionDenied) as error:
        why = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        files.fall_back(run=run, why=why)
    job.progress(3, 3)


@app.periodic(cron="40 3 * * *")
@app.task(name="intake.forget", queueing_lock="intake.forget")
def forget(timestamp: int) -> None:
    files.forget_old()
