from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TimetableConfig(AppConfig):
    name = "truongso.timetable"
    label = "timetable"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from truongso.audit import verbs

        verbs.register(
            {
                "timetable.create_version": _("lập thời khoá biểu"),
                "timetable.put_entry": _("xếp một tiết"),
                "timetable.move_entry": _("chuyển ô thời khoá biểu"),
                "timetable.remove_entry": _("bỏ ô thời khoá biểu"),
                "timetable.publish": _("áp dụng thời khoá biểu"),
                "timetable.moved": _("dời tiết"),
                "timetable.swapped": _("đổi tiết"),
                "timetable.cancelled": _("cho nghỉ tiết"),
                "timetable.restored": _("dạy lại tiết đã nghỉ"),
                "timetable.substituted": _("phân công dạy thay"),
                "timetable.room": _("đổi phòng của tiết"),
                "timetable.added": _("thêm tiết"),
                "timetable.made_up": _("xếp tiết dạy bù"),
                "timetable.mode": _("đổi hình thức của tiết"),
                "timetable.removed": _("bỏ tiết đã thêm"),
                "timetable.decide_mode": _("quyết định hình thức dạy học"),
                "timetable.withdraw_mode": _("thôi quyết định hình thức dạy học"),
                "timetable.make_feed": _("lấy địa chỉ lịch"),
                "timetable.revoke_feed": _("thu hồi địa chỉ lịch"),
            }
        )
