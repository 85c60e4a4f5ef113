from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from truongso import audit
from truongso.people.actor import Actor
from truongso.school.models import ManagingBody, SchoolProfile
from truongso.school.queries import forget


@transaction.atomic
def save_profile(*, by: Actor | None, **fields: str) -> SchoolProfile:
    """Enter or change the school's own data."""
    profile, _new = SchoolProfile.objects.update_or_create(only=True, defaults=fields)
    audit.record(by, "school.save_profile", obj=profile)
    transaction.on_commit(forget)
    forget()
    return profile


@transaction.atomic
def set_managing_body(*, by: Actor | None, name: str, first: date) -> ManagingBody:
    """From this day the school is governed by `name`; whoever governed it then did so until the day before."""
    present = ManagingBody.objects.select_for_update().filter(during__contains=first).first()
    if present is not None and present.during.lower == first:
        raise ValidationError({"first": _("Ngày này đã có cơ quan chủ quản bắt đầu. Xin sửa dòng ấy.")})
    until = present.during.upper if present else _next_start(first)
    if present is not None:
        present.during = DateRange(present.during.lower, first)
        present.save(update_fields=["during"])
    made = ManagingBody.objects.create(name=name, during=DateRange(first, until))
    audit.record(by, "school.set_managing_body", obj=made)
    return made


def _next_start(day: date) -> date | None:
    later = ManagingBody.objects.filter(during__startswith__gt=day).order_by("during").first()
    return later.during.lower if later else None
