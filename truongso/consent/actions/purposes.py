from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from truongso import audit
from truongso.consent.models import Purpose, PurposeVersion
from truongso.lib import vi
from truongso.people.actor import Actor


@transaction.atomic
def save_version(
    *, by: Actor, purpose: Purpose | None, first: date, needs_follow_up: bool, **words: Any
) -> PurposeVersion:
    """The next words of a purpose, from a day on: everybody is asked again. Without a purpose, a new one begins.

    `words`: title, text, which_data, kept, discloses. What was asked before stays as it was. Raises ValidationError.
    """
    if first < by.on:
        raise ValidationError(
            {"first": _("Bản mới áp dụng từ hôm nay trở đi, để câu trả lời cũ vẫn đúng với điều đã hỏi.")}
        )
    if purpose is None:
        code = slugify(vi.fold(words["title"]))[:30] or "muc"
        if Purpose.objects.filter(code=code).exists():
            raise ValidationError({"title": _("Đã có mục gần trùng tên. Xin đặt tên khác, hoặc sửa mục ấy.")})
        order = (Purpose.objects.aggregate(n=Max("order"))["n"] or 0) + 10
        purpose = Purpose.objects.create(code=code, order=order, needs_follow_up=needs_follow_up)
    else:
        purpose = Purpose.objects.select_for_update().get(pk=purpose.pk)
        Purpose.objects.filter(pk=purpose.pk).update(needs_follow_up=needs_follow_up)
    last = purpose.versions.order_by("-number").first()
    if last is not None:
        if first <= last.during.lower:
            raise ValidationError({"first": _("Bản trước áp dụng từ ngày ấy hoặc sau đó. Xin chọn ngày muộn hơn.")})
        last.during = DateRange(last.during.lower, first)
        last.save(update_fields=["during"])
    made = PurposeVersion.objects.create(
        purpose=purpose, number=(last.number if last else 0) + 1, during=DateRange(first, None), **words
    )
    audit.record(by, "consent.save_version", obj=made, detail={"purpose": purpose.code, "number": made.number})
    return made


@transaction.atomic
def set_active(*, by: Actor, purpose: Purpose, active: bool) -> None:
    """Ask for a purpose, or ask no longer: then nothing is allowed for it."""
    Purpose.objects.filter(pk=purpose.pk).update(active=active)
    audit.record(by, "consent.set_active", obj=purpose, detail={"active": active})
