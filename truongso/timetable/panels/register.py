"""Sổ đầu bài: the line of the period, to write for who teaches it, to read for the class's teachers and the leaders."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from truongso.people.actor import Actor
from truongso.timetable import layout, rules
from truongso.timetable.forms.register import NoteForm, lessons_for
from truongso.timetable.models import Period, PeriodState, RegisterNote, RegisterWeek
from truongso.timetable.queries.absent import absent_from
from truongso.timetable.queries.register import next_lesson
from truongso.timetable.queries.register_week import names, scale
from truongso.timetable.rules import PeriodTies


def panel(actor: Actor, period: Period, mine: PeriodTies) -> dict[str, Any] | None:
    """None: not for this person."""
    if not rules.may_read_register(actor, mine):
        return None
    note = RegisterNote.objects.prefetch_related("changes").filter(period=period).first()
    why = closed(period, note)
    may = bool(rules.may_teach(actor, mine))
    changes = list(note.changes.all()) if note else []
    people = [
        note.signed_by_id if note else None,
        *(c.by_id for c in changes),
        *(c.before["signed_by_id"] for c in changes),
    ]
    return {
        "note": note, "may": may, "why": why, "names": names(people), "changes": changes,
        "absent": absent_from([period])[period.pk], "me": actor.person_id,
        "form": form_for(period, note) if may and not why else None,
    }  # fmt: skip


def form_for(period: Period, note: RegisterNote | None, data: Any = None, auto_id: str = "id_%s") -> NoteForm:
    proposed = next_lesson(period.unit_id, period.subject_id, period.part_id, period) if note is None else None
    return NoteForm(
        data, auto_id=auto_id, period=period, lessons=lessons_for(period), ratings=scale(), note=note, proposed=proposed
    )


def closed(period: Period, note: RegisterNote | None) -> str:
    """Why the line cannot be written now; empty when it can."""
    if period.state != PeriodState.PLANNED:
        return _("Tiết này đã cho nghỉ.")
    if period.span.lower > timezone.now():
        return _("Vào tiết rồi thầy cô mới kí được.")
    week = RegisterWeek.objects.filter(unit=period.unit_id, monday=layout.monday(period.day)).first()
    if week is not None and (week.head_at is not None or (week.locked and note is not None)):
        return _("Sổ tuần này đã kí khoá. Cần sửa, xin báo ban giám hiệu mở lại tuần.")
    return ""
