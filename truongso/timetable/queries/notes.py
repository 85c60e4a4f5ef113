"""Reads of absence notes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import F

from truongso.people.models import RoleAssignment
from truongso.people.roles import Role
from truongso.roster import queries as roster
from truongso.timetable.models import AbsenceNote

SHOWN = 60


def of_children(children: Collection[int]) -> list[AbsenceNote]:
    return list(AbsenceNote.objects.filter(child__in=children).select_related("child", "by")[:SHOWN])


def of_class(unit_id: int, day: date) -> list[AbsenceNote]:
    """Those not read first, then the newest; withdrawn ones last."""
    pupils = RoleAssignment.objects.on(day).filter(role=Role.PUPIL, unit=unit_id).values("person_id")
    found = AbsenceNote.objects.filter(child__in=pupils).select_related("child", "by")
    return list(
        found.order_by(F("withdrawn_at").desc(nulls_first=True), F("seen_at").desc(nulls_first=True), "-pk")[:SHOWN]
    )


def class_of(note: AbsenceNote, day: date) -> int | None:
    return roster.class_of(note.child_id, day)
