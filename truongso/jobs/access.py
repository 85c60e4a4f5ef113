"""The door to a job: its owner; the failed ones are also the IT admin's (shell asks with `everybody`)."""

from __future__ import annotations

from django.http import Http404

from truongso.jobs.models import Job


def job_for(person_id: int, pk: int, *, everybody: bool = False) -> Job:
    job = Job.objects.filter(pk=pk).first()
    if job is None or not (everybody or job.owner_id == person_id):
        raise Http404
    return job
