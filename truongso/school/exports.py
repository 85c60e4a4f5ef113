"""Each table of the structure as a sheet of Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from truongso.lib.sheets import Column, Table
from truongso.people.roles import Role
from truongso.school import queries
from truongso.school.models import BellPeriod, SchoolYear
from truongso.school.queries.periods import grades_of

DAY = timedelta(days=1)


def _table(name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    return Table(name, [Column(c, 24 if n == 0 else 18) for n, c in enumerate(columns)], rows, title="")  # type: ignore[arg-type]


def _calendar(year: SchoolYear) -> list[Table]:
    sheet = queries.calendar_sheet(year)
    return [
        _table(_("Học kì"), [_("Học kì"), _("Từ ngày"), _("Đến ngày"), _("Số tuần")],
               [[str(t), t.during.lower, t.during.upper - DAY, t.weeks] for t in sheet.terms]),
        _table(_("Tuần"), [_("Tuần"), _("Học kì"), _("Từ ngày"), _("Đến ngày")],
               [[w.number, str(w.term), w.first_day, w.last_day] for w in sheet.weeks]),
        _table(_("Ngày nghỉ"), [_("Nghỉ gì"), _("Loại"), _("Từ ngày"), _("Đến ngày")],
               [[h.name, str(h.get_kind_display()), h.during.lower, h.during.upper - DAY] for h in sheet.holidays]),
        _table(_("Dạy bù"), [_("Ngày dạy bù"), _("Bù cho ngày")], [[m.day, m.instead_of] for m in sheet.make_up_days]),
    ]  # fmt: skip


def _classes(year: SchoolYear) -> list[Table]:
    rows = list(queries.classes_of(year))
    charge = queries.in_charge([c.pk for c in rows], Role.HOMEROOM, timezone.localdate())
    columns = [_("Lớp"), _("Khối"), _("Buổi"), _("Điểm trường"), _("Giáo viên chủ nhiệm"), _("Mã lớp")]
    return [
        _table(_("Lớp"), columns, [
            [c.unit.name, c.grade, str(c.get_shift_display()), str(c.campus or ""),
             charge[c.pk].full_name if c.pk in charge else "", c.local_code] for c in rows
        ])
    ]  # fmt: skip


def _periods(year: SchoolYear) -> list[Table]:
    rows, grades = queries.periods_of(year), grades_of(queries.profile().level)
    columns = [_("Môn")]
    for grade in grades:
        columns += [_("Khối %(n)d") % {"n": grade}, _("HK I/tuần, khối %(n)d") % {"n": grade}, _("HK II/tuần, khối %(n)d") % {"n": grade}]  # fmt: skip
    lines: list[list[object]] = []
    for subject in queries.subjects():
        line: list[object] = [subject.name]
        for grade in grades:
            row = rows.get((subject.pk, grade))
            line += [row.periods, row.weekly_term_1, row.weekly_term_2] if row else ["", "", ""]
        lines.append(line)
    return [_table(_("Số tiết"), columns, lines)]


def _subjects(year: SchoolYear | None) -> list[Table]:
    columns = [_("Môn"), _("Tên ngắn"), _("Cách đánh giá"), _("Tự chọn"), _("Đang dạy"), _("Các phần"), _("Còn gọi là")]
    return [
        _table(_("Môn học"), columns, [
            [s.name, s.short_name, str(s.get_kind_display()), s.optional, s.active,
             ", ".join(p.name for p in s.parts.all()), ", ".join(s.aliases)] for s in queries.subjects(all=True)
        ])
    ]  # fmt: skip


def _groups(year: SchoolYear | None) -> list[Table]:
    rows = list(queries.groups())
    charge = queries.in_charge([g.pk for g in rows], Role.GROUP_HEAD, timezone.localdate())
    return [
        _table(_("Tổ chuyên môn"), [_("Tổ"), _("Tổ trưởng"), _("Phụ trách môn")], [
            [g.name, charge[g.pk].full_name if g.pk in charge else "",
             ", ".join(x.subject.name for x in g.group_subjects.all())] for g in rows
        ])
    ]  # fmt: skip


def _campuses(year: SchoolYear | None) -> list[Table]:
    rows = [[c.name, c.address, c.is_main] for c in queries.campuses()]
    return [_table(_("Điểm trường"), [_("Tên"), _("Địa chỉ"), _("Điểm chính")], rows)]


def _bells(year: SchoolYear | None) -> list[Table]:
    found = BellPeriod.objects.select_related("schedule__campus").order_by(
        "schedule__shift", "schedule__campus_id", "number"
    )
    rows = [
        [
            str(p.schedule.get_shift_display()),
            str(p.schedule.campus or ""),
            p.number,
            f"{p.starts:%H:%M}",
            f"{p.ends:%H:%M}",
        ]
        for p in found
    ]
    return [_table(_("Giờ học"), [_("Buổi"), _("Điểm trường"), _("Tiết"), _("Vào"), _("Ra")], rows)]


def _profile(year: SchoolYear | None) -> list[Table]:
    p = queries.profile()
    facts = [
        (_("Tên trường"), p.name), (_("Cấp học"), str(p.get_level_display())), (_("Xã, phường"), p.place), (_("Tỉnh, thành phố"), p.province),
        (_("Địa chỉ"), p.address), (_("Mã trường của ngành"), p.sector_code), (_("Điện thoại"), p.phone), (_("Thư điện tử"), p.email),
    ]  # fmt: skip
    bodies = [
        [b.name, b.during.lower, b.during.upper - DAY if b.during.upper else ""] for b in queries.managing_bodies()
    ]
    return [
        _table(_("Nhà trường"), [_("Mục"), _("Nội dung")], facts),
        _table(_("Cơ quan chủ quản"), [_("Tên"), _("Từ ngày"), _("Đến ngày")], bodies),
    ]


def _years(year: SchoolYear | None) -> list[Table]:
    rows = [
        [y.name, str(y.get_state_display()), y.during.lower, y.during.upper - DAY, y.basis] for y in queries.years()
    ]
    return [_table(_("Năm học"), [_("Năm học"), _("Trạng thái"), _("Từ ngày"), _("Đến ngày"), _("Căn cứ")], rows)]


# By the word in the address; those of the first kind are of one year and need it.
OF_A_YEAR: dict[str, Callable[[SchoolYear], list[Table]]] = {
    "calendar": _calendar,
    "classes": _classes,
    "periods": _periods,
}
OF_THE_SCHOOL: dict[str, Callable[[SchoolYear | None], list[Table]]] = {
    "profile": _profile, "years": _years, "campuses": _campuses, "bells": _bells, "subjects": _subjects, "groups": _groups,
}  # fmt: skip
