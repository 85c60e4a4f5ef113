"""Signing the class register: its lines by teachers, its weeks by the homeroom teacher and the school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit, realtime
from truongso.curriculum.models import Lesson
from truongso.curriculum.queries import lessons_in_order
from truongso.people.actor import Actor
from truongso.timetable import layout
from truongso.timetable.models import (
    ChangeKind,
    Period,
    PeriodState,
    RegisterChange,
    RegisterNote,
    RegisterScale,
    RegisterWeek,
    SignedAs,
)


@dataclass(frozen=True, slots=True)
class Line:
    """What a teacher writes of a period. `lesson` None: off the programme, `content` says what was done."""

    lesson: Lesson | None
    content: str
    remarks: str = ""
    rating: str = ""
    homework: str = ""
    homework_due: date | None = None


class SignedMeanwhile(ValidationError):
    """Somebody else signed or corrected the line after this page was opened; nothing was written."""

    def __init__(self, note: RegisterNote) -> None:
        super().__init__(
            _("Tiết này vừa được kí ở nơi khác. Xin so với bản đang có rồi kí lại; những gì vừa ghi vẫn còn dưới đây.")
        )
        self.note = note


@transaction.atomic
def sign_note(*, by: Actor, period: Period, line: Line, version: int) -> RegisterNote:
    """Sign the line of a period that has begun, or correct it while the week is open. `version` is the one that the writer
    saw, 0 for an empty line; the same words by the same person once more (a form sent twice) change nothing.

    Raises SignedMeanwhile, ValidationError.
    """
    period = Period.objects.select_for_update(no_key=True).get(pk=period.pk)
    note = RegisterNote.objects.filter(period=period).first()
    values = _values(period, line)
    if note is not None:
        if note.signed_by_id == by.person_id and all(getattr(note, k) == v for k, v in values.items()):
            return note
        if note.version != version:
            raise SignedMeanwhile(note)
    _insist_open(period, new=note is None)
    signature = {"signed_by_id": by.person_id, "signed_as": signed_as(by, period), "signed_at": timezone.now()}
    if note is None:
        note = RegisterNote.objects.create(period=period, **values, **signature)
    else:
        RegisterChange.objects.create(note=note, before=_before(note), by_id=by.person_id)
        for name, value in (values | signature | {"version": note.version + 1}).items():
            setattr(note, name, value)
        note.save()
    Period.objects.filter(pk=period.pk).update(kept=True)
    audit.record(by, "timetable.sign_register", obj=note, detail={"version": note.version})
    realtime.publish(f"class:{period.unit_id}", "periods")
    return note


def signed_as(by: Actor, period: Period) -> SignedAs:
    if period.person_id == by.person_id:
        stands_in = period.changes.filter(kind=ChangeKind.SUBSTITUTED, after__person_id=by.person_id).exists()
        return SignedAs.SUBSTITUTE if stands_in else SignedAs.TEACHER
    teaching = period.unit.teaching.on(period.day)
    return (
        SignedAs.TEACHER
        if teaching.filter(subject=period.subject_id, person=by.person_id).exists()
        else SignedAs.LEADER
    )


def _values(period: Period, line: Line) -> dict[str, Any]:
    lesson = line.lesson
    made: dict[str, Any] = {
        "lesson": lesson, "ordinal": None, "lesson_text": line.content.strip(), "content": "", "remarks": line.remarks.strip(),
        "rating": line.rating, "homework": line.homework.strip(),
        "homework_due": line.homework_due if line.homework.strip() else None,
    }  # fmt: skip
    if lesson is None:
        if not made["lesson_text"]:
            raise ValidationError({"content": _("Xin ghi nội dung đã dạy.")})
        return made
    before = RegisterNote.objects.filter(
        lesson=lesson, period__unit=period.unit_id, period__span__startswith__lt=period.span.lower
    )
    nth = before.exclude(period=period).count() + 1
    placed = next((p for p in lessons_in_order(lesson.topic.programme) if p.lesson.pk == lesson.pk), None)
    made["ordinal"] = min(placed.first + nth - 1, placed.last) if placed else None
    made["lesson_text"] = f"{lesson.title} ({_('tiết %(n)d') % {'n': nth}})" if lesson.periods > 1 else lesson.title
    made["content"] = line.content.strip()
    return made


def _before(note: RegisterNote) -> dict[str, Any]:
    names = (
        "lesson_id",
        "ordinal",
        "lesson_text",
        "content",
        "remarks",
        "rating",
        "homework",
        "signed_by_id",
        "signed_as",
    )
    due = note.homework_due.isoformat() if note.homework_due else None
    return {name: getattr(note, name) for name in names} | {
        "homework_due": due,
        "signed_at": note.signed_at.isoformat(),
    }


def _insist_open(period: Period, *, new: bool) -> None:
    if period.state != PeriodState.PLANNED:
        raise ValidationError(_("Tiết này đã cho nghỉ nên không kí sổ."))
    if period.span.lower > timezone.now():
        raise ValidationError(_("Tiết này chưa đến giờ. Vào tiết rồi thầy cô mới kí được."))
    week = RegisterWeek.objects.select_for_update(no_key=True)
    found = week.filter(unit=period.unit_id, monday=layout.monday(period.day)).first()
    if found is not None and (found.head_at is not None or (found.locked and not new)):
        raise ValidationError(_("Sổ tuần này đã kí khoá. Cần sửa, xin báo ban giám hiệu mở lại tuần."))


@transaction.atomic
def save_scale(*, by: Actor, ratings: Sequence[str]) -> RegisterScale:
    """The ratings that teachers choose from, best first; what was signed keeps its own."""
    made, _new = RegisterScale.objects.update_or_create(only=True, defaults={"ratings": list(ratings)})
    audit.record(by, "timetable.save_scale", obj=made, detail={"ratings": list(ratings)})
    return made
