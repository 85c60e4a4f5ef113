from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RosterConfig(AppConfig):
    name = "truongso.roster"
    label = "roster"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from truongso.audit import verbs
        from truongso.roster import yearly
        from truongso.roster.models import TeachingAssignment
        from truongso.roster.rules import READERS
        from truongso.school import hub, setup

        readers = frozenset(READERS)
        hub.register(
            hub.Entry(
                "people",
                _("Mọi người"),
                _("Tìm, thêm, sửa; ai làm gì, ai là phụ huynh của em nào"),
                "people",
                readers,
                10,
            ),
            hub.Entry("classes", _("Lớp học"), _("Danh sách lớp, chủ nhiệm, giáo viên, bản in"), "people", readers, 20),
            hub.Entry(
                "teaching",
                _("Phân công giảng dạy"),
                _("Ai dạy môn gì ở lớp nào, còn thiếu chỗ nào"),
                "teaching",
                readers,
                10,
            ),
        )

        yearly.register()
        setup.FACTS["teaching"] = TeachingAssignment.objects.all()
        verbs.register(
            {
                "roster.save_staff": _("ghi hồ sơ cán bộ"),
                "roster.start_position": _("ghi vị trí việc làm"),
                "roster.end_position": _("ghi ngày hết vị trí việc làm"),
                "roster.join_group": _("vào tổ chuyên môn"),
                "roster.leave_group": _("rời tổ chuyên môn"),
                "roster.save_contact": _("ghi liên hệ"),
                "roster.save_pupil": _("ghi hồ sơ học sinh"),
                "roster.enrolled": _("nhận vào lớp"),
                "roster.transfer_in": _("nhận học sinh chuyển đến"),
                "roster.transfer_out": _("cho chuyển đi"),
                "roster.class_change": _("chuyển lớp"),
                "roster.leave": _("ghi thôi học"),
                "roster.return": _("nhận học lại"),
                "roster.completed": _("ghi hoàn thành cấp học"),
                "roster.add_guardian": _("ghi người giám hộ"),
                "roster.change_guardian": _("đổi quyền của người giám hộ"),
                "roster.end_guardian": _("ghi ngày hết giám hộ"),
                "roster.save_sensitive": _("ghi dữ liệu nhạy cảm"),
                "roster.read_sensitive": _("xem dữ liệu nhạy cảm"),
                "roster.add_custody_note": _("ghi chú về việc nuôi dưỡng"),
                "roster.end_custody_note": _("khép ghi chú về việc nuôi dưỡng"),
                "roster.assign_teaching": _("phân công giảng dạy"),
                "roster.end_teaching": _("ghi ngày hết phân công"),
                "roster.let_compile": _("giao tổng hợp kết quả môn"),
                "roster.export": _("tải danh sách"),
                "roster.set_homeroom": _("giao chủ nhiệm"),
            }
        )
