from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from truongso import audit
from truongso.people.actor import Actor
from truongso.school.access import insist
from truongso.school.models import ManagingBody, SchoolProfile
from truongso.school.queries import forget


@transaction.atomic
def save_profile(*, by: Actor | None, **fields: str) -> SchoolProfile:
    """Enter or change the school's own data."""
    insist(by, "profile")
    profile, _new = SchoolProfile.objects.update_or_create(only=True, defaults=fields)
    audit.record(by, "school.save_profile", obj=profile)
    transaction.on_commit(forget)
    forget()
    return profile


@transaction.atomic
def set_managing_body(*, by: Actor | None, name: str, first: date) -> ManagingBody:
    """From this day the school is governed by `name`; whoever governed it then did so until the day before."""
    insist(by, "profile")
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


@transaction.atomic
def change_managing_body(*, by: Actor | None, body: ManagingBody, name: str, first: date) -> None:
    """Correct a line: its name, or the day it begins; the line before it ends the day before."""
    insist(by, "profile")
    until = body.during.upper
    if until is not None and first >= until:
        raise ValidationError({"first": _("Ngày bắt đầu phải trước ngày cơ quan sau đó nhận trường.")})
    before = ManagingBody.objects.filter(during__endswith=body.during.lower).select_for_update().first()
    if before is not None:
        if first <= before.during.lower:
            raise ValidationError({"first": _("Ngày này đứng trước cả ngày của cơ quan trước đó. Xin xem lại.")})
        # Meanwhile short enough for both orders, since the table refuses an overlap at any moment.
        before.during = DateRange(before.during.lower, min(first, body.during.lower))
        before.save(update_fields=["during"])
    body.name, body.during = name, DateRange(first, until)
    body.save(update_fields=["name", "during"])
    if before is not None and before.during.upper != first:
        before.during = DateRange(before.during.lower, first)
        before.save(update_fields=["during"])
    audit.record(by, "school.change_managing_body", obj=body)


@transaction.atomic
def remove_managing_body(*, by: Actor | None, body: ManagingBody) -> None:
    """Take back a line that was entered by mistake; the line before it holds on in its place."""
    insist(by, "profile")
    audit.record(by, "school.remove_managing_body", obj=body, detail={"name": body.name})
    before = ManagingBody.objects.filter(during__endswith=body.during.lower).select_for_update().first()
    until = body.during.upper
    body.delete()
    if before is not None:
        before.during = DateRange(before.during.lower, until)
        before.save(update_fields=["during"])


@transaction.atomic
def record_step(*, by: Actor | None, step: str, state: str) -> None:
    """How far the first-run wizard is: `state` is "done" or "skipped"."""
    insist(by, "profile")
    profile = SchoolProfile.objects.select_for_update().first() or SchoolProfile(name="")
    profile.setup = {**profile.setup, step: state}
    profile.save()
    audit.record(by, "school.setup_step", obj=profile, detail={"step": step, "state": state})
    transaction.on_commit(forget)
    forget()
