"""Totals of absences as sheets."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from truongso.lib.sheets import Column, Table
from truongso.people.models import Unit
from truongso.timetable.queries.absence_pages import Missed, Totals


def totals_table(found: Totals, units: Mapping[int, Unit]) -> Table:
    columns = [
        Column(_("Lớp"), 10), Column(_("Họ và tên"), 30), Column(_("Vắng có phép (buổi)"), 14),
        Column(_("Vắng không phép (buổi)"), 14), Column(_("Tổng số buổi vắng"), 14), Column(_("Còn được nghỉ (buổi)"), 14),
    ]  # fmt: skip
    rows = [
        (units[r.unit_id].name, r.person.full_name, r.total.excused, r.total.absent, r.sessions, max(0, found.policy.limit - r.sessions))
        for r in found.rows
    ]  # fmt: skip
    return Table(
        _("Tổng số"),
        columns,
        rows,
        _("Số buổi vắng của buổi học chính, theo %(article)s") % {"article": found.policy.article},
    )


def missed_table(found: Totals, missed: Mapping[int, list[Missed]], *, reasons: bool) -> Table:
    """One row a session; the family's reasons only for those who may read them."""
    columns = [
        Column(_("Họ và tên"), 30),
        Column(_("Ngày"), 12),
        Column(_("Vắng"), 16),
        Column(_("Theo"), 40),
        Column(_("Lí do"), 50),
    ]
    rows = [
        (
            r.person.full_name, m.day, _("có phép") if m.excused else _("không phép"), ", ".join(m.sources),
            "; ".join(m.reasons) if reasons else "",
        )
        for r in found.rows for m in missed.get(r.person.pk, [])
    ]  # fmt: skip
    return Table(_("Từng buổi"), columns, rows)
