"""The head's decisions on the form of teaching."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit, realtime
from truongso.people.actor import Actor
from truongso.people.models import Unit
from truongso.timetable.actions.laying import modes
from truongso.timetable.models import ChangeKind, Mode, ModeDecision, Period, PeriodChange, PeriodState


@transaction.atomic
def decide_mode(
    *, by: Actor, mode: Mode, first: date, last: date, units: Sequence[Unit], shift: str, reason: str, document: str
) -> tuple[ModeDecision, int]:
    """From a day to a day these classes (none: all) are taught so; returns the decision and how many periods it changed.

    Periods already begun keep the mode they were held in. Replacement of teaching at school needs its reason
    (TT 09/2021, Art. 2 and 5).
    """
    if last < first:
        raise ValidationError({"last": _("Ngày cuối đứng trước ngày đầu. Xin xem lại.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Xin ghi lí do của quyết định.")})
    made = ModeDecision.objects.create(
        mode=mode, during=DateRange(first, last + timedelta(days=1)), shift=shift, reason=reason.strip(),
        document=document, by_id=by.person_id,
    )  # fmt: skip
    made.units.set(units)
    changed = apply_modes(by=by, first=first, last=last, reason=document or reason)
    audit.record(by, "timetable.decide_mode", obj=made, detail={"mode": mode.value, "periods": changed})
    return made, changed


@transaction.atomic
def withdraw_mode(*, by: Actor, decision: ModeDecision) -> int:
    """Take a decision back: its periods that are still to come follow what else was decided, else are held at school."""
    decision.withdrawn_at = timezone.now()
    decision.save(update_fields=["withdrawn_at"])
    first, last = decision.during.lower, decision.during.upper - timedelta(days=1)
    changed = apply_modes(by=by, first=first, last=last, reason=_("thôi quyết định"))
    audit.record(by, "timetable.withdraw_mode", obj=decision, detail={"periods": changed})
    return changed


def apply_modes(*, by: Actor, first: date, last: date, reason: str) -> int:
    """Bring every period still to come in these days to the mode that the decisions in force give it."""
    mode_on = modes(first, last)
    changed: list[tuple[Period, str]] = []
    coming = Period.objects.select_for_update(no_key=True).filter(
        day__range=(first, last), span__startswith__gt=timezone.now(), state=PeriodState.PLANNED
    )
    for period in coming:
        mode = mode_on(period.unit_id, period.day, period.shift)
        if mode != period.mode:
            changed.append((period, period.mode))
            period.mode = mode
            period.version += 1
    Period.objects.bulk_update([p for p, _old in changed], ["mode", "version"], batch_size=1000)
    PeriodChange.objects.bulk_create(
        [
            PeriodChange(
                period=p, kind=ChangeKind.MODE, by_id=by.person_id, reason=reason[:200], before={"mode": old},
                after={"mode": p.mode},
            )
            for p, old in changed
        ],
        batch_size=2000,
    )  # fmt: skip
    for unit_id in {p.unit_id for p, _old in changed}:
        realtime.publish(f"class:{unit_id}", "periods")
    return len(changed)
