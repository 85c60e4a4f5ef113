from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from truongso import audit
from truongso.people.actor import Actor
from truongso.timetable.models import AbsencePolicy


@transaction.atomic
def set_policy(*, by: Actor, policy: AbsencePolicy, first: date, **terms: Any) -> None:
    """From `first` on absences are counted so; sessions before keep the rule of their day."""
    now = AbsencePolicy.objects.select_for_update().get(pk=policy.pk)
    if not terms["warn_first"] <= terms["warn_second"] <= terms["limit"]:
        raise ValidationError({"warn_first": _("Mức nhắc lần đầu, lần hai phải tăng dần và không quá giới hạn.")})
    if first < now.during.lower or (now.during.upper and first >= now.during.upper):
        raise ValidationError({"first": _("Ngày áp dụng phải nằm trong thời gian của dòng này.")})
    if first == now.during.lower:
        for name, value in terms.items():
            setattr(now, name, value)
        now.save(update_fields=list(terms))
    else:
        until = now.during.upper
        now.during = DateRange(now.during.lower, first)
        now.save(update_fields=["during"])
        AbsencePolicy.objects.create(during=DateRange(first, until), **terms)
    audit.record(by, "timetable.set_absence_policy", obj=now)
