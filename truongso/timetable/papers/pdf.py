"""A timetable on paper: a week a page for a class or a teacher (A4), the whole school on A3."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from truongso.documents.pdf import render_typst
from truongso.documents.qr import qr_svg
from truongso.lib import dates
from truongso.lib.dates import WEEKDAYS
from truongso.people.models import Person
from truongso.school import queries as school
from truongso.school.models import SchoolClass, Shift
from truongso.timetable.models import Entry
from truongso.timetable.papers.sheets import Sheets, Slot, subject_of

TYPST = Path(__file__).parent.parent / "typst"
COLUMNS_ON_A3 = 24  # narrower ones cannot be read from a step away


def classes_pdf(found: Sheets, classes: Sequence[SchoolClass], *, address: str, day: date) -> bytes:
    """A page a class. `address` stands before the path in the QR, as phones reach the school."""
    pages = [
        _page(
            found,
            _("lớp %(name)s") % {"name": c.unit.name},
            {slot: _in_class(e, _only_room(found, c)) for slot, e in found.by_class[c.unit_id].items()},
            c.campus_id,
            link=f"{address}/t/{c.unit_id}/",
            about=_("phòng %(room)s") % {"room": _only_room(found, c)} if _only_room(found, c) else "",
        )
        for c in classes
    ]
    return render_typst(TYPST / "week.typ", _frame(found, day) | {"pages": pages})


def teachers_pdf(found: Sheets, teachers: Sequence[Person], *, address: str, day: date) -> bytes:
    """A page a teacher; times by the bells of the campus of each one's first class."""
    campus = {c.unit_id: c.campus_id for c in found.classes}
    pages = []
    for p in teachers:
        mine = found.by_teacher[p.pk]
        first = next(iter(mine.values()), [None])[0]
        pages.append(
            _page(
                found,
                p.full_name,
                {slot: _at_teacher(entries) for slot, entries in mine.items()},
                campus.get(first.unit_id) if first else None,
                link=f"{address}/t/",
                about=_("%(count)s tiết mỗi tuần") % {"count": len(mine)},
            )
        )
    return render_typst(TYPST / "week.typ", _frame(found, day) | {"pages": pages})


def school_pdf(found: Sheets, day: date) -> bytes:
    """The whole school, a sheet of A3 a half-day; as many sheets as the classes need."""
    sheets = []
    for shift in found.shifts():
        classes = [c for c in found.classes if any(s == shift for _d, s, _n in found.by_class[c.unit_id])]
        for part in _even(classes, COLUMNS_ON_A3):
            numbers = list(found.numbers(shift))
            sheets.append({
                "shift": _("Buổi %(shift)s") % {"shift": Shift(shift).label},
                "classes": [c.unit.name for c in part],
                "numbers": numbers,
                "days": [
                    {
                        "name": WEEKDAYS[d - 1],
                        "rows": [
                            [_in_school(found, found.by_class[c.unit_id].get((d, shift, n))) for c in part] for n in numbers
                        ],
                    }
                    for d in found.days
                ],
            })  # fmt: skip
    return render_typst(TYPST / "school.typ", _frame(found, day) | {"sheets": sheets})


def _even(classes: Sequence[SchoolClass], most: int) -> list[Sequence[SchoolClass]]:
    """Cut into parts of nearly one size, so that no sheet holds a single column."""
    if not classes:
        return []
    parts = -(-len(classes) // most)
    size = -(-len(classes) // parts)
    return [classes[at : at + size] for at in range(0, len(classes), size)]


def _frame(found: Sheets, day: date) -> dict[str, Any]:
    profile, lower = school.profile(), found.version.during.lower
    return {
        "school": profile.name or "Trường Số",
        "parent": school.managing_body(day),
        "title": _("Thời khoá biểu"),
        "year": _("Năm học %(year)s") % {"year": found.version.year.name},
        "version": found.version.name,
        "since": _("Áp dụng từ %(day)s") % {"day": dates.show(lower)},
        "printed": _("In ngày %(day)s") % {"day": dates.show(day)},
        "draft": "" if found.version.published_at else _("Bản nháp, chưa áp dụng"),
        "words": {
            "number": _("Tiết"),
            "day": _("Thứ"),
            "scan": _("Quét mã để xem lịch tuần này, cả những tiết vừa đổi."),
        },
    }


def _page(
    found: Sheets, heading: str, cells: Mapping[Slot, list[str]], campus_id: int | None, *, link: str, about: str = ""
) -> dict[str, Any]:
    days = found.days
    blocks = []
    for shift in found.shifts(cells):
        rows = []
        for number in found.numbers(shift):
            bell = found.bell(campus_id, shift, number)
            rows.append({
                "number": number,
                "hours": f"{bell[0]:%H:%M} - {bell[1]:%H:%M}" if bell else "",
                "cells": [cells.get((day, shift, number), []) for day in days],
            })  # fmt: skip
        blocks.append({"shift": _("Buổi %(shift)s") % {"shift": Shift(shift).label}, "rows": rows})
    return {
        "heading": heading, "about": about, "days": [WEEKDAYS[d - 1] for d in days], "blocks": blocks, "qr": qr_svg(link),
    }  # fmt: skip


def _only_room(found: Sheets, of: SchoolClass) -> str:
    """The room of every lesson of the class: said once above instead of in each cell; empty when they differ."""
    rooms = {e.room.name if e.room else "" for e in found.by_class[of.unit_id].values()}
    return rooms.pop() if len(rooms) == 1 else ""


def _in_class(entry: Entry, known_room: str) -> list[str]:
    """Subject first, then who and where in small."""
    who = entry.person.full_name if entry.person else ""
    return [subject_of(entry), who, entry.room.name if entry.room and entry.room.name != known_room else ""]


def _at_teacher(entries: Sequence[Entry]) -> list[str]:
    first = entries[0]
    return [", ".join(e.unit.name for e in entries), subject_of(first), first.room.name if first.room else ""]


def _in_school(found: Sheets, entry: Entry | None) -> list[str]:
    return [subject_of(entry), found.names.get(entry.person_id or 0, "")] if entry else []
