"""The form of teaching, for many periods at once: the head's decisions, and chosen periods of a class."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit, realtime
from truongso.lib import dates
from truongso.people.actor import Actor
from truongso.people.models import Unit
from truongso.timetable import words
from truongso.timetable.actions import telling
from truongso.timetable.models import ChangeKind, Mode, ModeDecision, Period, PeriodChange
from truongso.timetable.queries.modes import coming, due, last_day
from truongso.ui.jinja import url


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
    changed = _apply(by, made, lambda period: mode.value, document or reason)
    audit.record(by, "timetable.decide_mode", obj=made, detail={"mode": mode.value, "periods": len(changed)})
    number = f" ({words.document(document)})" if document else ""
    _tell(
        by, made, changed, _("%(mode)s %(days)s") % {"mode": _named(mode), "days": _days(made)} + number, reason.strip()
    )
    return made, len(changed)


@transaction.atomic
def withdraw_mode(*, by: Actor, decision: ModeDecision) -> int:
    """Take a decision back: its periods still to come follow what was decided otherwise or chosen for them before, else
    are held at school. What was chosen for single periods since stays."""
    decision = ModeDecision.objects.select_for_update().get(pk=decision.pk)
    if decision.withdrawn_at is not None:
        raise ValidationError(_("Quyết định này đã thôi áp dụng rồi."))
    decision.withdrawn_at = timezone.now()
    decision.save(update_fields=["withdrawn_at"])
    said = due(list(_scope(decision)), decision.during.lower, last_day(decision))
    changed = _apply(by, decision, lambda period: said[period.pk], _("thôi quyết định"))
    audit.record(by, "timetable.withdraw_mode", obj=decision, detail={"periods": len(changed)})
    title = _("Thôi áp dụng: %(mode)s %(days)s") % {"mode": _named(Mode(decision.mode)), "days": _days(decision)}
    _tell(by, decision, changed, title, _("Xin xem lại lịch học."))
    return len(changed)


@transaction.atomic
def set_modes(*, by: Actor, periods: Iterable[Period], mode: Mode, reason: str) -> int:
    """The form of chosen periods of one class, with one notice; those already begun or cancelled stay."""
    if not reason.strip():
        raise ValidationError({"reason": _("Xin ghi lí do, để sau này ai xem cũng hiểu.")})
    chosen = Period.objects.filter(pk__in=[p.pk for p in periods], span__startswith__gt=timezone.now(), state="planned")
    changed = _write(by, chosen, lambda period: mode.value, reason.strip())
    Period.objects.filter(pk__in=[p.pk for p in changed]).update(kept=True)
    if changed:
        unit = changed[0].unit.name
        title = _("%(unit)s: %(n)d tiết %(mode)s") % {"unit": unit, "n": len(changed), "mode": mode.label}
        body = "\n".join(f"{dates.show(p.day)}, {p.subject.name}" for p in sorted(changed, key=lambda p: p.span.lower))
        _send(by, changed, title, body, "")
    audit.record(by, "timetable.set_modes", detail={"mode": mode.value, "periods": [p.pk for p in changed]})
    return len(changed)


def _scope(decision: ModeDecision) -> QuerySet[Period]:
    units = [unit.pk for unit in decision.units.all()]
    return coming(
        first=decision.during.lower, last=last_day(decision), units=units, shift=decision.shift, now=timezone.now()
    )


def _apply(by: Actor, decision: ModeDecision, mode_of: Callable[[Period], str], reason: str) -> list[Period]:
    return _write(by, _scope(decision), mode_of, reason, decision=decision.pk)


def _write(
    by: Actor, periods: QuerySet[Period], mode_of: Callable[[Period], str], reason: str, **more: object
) -> list[Period]:
    """Give each its mode; those that have it already are left alone."""
    changed: list[tuple[Period, str]] = []
    rows = periods.select_related("unit", "subject").select_for_update(of=("self",), no_key=True).order_by("pk")
    for period in rows:
        mode = mode_of(period)
        if mode != period.mode:
            changed.append((period, period.mode))
            period.mode = mode
            period.version += 1
    for mode in {p.mode for p, _old in changed}:  # one statement a mode: bulk_update would take seconds for a school
        mine = Period.objects.filter(pk__in=[p.pk for p, _old in changed if p.mode == mode])
        mine.update(mode=mode, version=F("version") + 1)
    PeriodChange.objects.bulk_create(
        [
            PeriodChange(
                period=p, kind=ChangeKind.MODE, by_id=by.person_id, reason=reason[:200], before={"mode": old},
                after={"mode": p.mode, **more},
            )
            for p, old in changed
        ],
        batch_size=2000,
    )  # fmt: skip
    for unit_id in {p.unit_id for p, _old in changed}:
        realtime.publish(f"class:{unit_id}", "periods")
    return [p for p, _old in changed]


def _tell(by: Actor, decision: ModeDecision, changed: Sequence[Period], title: str, body: str) -> None:
    _send(by, changed, title, body, url("mode_decision", decision.pk))


def _send(by: Actor, changed: Sequence[Period], title: str, body: str, link: str) -> None:
    if changed:
        telling.send(
            by=by, title=title, body=body, link=link, units={p.unit_id for p in changed}, days={p.day for p in changed},
            teachers={p.person_id for p in changed},
        )  # fmt: skip


def _named(mode: Mode) -> str:
    label = str(mode.label)
    return label[:1].upper() + label[1:]


def _days(decision: ModeDecision) -> str:
    first, last = decision.during.lower, last_day(decision)
    if first == last:
        return _("ngày %(day)s") % {"day": dates.show(first)}
    return _("từ %(first)s đến %(last)s") % {"first": dates.show(first), "last": dates.show(last)}
