"""Weeks of the class register: signed by the homeroom teacher and the school, opened again, and who is reminded."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso import audit, realtime
from truongso.notify.actions import send_notice
from truongso.notify.audience import Audience
from truongso.notify.models import Receipt
from truongso.people.actor import Actor
from truongso.people.models import Unit
from truongso.timetable.models import Period, PeriodState, RegisterUnlock, RegisterWeek
from truongso.timetable.queries.gaps import by_teacher, unsigned
from truongso.ui.jinja import url


@transaction.atomic
def sign_week(*, by: Actor, unit: Unit, monday: date, remarks: str, as_head: bool) -> RegisterWeek:
    """The homeroom teacher's, or the school's, signature under a week that is over. Raises ValidationError."""
    RegisterWeek.objects.get_or_create(unit=unit, monday=monday)
    week = RegisterWeek.objects.select_for_update().get(unit=unit, monday=monday)
    _insist_over(unit, monday)
    field = "head" if as_head else "homeroom"
    if getattr(week, f"{field}_at") is not None:
        if getattr(week, f"{field}_id") == by.person_id:
            return week  # pressed twice
        raise ValidationError(_("Tuần này vừa có người kí rồi."))
    if not as_head and week.head_at is not None:
        raise ValidationError(_("Ban giám hiệu đã kí tuần này. Xin nhờ mở lại trước."))
    setattr(week, f"{field}_id", by.person_id)
    setattr(week, f"{field}_at", timezone.now())
    setattr(week, "head_remarks" if as_head else "remarks", remarks.strip())
    week.save()
    audit.record(
        by, "timetable.sign_week", obj=week, detail={"class": unit.name, "monday": monday.isoformat(), "as": field}
    )
    realtime.publish(f"class:{unit.pk}", "register")
    return week


def _insist_over(unit: Unit, monday: date) -> None:
    last = Period.objects.filter(
        unit=unit, day__range=(monday, monday + timedelta(days=6)), state=PeriodState.PLANNED
    ).order_by("-span")[:1]
    if not last:
        raise ValidationError(_("Tuần này lớp không có tiết nào."))
    if last[0].span.upper > timezone.now():
        raise ValidationError(_("Tuần này chưa học xong. Hết tiết cuối tuần rồi mới kí được."))


@transaction.atomic
def sign_weeks(*, by: Actor, units: Collection[Unit], monday: date) -> int:
    """The school signs a week of several classes at once; returns how many."""
    for unit in units:
        sign_week(by=by, unit=unit, monday=monday, remarks="", as_head=True)
    return len(units)


@transaction.atomic
def unlock_week(*, by: Actor, week: RegisterWeek, reason: str) -> None:
    """Open a signed week again, so that its lines can be corrected; who signed signs again."""
    if not reason.strip():
        raise ValidationError({"reason": _("Xin ghi lí do mở lại, để sau này ai xem cũng hiểu.")})
    week = RegisterWeek.objects.select_for_update().get(pk=week.pk)
    if not week.locked:
        return
    names = ("homeroom_id", "homeroom_at", "head_id", "head_at")
    before = {name: getattr(week, name) for name in names}
    for name in ("homeroom_at", "head_at"):
        before[name] = before[name].isoformat() if before[name] else None
    RegisterUnlock.objects.create(week=week, reason=reason.strip(), before=before, by_id=by.person_id)
    for name in names:
        setattr(week, name, None)
    week.save(update_fields=names)
    audit.record(by, "timetable.unlock_week", obj=week, detail={"reason": reason.strip()})
    realtime.publish(f"class:{week.unit_id}", "register")


@transaction.atomic
def remind(*, by: Actor, units: Collection[int] | None) -> int:
    """One notice to each teacher who has periods to sign (of these classes; None: of the school), once a day each."""
    link = url("register_sign")
    told = set(
        Receipt.objects.filter(notice__link=link, notice__sent_at__date=by.on).values_list("person_id", flat=True)
    )
    waiting = {who: count for who, count in by_teacher(unsigned(units=units)).items() if who not in told}
    if not waiting:
        raise ValidationError(_("Hôm nay thầy cô nào còn tiết chưa kí cũng đã được nhắc rồi."))
    for who, count in waiting.items():
        title = ngettext("Sổ đầu bài: còn %(num)s tiết chưa kí", "Sổ đầu bài: còn %(num)s tiết chưa kí", count)
        send_notice(
            by=by, title=title % {"num": count}, link=link, to=Audience.only(who),
            body=_("Môn có chương trình thì bài dạy đã điền sẵn; thầy cô xem lại rồi bấm kí từng tiết."),
        )  # fmt: skip
    audit.record(by, "timetable.remind_register", detail={"people": len(waiting)})
    return len(waiting)
