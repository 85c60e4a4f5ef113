"""The IT teacher's pages: the state of the parts, failed jobs, letters, the log."""

from __future__ import annotations

import csv
import platform
import shutil
from collections.abc import Iterator

import django
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from truongso.audit import queries as audit_queries
from truongso.audit import verbs
from truongso.audit.models import Entry
from truongso.jobs import actions as job_actions
from truongso.jobs.access import job_for
from truongso.jobs.queries import failed
from truongso.notify.queries import failed_mail
from truongso.people import queries as people
from truongso.people.http import Request
from truongso.people.models import LoginSession
from truongso.people.policy import allow, signed_in
from truongso.people.roles import Role
from truongso.roster import merge_queries
from truongso.shell.forms import AuditForm
from truongso.shell.health import health, in_words

CSV_ROWS = 100_000


@allow(Role.IT_ADMIN)
def system(request: Request) -> HttpResponse:
    disk = shutil.disk_usage(settings.DATA.root)
    page = {
        "parts": [(name, part["ok"], in_words(name, part["note"])) for name, part in health()["parts"].items()],
        "disk_free_gb": disk.free / 2**30,
        "disk_used": int(100 * disk.used / disk.total),
        "signed_in": LoginSession.objects.filter(expire_date__gt=timezone.now()).exclude(account=None).count(),
        "failed": failed().count(),
        "mails": failed_mail().count(),
        "versions": [("Python", platform.python_version()), ("Django", django.__version__)],
    }
    return render(request, "shell/system/system.html", page)


@allow(Role.IT_ADMIN)
def jobs_failed(request: Request) -> HttpResponse:
    return render(request, "shell/system/jobs.html", {"jobs": list(failed()[:100])})


@signed_in
def job(request: Request, pk: int) -> HttpResponse:
    """How far a piece of work is; live, or by reloading."""
    found = job_for(request.actor.person_id, pk, everybody=request.actor.has(Role.IT_ADMIN))
    request.streams = [found.stream]
    return render(request, "shell/system/job.html", {"job": found})


@allow(Role.IT_ADMIN)
@require_POST
def job_retry(request: Request, pk: int) -> HttpResponse:
    job_actions.retry(by=request.actor, job=job_for(request.actor.person_id, pk, everybody=True))
    messages.success(request, _("Đã xếp việc này chạy lại."))
    return redirect("jobs_failed")


@signed_in
@require_POST
def job_cancel(request: Request, pk: int) -> HttpResponse:
    admin = request.actor.has(Role.IT_ADMIN)
    job_actions.cancel(by=request.actor, job=job_for(request.actor.person_id, pk, everybody=admin))
    messages.success(request, _("Đã thôi việc này."))
    return redirect("jobs_failed" if admin else "today")


@allow(Role.IT_ADMIN)
def outbox(request: Request) -> HttpResponse:
    return render(request, "shell/system/outbox.html", {"mails": list(failed_mail()[:100])})


@allow(Role.HEAD, Role.IT_ADMIN)
def audit_log(request: Request) -> HttpResponseBase:
    """Who did what: by person, verb, dates; or as CSV."""
    form = AuditForm(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    persons = None
    if wanted.get("who"):
        persons = list(people.people(wanted["who"]).values_list("pk", flat=True)[:200])
        persons += merge_queries.old_ids(persons)
    before = request.GET.get("before", "")
    found = audit_queries.entries(
        verb=wanted.get("verb", ""), persons=persons, since=wanted.get("since"), until=wanted.get("until"),
        before=int(before) if before.isdigit() else None,
    )  # fmt: skip
    if request.GET.get("as") == "csv":
        return _csv(found[:CSV_ROWS])
    rows = list(found[: audit_queries.PAGE + 1])
    shown = rows[: audit_queries.PAGE]
    query = request.GET.copy()
    query["before"] = str(shown[-1].pk) if shown else ""
    page = {
        "form": form, "rows": shown, "verb_label": verbs.label, "names": _names(shown),
        "older": f"?{query.urlencode()}" if len(rows) > audit_queries.PAGE else None,
    }  # fmt: skip
    return render(request, "shell/system/audit.html", page, status=422 if form.is_bound and form.errors else 200)


def _names(rows: list[Entry]) -> dict[int, str]:
    ids = {row.person_id for row in rows} | {row.for_person_id for row in rows}
    known = people.logins([i for i in ids if i])
    return {**merge_queries.old_names(i for i in ids if i and i not in known), **known}


class _Echo:
    def write(self, value: str) -> str:
        return value


def _csv(rows: object) -> StreamingHttpResponse:
    writer = csv.writer(_Echo())

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow(
            ["at", "person_id", "support_account_id", "verb", "object", "for_person_id", "detail", "hash"]
        )
        for row in rows.iterator():  # type: ignore[attr-defined]
            yield writer.writerow(
                [row.at.isoformat(), row.person_id, row.acting_account_id, row.verb, f"{row.object_type} {row.object_id}".strip(),
                 row.for_person_id, row.detail or "", bytes(row.hash or b"").hex()]
            )  # fmt: skip

    return StreamingHttpResponse(
        lines(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="nhat-ki.csv"'},
    )
