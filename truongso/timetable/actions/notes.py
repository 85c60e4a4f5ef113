"""The family's absence note (đơn xin nghỉ): sent, seen, withdrawn; it excuses what the rolls already say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit, realtime
from truongso.lib import dates
from truongso.notify.actions import send_notice
from truongso.notify.audience import Audience
from truongso.people.actor import Actor
from truongso.people.models import Person, RoleAssignment
from truongso.people.roles import Role
from truongso.school.queries import in_charge
from truongso.timetable.actions.rolls import bump, change_of, lock_classes, refuse_acting
from truongso.timetable.models import AbsenceNote, MarkSource, Presence, RollChange, RollMark, RollSheet
from truongso.timetable.queries import absences, roll_page
from truongso.timetable.roll_rules import Mark, is_locked
from truongso.ui.jinja import url

LONGEST = 60  # days of one note
EARLIEST = 60  # days back


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it: how many marks it excused, how many were locked and stay."""

    note: AbsenceNote
    excused: int = 0
    locked: int = 0


@transaction.atomic
def send_note(
    *, by: Actor, child: Person, first: date, last: date, shift: str, reason: str, by_school: bool = False
) -> Sent:
    """Tell the school that a child is away. The same once more (a form sent twice) adds nothing."""
    refuse_acting(by)
    _check_days(by.on, first, last)
    units = _classes(child, first, last)
    lock_classes(units)
    days = DateRange(first, last + timedelta(days=1))
    same = AbsenceNote.objects.standing().filter(
        child=child, during=days, shift=shift, reason=reason, by_id=by.person_id
    )
    if (found := same.first()) is not None:
        return Sent(found)
    note = AbsenceNote.objects.create(
        child=child, by_id=by.person_id, by_school=by_school, during=days, shift=shift, reason=reason
    )
    if by_school:
        note.seen_by_id, note.seen_at = by.person_id, timezone.now()
    excused, locked = _rewrite(note, by, Presence.ABSENT, Presence.EXCUSED, _("đơn xin nghỉ"))
    note.after_lock = bool(locked) or _week_is_locked(units, last, by.on)
    note.save(update_fields=["seen_by_id", "seen_at", "after_lock"])
    audit.record(by, "timetable.send_absence_note", obj=note, for_person=child.pk)
    if not by_school:
        _tell(by, child, note, _("Đơn xin nghỉ: %(name)s"))
    return Sent(note, excused, locked)


def _check_days(today: date, first: date, last: date) -> None:
    if last < first:
        raise ValidationError({"last": _("Ngày cuối đứng trước ngày đầu. Xin xem lại.")})
    if (last - first).days >= LONGEST:
        raise ValidationError(
            {"last": _("Một đơn xin nghỉ được nhiều nhất 60 ngày. Nghỉ dài hơn, xin trao đổi với giáo viên chủ nhiệm.")}
        )
    if first < today - timedelta(days=EARLIEST):
        raise ValidationError({"first": _("Ngày này đã qua lâu. Xin trao đổi trực tiếp với giáo viên chủ nhiệm.")})
    if last > today + timedelta(days=366):
        raise ValidationError({"last": _("Ngày này còn xa quá. Xin xem lại năm.")})


def _classes(child: Person, first: date, last: date) -> list[int]:
    """The classes the child is in on those days; a refusal when there is none."""
    held = RoleAssignment.objects.filter(
        role=Role.PUPIL, person=child, during__overlap=(first, last + timedelta(days=1))
    )
    units = [unit for unit in held.values_list("unit_id", flat=True) if unit is not None]
    if not units:
        raise ValidationError({"first": _("Những ngày ấy em không học ở lớp nào của trường. Xin xem lại ngày.")})
    return units


def _week_is_locked(units: Iterable[int], day: date, today: date) -> bool:
    days = absences.policy_on(day).lock_days
    return all(is_locked(day, today, signed=roll_page.is_signed(u, day), lock_days=days) for u in units)


def _rewrite(note: AbsenceNote, by: Actor, before: Presence, after: Presence, why: str) -> tuple[int, int]:
    """(changed, locked): marks of the note's sessions that say `before`."""
    marks = RollMark.objects.filter(
        pupil=note.child_id, state=before, sheet__day__gte=note.first, sheet__day__lte=note.last
    ).select_related("sheet")
    if note.shift:
        marks = marks.filter(sheet__shift=note.shift)
    if after == Presence.ABSENT:
        marks = marks.filter(excuse=note)
    changed = locked = 0
    for mark in marks.order_by("sheet_id"):
        days = absences.policy_on(mark.sheet.day).lock_days
        signed = roll_page.is_signed(mark.sheet.unit_id, mark.sheet.day)
        if is_locked(mark.sheet.day, by.on, signed=signed, lock_days=days):
            locked += 1
            continue
        _change(mark, note, by, after, why)
        changed += 1
    return changed, locked


def _change(mark: RollMark, note: AbsenceNote, by: Actor, after: Presence, why: str) -> None:
    was = Mark(mark.state, mark.minutes, mark.note)
    sheet: RollSheet = mark.sheet
    RollChange.objects.bulk_create(
        [change_of(sheet, mark.pupil_id, was, Mark(after.value, None, mark.note), by=by, reason=why)]
    )
    excuses = after == Presence.EXCUSED
    mark.state, mark.excuse = after.value, note if excuses else None
    mark.source = MarkSource.NOTE.value if excuses else MarkSource.TEACHER.value
    mark.save(update_fields=["state", "excuse", "source"])
    bump(sheet)
    realtime.publish(f"class:{sheet.unit_id}", "periods")


def _tell(by: Actor, child: Person, note: AbsenceNote, title: str) -> None:
    """The homeroom teacher; the reason stays on the page, a notice may leave the school as a letter."""
    held = RoleAssignment.objects.on(by.on).filter(role=Role.PUPIL, person=child)
    unit = held.values_list("unit_id", flat=True).first()
    teacher = in_charge([unit], Role.HOMEROOM, by.on).get(unit) if unit else None
    if teacher is None or unit is None:
        return
    send_notice(
        by=by, title=title % {"name": child.full_name}, body=when(note), link=url("class_notes", unit),
        to=Audience.only(teacher.pk),
    )  # fmt: skip


def when(note: AbsenceNote) -> str:
    """ "sáng 24/11/2026", "24/11/2026 đến 26/11/2026" """
    days = dates.show(note.first)
    if note.last != note.first:
        days = _("%(first)s đến %(last)s") % {"first": days, "last": dates.show(note.last)}
    return f"{note.get_shift_display()} {days}" if note.shift else days


@transaction.atomic
def withdraw_note(*, by: Actor, note: AbsenceNote) -> int:
    """Take it back; what it excused is again without permission unless that is locked. Returns how many marks."""
    refuse_acting(by)
    lock_classes(_classes(note.child, note.first, note.last))
    note = AbsenceNote.objects.select_for_update().get(pk=note.pk)
    if note.withdrawn_at is not None:
        return 0
    note.withdrawn_at = timezone.now()
    note.save(update_fields=["withdrawn_at"])
    changed, _locked = _rewrite(note, by, Presence.EXCUSED, Presence.ABSENT, _("gia đình rút đơn"))
    audit.record(by, "timetable.withdraw_absence_note", obj=note, for_person=note.child_id)
    if not note.by_school:
        _tell(by, note.child, note, _("Gia đình rút đơn xin nghỉ: %(name)s"))
    return changed


@transaction.atomic
def note_seen(*, by: Actor, note: AbsenceNote) -> None:
    """The homeroom teacher has read it; the family sees that."""
    done = AbsenceNote.objects.filter(pk=note.pk, seen_at=None).update(seen_at=timezone.now(), seen_by_id=by.person_id)
    if done:
        audit.record(by, "timetable.see_absence_note", obj=note, for_person=note.child_id)
