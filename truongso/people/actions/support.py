from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from truongso import audit
from truongso.people import rules
from truongso.people.actor import Actor, actor_for
from truongso.people.models import Account, SupportSession


@transaction.atomic
def start_support(*, by: Actor, target: Account, reason: str) -> SupportSession:
    """Begin to look as `target` does: reading only, half an hour at most. The caller announces it to that person."""
    verdict = rules.may_support(by, target.person_id, actor_for(target).roles)
    if not verdict:
        raise PermissionDenied(str(verdict.why))
    made = SupportSession.objects.create(
        admin_id=by.account_id,
        target=target,
        reason=reason,
        until=timezone.now() + timedelta(minutes=rules.SUPPORT_MINUTES),
    )
    audit.record(by, "people.start_support", obj=made, for_person=target.person_id, detail={"reason": reason})
    return made


@transaction.atomic
def stop_support(*, admin: Account, support_id: int) -> None:
    row = SupportSession.objects.filter(pk=support_id, admin=admin, ended_at=None).select_related("target").first()
    if row is not None:
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        audit.record(actor_for(admin), "people.stop_support", obj=row, for_person=row.target.person_id)
