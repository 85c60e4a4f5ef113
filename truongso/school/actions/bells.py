from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from truongso import audit
from truongso.people.actor import Actor
from truongso.school import after
from truongso.school.access import insist
from truongso.school.data import load
from truongso.school.models import BellPeriod, BellSchedule, Campus, Shift
from truongso.school.rules.bells import Bell, wrong_bell


@transaction.atomic
def save_bells(
    *, by: Actor | None, schedule: BellSchedule | None = None, shift: str, campus: Campus | None, bells: Sequence[Bell]
) -> BellSchedule:
    """The bell times of a shift, in one campus or (None) in all. Raises ValidationError at "shift" or "period_<n>"."""
    insist(by, "bells")
    if BellSchedule.objects.filter(shift=shift, campus=campus).exclude(pk=schedule.pk if schedule else 0).exists():
        raise ValidationError({"shift": _("Buổi này ở nơi này đã có giờ học. Xin sửa dòng ấy.")})
    if wrong := wrong_bell(bells):
        raise ValidationError({f"period_{wrong[0]}": wrong[1]})
    schedule = schedule or BellSchedule()
    schedule.shift, schedule.campus = shift, campus
    schedule.save()
    BellPeriod.objects.filter(schedule=schedule).delete()
    BellPeriod.objects.bulk_create(
        BellPeriod(schedule=schedule, number=n, starts=s, ends=e) for n, (s, e) in enumerate(bells, start=1)
    )
    audit.record(by, "school.save_bells", obj=schedule, detail={"shift": shift, "periods": len(bells)})
    after.bells_changed(by)
    return schedule


@transaction.atomic
def remove_bells(*, by: Actor | None, schedule: BellSchedule) -> None:
    insist(by, "bells")
    audit.record(by, "school.remove_bells", obj=schedule, detail={"shift": schedule.shift})
    schedule.delete()
    after.bells_changed(by)


@transaction.atomic
def seed_bells(*, by: Actor | None) -> int:
    """The usual bell times of both shifts for all campuses, when there are none yet. Returns how many shifts."""
    insist(by, "bells")
    if BellSchedule.objects.exists():
        return 0
    for shift in Shift.values:
        bells = [(time.fromisoformat(s), time.fromisoformat(e)) for s, e in load("bells")[shift]]
        save_bells(by=by, shift=shift, campus=None, bells=bells)
    return len(Shift.values)
