"""Write a checked run into the school, all or nothing."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit
from truongso.intake.actions import apply, apply_pupils, apply_staff, apply_teaching
from truongso.intake.actions.journal import Journal
from truongso.intake.actions.runs import insist, plan_of, recheck
from truongso.intake.models import ImportRun, RunState
from truongso.intake.plan import Plan
from truongso.people.actor import Actor

LOCK = 4_201_114  # one import writes at a time


class Stale(ValidationError):
    """The school's data changed since the check; the preview has been made anew."""


def commit(*, by: Actor | None, run: ImportRun) -> Plan:
    """Write what the preview shows: new and changed rows. Raises Stale when it would no longer be what was shown."""
    insist(by)
    said = Stale(_("Dữ liệu của trường đã thay đổi từ lúc kiểm tra. Đã kiểm tra lại: xin xem lại rồi ghi."))
    try:
        with transaction.atomic():
            plan = _write(by, run)
    except IntegrityError:
        plan = None
    if plan is None:
        with transaction.atomic():
            fresh = ImportRun.objects.select_for_update().get(pk=run.pk)
            if fresh.state in {RunState.CHECKED, RunState.COMMITTING}:
                recheck(run=fresh)
        raise said
    return plan


def _write(by: Actor | None, run: ImportRun) -> Plan | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.state not in {RunState.CHECKED, RunState.COMMITTING}:
        raise ValidationError(_("Tệp này đã ghi rồi."))
    plan = plan_of(held)
    if plan.digest() != held.digest:
        return None
    steps = (apply_staff.frame, apply_pupils.pupils, apply.guardians, apply_staff.staff, apply_teaching.teaching)
    journal = Journal(held)
    for step in steps:
        step(journal, plan)
    journal.close()
    held.state, held.committed_at = RunState.COMMITTED, timezone.now()
    held.save(update_fields=["state", "committed_at"])
    counts = {kind: {s: n for s, n in found.items() if n} for kind, found in held.counts.items()}
    audit.record(by, "intake.commit", obj=held, detail={"counts": counts, "sha256": held.sha256, "name": held.name})
    return plan
