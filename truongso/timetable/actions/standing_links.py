"""Links that a class uses for a subject for long."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit, realtime
from truongso.people.actor import Actor
from truongso.people.models import Unit
from truongso.school.models import Subject
from truongso.timetable.link_kinds import Recognised
from truongso.timetable.models import LinkKind, PeriodLink, StandingLink, new_token

_COPIED = ("kind", "url", "title", "watch_for", "by_id", "checked_at", "broken", "told_at")


def _changed(by: Actor, verb: str, standing: StandingLink) -> None:
    audit.record(by, f"timetable.{verb}", obj=standing, detail={"unit": standing.unit_id, "kind": standing.kind})
    realtime.publish(f"class:{standing.unit_id}", "periods")


def _twice(kind: str) -> ValidationError:
    tool = LinkKind(kind).label
    return ValidationError(
        {"address": _("Lớp đã có một đường dẫn %(tool)s cho môn này. Xin sửa đường dẫn ấy.") % {"tool": tool}}
    )


@transaction.atomic
def put_standing(
    *, by: Actor, unit: Unit, subject: Subject | None, found: Recognised, title: str = "", watch_for: str = "",
    until: date | None = None,
) -> StandingLink:  # fmt: skip
    """The link of this kind for a class and subject from now on; one that stands is corrected and keeps its address."""
    _no_video(found)
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    there = StandingLink.objects.filter(unit=unit, subject=subject, kind=found.kind, removed_at=None).first()
    if there:
        return edit_standing(by=by, standing=there, found=found, title=title, watch_for=watch_for, until=until)
    made = StandingLink.objects.create(
        unit=unit, subject=subject, kind=found.kind, url=found.url, title=title or str(found.title)[:120],
        watch_for=watch_for, until=until, token=new_token(), by_id=by.person_id,
    )  # fmt: skip
    _changed(by, "add_standing", made)
    return made


@transaction.atomic
def edit_standing(
    *, by: Actor, standing: StandingLink, found: Recognised, title: str, watch_for: str, until: date | None
) -> StandingLink:
    """Correct it, also in the periods still to come that were already opened by it."""
    _no_video(found)
    now = StandingLink.objects.select_for_update(no_key=True).get(pk=standing.pk)
    same = StandingLink.objects.filter(unit=now.unit_id, subject=now.subject_id, kind=found.kind, removed_at=None)
    if same.exclude(pk=now.pk).exists():
        raise _twice(found.kind)
    changes: dict[str, Any] = {
        "kind": found.kind, "title": title or str(found.title)[:120], "watch_for": watch_for, "until": until,
        "by_id": by.person_id,
    }  # fmt: skip
    if found.url != now.url:
        changes |= {"url": found.url, "checked_at": None, "broken": "", "told_at": None}
    for name, value in changes.items():
        setattr(now, name, value)
    now.save(update_fields=list(changes))
    coming = PeriodLink.objects.filter(standing=now, period__span__startswith__gt=timezone.now())
    coming.update(**{name: getattr(now, name) for name in _COPIED})
    _changed(by, "edit_standing", now)
    return now


@transaction.atomic
def remove_standing(*, by: Actor, standing: StandingLink) -> None:
    """Not offered any more, from the periods still to come on."""
    now = timezone.now()
    if StandingLink.objects.filter(pk=standing.pk, removed_at=None).update(removed_at=now):
        PeriodLink.objects.filter(standing=standing, removed_at=None, period__span__startswith__gt=now).update(
            removed_at=now
        )
        _changed(by, "remove_standing", standing)


@transaction.atomic
def restore_standing(*, by: Actor, standing: StandingLink) -> None:
    """Bring it back. Raises ValidationError when another of its kind stands there now."""
    Unit.objects.select_for_update(no_key=True).get(pk=standing.unit_id)
    now = StandingLink.objects.get(pk=standing.pk)
    if now.removed_at is None:
        return
    same = StandingLink.objects.filter(unit=now.unit_id, subject=now.subject_id, kind=now.kind, removed_at=None)
    if same.exists():
        raise _twice(now.kind)
    StandingLink.objects.filter(pk=now.pk).update(removed_at=None)
    PeriodLink.objects.filter(standing=now, removed_at=now.removed_at).update(removed_at=None)
    _changed(by, "restore_standing", now)


def _no_video(found: Recognised) -> None:
    if found.kind == LinkKind.VIDEO:
        raise ValidationError(
            {
                "address": _(
                    "Video là của từng tiết. Dùng lâu dài thì xin dán đường dẫn phòng họp, nhóm lớp hay trang của lớp."
                )
            }
        )
