"""Reads of files brought in, and of the timetable that each is compared with."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from truongso.school.models import SchoolYear
from truongso.timetable.bringing.plan import Plan, make_plan
from truongso.timetable.bringing.said import unpack
from truongso.timetable.bringing.school import School, load
from truongso.timetable.bringing.standing import Standing
from truongso.timetable.models import TimetableFile, TimetableVersion, VersionState


def files() -> QuerySet[TimetableFile]:
    return TimetableFile.objects.select_related("by", "version").defer("reading")


def versions_of(year: SchoolYear) -> QuerySet[TimetableVersion]:
    """What a file may be compared with, the newest first."""
    return TimetableVersion.objects.filter(year=year).order_by("-pk")


def base_for(year: SchoolYear, first: date) -> TimetableVersion | None:
    """What to compare with when nobody says: the newest draft made since, else the timetable in force on that day."""
    on = TimetableVersion.objects.on(first).filter(year=year).first()
    draft = versions_of(year).filter(state=VersionState.DRAFT).first()
    return draft if draft and (on is None or draft.pk > on.pk) else on


def free_name(year: SchoolYear, wanted: str) -> str:
    """A name that the year has not yet: "Thời khoá biểu số 3", "Thời khoá biểu số 3 (2)"."""
    taken = set(TimetableVersion.objects.filter(year=year).values_list("name", flat=True))
    name, number = wanted[:70], 2
    while name in taken:
        name, number = f"{wanted[:70]} ({number})", number + 1
    return name


def standing_of(version: TimetableVersion | None) -> list[Standing]:
    """The entries of a version as a plan compares them: one query."""
    if version is None:
        return []
    entries = version.entries.select_related("unit", "subject", "part", "person", "room")
    return [
        Standing(
            (e.unit_id, e.weekday, e.shift, e.number), e.subject_id, e.part_id, e.label, e.person_id, e.room_id,
            ", ".join(filter(None, (
                e.label or (e.part.name if e.part else e.subject.short_name or e.subject.name), e.person.full_name if e.person else "",
                e.room.name if e.room else "",
            ))),
            e.unit.name, e.lesson,
        )
        for e in entries
    ]  # fmt: skip


def plan_for(file: TimetableFile) -> tuple[School, Plan]:
    """What taking this file would do today."""
    school = load(file.year, file.first)
    return school, make_plan(unpack(file.reading), school, standing_of(file.base), file.answers, keep=file.keep)
