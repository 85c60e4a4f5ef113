"""The registers and the survey as sheets."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from truongso.conditions import queries, rules, survey_queries
from truongso.conditions.models import SurveyRound
from truongso.conditions.survey_queries import ClassCoverage
from truongso.lib.sheets import Column, Table


def room_table() -> Table:
    columns = [
        Column(_("Điểm trường"), 20), Column(_("Phòng"), 16), Column(_("Loại phòng"), 24), Column(_("Chỗ ngồi"), 10),
        Column(_("Trình chiếu"), 16), Column(_("Mạng"), 16), Column(_("Tải về (Mbps)"), 12), Column(_("Tải lên (Mbps)"), 12),
        Column(_("Ngày đo"), 12), Column(_("Máy tính"), 10), Column(_("Tình trạng"), 22), Column(_("Đang dùng"), 10),
        Column(_("Báo hỏng chưa sửa"), 12), Column(_("Ghi chú"), 40),
    ]  # fmt: skip
    faults = queries.faults_by_room()
    rows = [
        (
            r.campus.name if r.campus else "", r.name, r.get_kind_display(), r.seats, r.get_display_display(),
            r.get_internet_display(), r.mbps_down, r.mbps_up, r.measured_on, r.computers, r.get_condition_display(),
            r.active, faults[r.pk], r.notes,
        )
        for r in queries.rooms()
    ]  # fmt: skip
    return Table(_("Phòng"), columns, rows, _("Sổ phòng học, phòng chức năng"))


def equipment_table() -> Table:
    columns = [
        Column(_("Thiết bị"), 30), Column(_("Loại"), 24), Column(_("Phòng"), 16), Column(_("Số lượng"), 10),
        Column(_("Tình trạng"), 22), Column(_("Ngày nhận"), 12), Column(_("Ghi chú"), 40),
    ]  # fmt: skip
    rows = [
        (
            e.name, e.get_kind_display(), e.room.name if e.room else _("mang đi các phòng"), e.quantity,
            e.get_condition_display(), e.acquired, e.remarks,
        )
        for e in queries.equipment()
    ]  # fmt: skip
    return Table(_("Thiết bị"), columns, rows, _("Sổ thiết bị"))


def coverage_table(classes: list[ClassCoverage]) -> Table:
    columns = [Column(_("Khối"), 8), Column(_("Lớp"), 10)] + [
        Column(label, 16)
        for label in (
            _("Số học sinh"), _("Đã trả lời"), _("Tỉ lệ trả lời (%)"), _("Máy riêng"), _("Máy dùng chung"),
            _("Chưa có máy"), _("Không có mạng"), _("Mạng có giới hạn"),
        )
    ]  # fmt: skip
    rows = [
        (
            c.grade, c.unit.name, c.figures.pupils, c.figures.answered, rules.percent(c.figures.answered, c.figures.pupils),
            c.figures.own, c.figures.shared, c.figures.none, c.figures.no_line, c.figures.limited_line,
        )
        for c in classes
    ]  # fmt: skip
    return Table(_("Theo lớp"), columns, rows)


def answers_table(round: SurveyRound, day: date, only: frozenset[int] | None) -> Table:
    """One row a pupil, in the order of lists, for those who may see them."""
    columns = [Column(_("Lớp"), 10), Column(_("Họ và tên"), 28)] + [
        Column(label, 24)
        for label in (
            _("Máy"), _("Dùng chung"), _("Mạng"), _("Chỗ yên tĩnh"), _("Micro, camera"), _("Người giúp"),
            _("Ai trả lời"), _("Ngày"),
        )
    ]  # fmt: skip
    given = survey_queries.answers(round)
    rows = []
    for role in survey_queries.pupils(survey_queries.as_of(round, day)):
        if role.unit is None or (only is not None and role.unit.pk not in only):
            continue
        a = given.get(role.person_id)
        said = (
            (a.get_device_display(), a.get_sharing_display(), a.get_connection_display(), a.get_quiet_display(),
             a.get_camera_display(), a.get_helper_display(), a.get_capacity_display(), a.answered_at)
            if a else ()
        )  # fmt: skip
        rows.append((role.unit.name, role.person.full_name, *said))
    return Table(_("Từng học sinh"), columns, rows)
