"""The week of a class's register on paper, in the columns of the printed book (A4 landscape), and as a sheet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from truongso.documents.pdf import render_typst
from truongso.lib import dates
from truongso.lib.sheets import Column, Table
from truongso.roster.teaching import short
from truongso.school.queries import managing_body, profile
from truongso.timetable.models import PeriodState, SignedAs
from truongso.timetable.queries.register_week import Row, WeekSheet
from truongso.ui.jinja import weekday

TEMPLATE = Path(__file__).parent / "typst" / "register.typ"


def week_pdf(sheet: WeekSheet) -> bytes:
    """The book is kept by the school in its own language, whatever the reader's page speaks."""
    with override("vi"):
        return render_typst(TEMPLATE, _data(sheet), archival=True)


def _data(sheet: WeekSheet) -> dict[str, Any]:
    school, signed = profile(), sheet.signed
    return {
        "above": managing_body(sheet.monday).upper(), "school": school.name.upper(), "place": school.place,
        "class": sheet.unit.name, "number": str(sheet.week.number) if sheet.week else "",
        "year": sheet.week.year.name if sheet.week else sheet.unit.school_year,
        "first": dates.show(sheet.monday), "last": dates.show(sheet.last_day),
        "days": [
            {"day": weekday(day), "date": f"{day.day:02d}/{day.month:02d}", "rows": [_row(row) for row in rows]}
            for day, rows in sheet.days
        ],
        "ratings": [f"{rating}: {count}" for rating, count in sheet.ratings],
        "held": sum(row.note is not None for row in sheet.rows), "gaps": len(sheet.gaps),
        "excused": sheet.away(excused=True), "unexcused": sheet.away(excused=False),
        "homeroom": _signature(sheet.homeroom, signed.homeroom_at if signed else None, signed.remarks if signed else ""),
        "head": _signature(sheet.head, signed.head_at if signed else None, signed.head_remarks if signed else ""),
    }  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    period, note = row.period, row.note
    return {
        "shift": period.get_shift_display(), "number": str(period.number), "subject": row.short_subject,
        "ordinal": str(note.ordinal) if note and note.ordinal else "",
        "text": _("Nghỉ: %(why)s") % {"why": row.why_not} if period.state == PeriodState.CANCELLED else row.text,
        "homework": note.homework if note else "", "absent": row.away, "remarks": note.remarks if note else "",
        "rating": note.rating if note else "", "signer": short(row.signer) if row.signer else "",
        "as": note.get_signed_as_display() if note and note.signed_as != SignedAs.TEACHER else "",
        "at": _clock(note.signed_at) if note else "", "gap": row.gap,
    }  # fmt: skip


def _clock(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{dates.show_time(local)} {local.day:02d}/{local.month:02d}"


def _signature(name: str, at: datetime | None, remarks: str) -> dict[str, str]:
    when = timezone.localtime(at) if at else None
    shown = f"{dates.show_time(when)}, {dates.show(when.date())}" if when else ""
    return {"name": name, "at": shown, "remarks": remarks}


def table(sheet: WeekSheet) -> Table:
    columns = [
        Column(_("Thứ, ngày"), 20), Column(_("Buổi"), 8), Column(_("Tiết"), 6), Column(_("Môn"), 20), Column(_("Tiết PPCT"), 8),
        Column(_("Tên bài, nội dung"), 48, wrap=True), Column(_("Học sinh vắng"), 26, wrap=True),
        Column(_("Nhận xét"), 34, wrap=True), Column(_("Xếp loại"), 10), Column(_("Bài về nhà"), 30, wrap=True),
        Column(_("Giáo viên kí"), 24), Column(_("Kí với tư cách"), 18), Column(_("Lúc"), 18),
    ]  # fmt: skip
    rows = [
        (
            f"{weekday(day)}, {dates.show(day)}", row.period.get_shift_display(), row.period.number, row.subject,
            row.note.ordinal if row.note and row.note.ordinal else "",
            _("Nghỉ: %(why)s") % {"why": row.why_not} if row.period.state == PeriodState.CANCELLED else row.text,
            row.away, row.note.remarks if row.note else "", row.note.rating if row.note else "",
            row.note.homework if row.note else "", row.signer or (_("chưa kí") if row.gap else ""),
            row.note.get_signed_as_display() if row.note else "",
            f"{_clock(row.note.signed_at)}/{row.note.signed_at.year}" if row.note else "",
        )
        for day, rows in sheet.days
        for row in rows
    ]  # fmt: skip
    week = _("tuần %(n)d") % {"n": sheet.week.number} if sheet.week else ""
    title = f"{_('Sổ ghi đầu bài')} {sheet.unit.name}, {week} ({dates.show(sheet.monday)}–{dates.show(sheet.last_day)})"
    return Table(_("Sổ ghi đầu bài"), columns, rows, title)
