"""Work in the background: applying a timetable; looking whether links still open."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from truongso import jobs
from truongso.jobs.models import Job
from truongso.jobs.registry import JobHandle
from truongso.people.actor import actor_for
from truongso.people.models import Account
from truongso.timetable.actions import publishing
from truongso.timetable.actions.link_checks import check_links
from truongso.timetable.models import TimetableVersion


@jobs.task(retries=1)
def publish(job: JobHandle, version_id: int, first: str) -> None:
    """One transaction with the job's own end: applied and told once, or not at all."""
    version = TimetableVersion.objects.get(pk=version_id)
    owner = Job.objects.values_list("owner_id", flat=True).get(pk=job.job_id) or 0
    by = actor_for(Account.objects.select_related("person").get(person_id=owner, is_active=True))
    job.progress(1, 3, _("Đang xếp tiết cho từng ngày học"))
    try:
        with job.finishing():
            publishing.publish_and_tell(by=by, version=version, first=date.fromisoformat(first))
    except ValidationError as error:
        publishing.note_problem(version=version, problem=error.messages[0])


@app.periodic(cron="12,42 * * * *")
@app.task(name="timetable.check_links", queueing_lock="timetable.check_links")
def look_at_links(timestamp: int) -> None:
    """Twice an hour: what the next day's periods need still opens, or its teacher knows."""
    check_links()
