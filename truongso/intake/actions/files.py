"""A file's way in from a page: kept sealed, read by a job, written by a job, forgotten after some days."""

from __future__ import annotations

import base64
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import jobs
from truongso.intake.actions.runs import insist, start_run
from truongso.intake.data import load
from truongso.intake.models import ImportChange, ImportRow, ImportRun, RunState
from truongso.people import sealed
from truongso.people.actor import Actor


@transaction.atomic
def take_file(*, by: Actor, name: str, content: bytes, year: str) -> ImportRun:
    """Keep a file until the job has read it. Not among the stored files: it is a list of children and is read once."""
    from truongso.intake.tasks import check_run

    run = start_run(by=by, name=name)
    run.content_sealed = sealed.seal(base64.b64encode(content).decode(), use="intake_file")
    run.year = year
    label = _("Đọc tệp %(name)s") % {"name": run.name[:120]}
    run.job_id = jobs.enqueue(check_run, owner=by.person_id, label=label, run_id=run.pk).pk
    run.save(update_fields=["content_sealed", "year", "job_id"])
    return run


def content_of(run: ImportRun) -> bytes:
    return base64.b64decode(sealed.unseal(run.content_sealed, use="intake_file")) if run.content_sealed else b""


@transaction.atomic
def order_commit(*, by: Actor, run: ImportRun) -> None:
    """Write it in the background; the page shows how far it is."""
    from truongso.intake.tasks import commit_run

    insist(by)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != RunState.CHECKED:
        raise ValidationError(_("Tệp này đang ghi hoặc đã ghi."))
    label = _("Ghi %(name)s") % {"name": run.name[:120]}
    run.job_id = jobs.enqueue(commit_run, owner=by.person_id, label=label, run_id=run.pk).pk
    run.state, run.refused = RunState.COMMITTING, ""
    run.save(update_fields=["state", "job_id", "refused"])


@transaction.atomic
def fall_back(*, run: ImportRun, why: str) -> None:
    """Writing did not happen: the preview is open again, with the reason."""
    ImportRun.objects.filter(pk=run.pk, state__in=[RunState.COMMITTING, RunState.CHECKED]).update(
        state=RunState.CHECKED, refused=why
    )


@transaction.atomic
def drop(*, by: Actor, run: ImportRun) -> None:
    """Forget a file that was not written."""
    insist(by)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state in {RunState.COMMITTED, RunState.UNDONE, RunState.COMMITTING}:
        raise ValidationError(_("Lần nhập đã ghi thì được giữ lại để tra cứu."))
    run.delete()


@transaction.atomic
def forget_old() -> int:
    """What files said leaves after some days, and runs that nobody finished; that and what was written stays known."""
    days, now = load("ages")["keep"], timezone.now()
    before = now - timedelta(days=days["source_days"])
    gone = ImportRow.objects.filter(run__made_at__lt=before).delete()[0]
    unfinished = [RunState.READING, RunState.REFUSED, RunState.CHECKED]
    ImportRun.objects.filter(made_at__lt=before, state__in=unfinished).delete()
    ImportRun.objects.filter(made_at__lt=before).update(source_sealed=None, content_sealed=None, edits_sealed=None)
    ImportChange.objects.filter(run__committed_at__lt=now - timedelta(days=days["undo_days"])).delete()
    return gone
