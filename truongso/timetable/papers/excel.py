"""A timetable as .xlsx: the sheets that schools pin up, and one plain list for other programs.

The sheets of the half-days are what our own import reads: a file that comes back says "the same" of every lesson.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from truongso.lib import dates
from truongso.lib.dates import WEEKDAYS
from truongso.lib.sheets import Column, Table, Value, workbook
from truongso.school.models import Shift
from truongso.timetable.models import Entry
from truongso.timetable.papers.sheets import Sheets, subject_of


def version_xlsx(found: Sheets) -> bytes:
    return workbook(*(_half_day(found, shift) for shift in found.shifts()), _by_teacher(found), _list(found))


def _half_day(found: Sheets, shift: str) -> Table:
    columns = [Column(_("Thứ"), 10), Column(_("Tiết"), 6), *(Column(c.unit.name, 14, wrap=True) for c in found.classes)]
    rows: list[list[Value]] = [
        [
            WEEKDAYS[day - 1], number,
            *(_cell(found, found.by_class[c.unit_id].get((day, shift, number))) for c in found.classes),
        ]
        for day in found.days
        for number in found.numbers(shift)
    ]  # fmt: skip
    return Table(_("Buổi %(shift)s") % {"shift": Shift(shift).label}, columns, rows, _title(found))


def _cell(found: Sheets, entry: Entry | None) -> str:
    if entry is None:
        return ""
    who = found.names.get(entry.person_id or 0, "")
    return f"{subject_of(entry)} - {who}" if who else subject_of(entry)


def _by_teacher(found: Sheets) -> Table:
    slots = [(d, s, n) for d in found.days for s in found.shifts() for n in found.numbers(s)]
    columns = [Column(_("Thứ"), 10), Column(_("Buổi"), 8), Column(_("Tiết"), 6)]
    columns += [Column(p.full_name, 16, wrap=True) for p in found.teachers]
    rows: list[list[Value]] = [
        [
            WEEKDAYS[slot[0] - 1], str(Shift(slot[1]).label), slot[2],
            *(_classes(found.by_teacher[p.pk].get(slot, [])) for p in found.teachers),
        ]
        for slot in slots
    ]  # fmt: skip
    return Table(_("Giáo viên"), columns, rows, _title(found))


def _classes(entries: list[Entry]) -> str:
    return f"{subject_of(entries[0])} {', '.join(e.unit.name for e in entries)}" if entries else ""


def _list(found: Sheets) -> Table:
    columns = [
        Column(_("Lớp"), 8), Column(_("Thứ"), 10), Column(_("Buổi"), 8), Column(_("Tiết"), 6), Column(_("Giờ"), 14),
        Column(_("Môn"), 22), Column(_("Phân môn"), 14), Column(_("Giáo viên"), 26), Column(_("Phòng"), 12),
        Column(_("Ghi chú"), 16),
    ]  # fmt: skip
    rows: list[list[Value]] = []
    for c in found.classes:
        for (day, shift, number), e in sorted(found.by_class[c.unit_id].items(), key=_in_order):
            bell = found.bell(c.campus_id, shift, number)
            hours = f"{bell[0]:%H:%M} - {bell[1]:%H:%M}" if bell else ""
            rows.append([
                c.unit.name, WEEKDAYS[day - 1], str(Shift(shift).label), number, hours, e.subject.name,
                e.part.name if e.part else "", e.person.full_name if e.person else "", e.room.name if e.room else "", e.label,
            ])  # fmt: skip
    return Table(_("Danh sách"), columns, rows)


def _in_order(cell: tuple[tuple[int, str, int], Entry]) -> tuple[int, str, int]:
    return cell[0]  # "am" stands before "pm"


def _title(found: Sheets) -> str:
    return _("Thời khoá biểu %(name)s, áp dụng từ %(day)s") % {
        "name": found.version.name, "day": dates.show(found.version.during.lower),
    }  # fmt: skip
