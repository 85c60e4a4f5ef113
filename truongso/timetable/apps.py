from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TimetableConfig(AppConfig):
    name = "truongso.timetable"
    label = "timetable"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from truongso.audit import verbs
        from truongso.people.roles import STAFF, Role
        from truongso.school import after, hub
        from truongso.timetable.actions import calendar
        from truongso.timetable.queries import follow

        readers = frozenset({*STAFF, Role.INSPECTOR})
        leaders = frozenset({Role.HEAD, Role.DEPUTY})
        rolls = frozenset({*leaders, Role.CLERK, Role.IT_ADMIN, Role.INSPECTOR, Role.HOMEROOM})
        hub.register(
            hub.Entry("timetables", _("Thời khoá biểu"), _("Xếp, so sánh, áp dụng; xem của lớp, giáo viên, phòng"), "teaching", readers, 15),
            hub.Entry("register", _("Sổ đầu bài"), _("Các lớp theo tuần, tiết chưa kí, bản in"), "teaching", readers, 30),
            hub.Entry("progress", _("Tiến độ chương trình"), _("Nhanh, chậm theo lớp và môn"), "teaching", readers, 40),
            hub.Entry("school_absences", _("Điểm danh và buổi vắng"), _("Em nào gần 45 buổi, lớp nào chưa điểm danh"), "teaching", rolls, 60),
            hub.Entry("modes", _("Hình thức dạy học"), _("Học tại trường, trực tuyến hỗ trợ hay thay thế: từ ngày nào, lớp nào"), "teaching", readers, 42),
            hub.Entry("standing_links", _("Đường dẫn dùng lâu dài"), _("Phòng họp, nhóm Zalo mà lớp dùng quanh năm"), "teaching", STAFF, 43),
            hub.Entry("owed", _("Tiết còn nợ"), _("Tiết nghỉ chưa dạy bù, theo lớp, môn, giáo viên"), "teaching", readers, 44),
            hub.Entry("period_add", _("Thêm tiết"), _("Một tiết ngoài thời khoá biểu"), "teaching", leaders, 46),
        )  # fmt: skip
        after.register(
            after.Follower(days=calendar.follow_days, bells=calendar.follow_bells, touched=follow.touched, standing=follow.standing)
        )  # fmt: skip
        verbs.register(
            {
                "timetable.create_version": _("lập thời khoá biểu"),
                "timetable.put_entry": _("xếp một tiết"),
                "timetable.move_entry": _("chuyển ô thời khoá biểu"),
                "timetable.remove_entry": _("bỏ ô thời khoá biểu"),
                "timetable.undo": _("hoàn tác việc xếp tiết"),
                "timetable.change_version": _("sửa tên, ngày của thời khoá biểu"),
                "timetable.delete_version": _("xoá thời khoá biểu nháp"),
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
                "timetable.follow_calendar": _("đổi lịch các tiết theo ngày nghỉ, ngày dạy bù"),
                "timetable.follow_bells": _("đổi giờ các tiết theo giờ vào học"),
                "timetable.set_modes": _("đổi hình thức của nhiều tiết"),
                "timetable.decide_mode": _("quyết định hình thức dạy học"),
                "timetable.withdraw_mode": _("thôi quyết định hình thức dạy học"),
                "timetable.take_file": _("đưa lên tệp thời khoá biểu"),
                "timetable.drop_file": _("bỏ tệp thời khoá biểu đã đưa lên"),
                "timetable.bring": _("lập bản nháp thời khoá biểu từ tệp"),
                "timetable.take_back": _("xoá bản nháp thời khoá biểu lập từ tệp"),
                "timetable.add_link": _("thêm đường dẫn của tiết"),
                "timetable.edit_link": _("sửa đường dẫn của tiết"),
                "timetable.move_link": _("xếp thứ tự đường dẫn"),
                "timetable.remove_link": _("bỏ đường dẫn của tiết"),
                "timetable.restore_link": _("lấy lại đường dẫn của tiết"),
                "timetable.add_standing": _("thêm đường dẫn dùng lâu dài"),
                "timetable.edit_standing": _("sửa đường dẫn dùng lâu dài"),
                "timetable.remove_standing": _("bỏ đường dẫn dùng lâu dài"),
                "timetable.restore_standing": _("lấy lại đường dẫn dùng lâu dài"),
                "timetable.make_feed": _("lấy địa chỉ lịch"),
                "timetable.revoke_feed": _("thu hồi địa chỉ lịch"),
                "timetable.sign_register": _("kí sổ đầu bài"),
                "timetable.sign_week": _("kí sổ đầu bài của tuần"),
                "timetable.unlock_week": _("mở lại sổ đầu bài của tuần"),
                "timetable.remind_register": _("nhắc kí sổ đầu bài"),
                "timetable.save_scale": _("đổi cách xếp loại tiết học"),
                "timetable.take_roll": _("điểm danh"),
                "timetable.correct_roll": _("sửa điểm danh"),
                "timetable.send_absence_note": _("gửi đơn xin nghỉ"),
                "timetable.withdraw_absence_note": _("rút đơn xin nghỉ"),
                "timetable.see_absence_note": _("xem đơn xin nghỉ"),
                "timetable.set_absence_policy": _("đổi cách tính buổi vắng"),
            }
        )
