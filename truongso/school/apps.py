from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolConfig(AppConfig):
    name = "truongso.school"
    label = "school"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from truongso.audit import verbs
        from truongso.school import hub
        from truongso.school.lines import LINES

        hub.register(*LINES)
        verbs.register(
            {
                "school.save_profile": _("sửa thông tin nhà trường"),
                "school.set_managing_body": _("ghi cơ quan chủ quản"),
                "school.change_managing_body": _("sửa cơ quan chủ quản"),
                "school.remove_managing_body": _("xoá cơ quan chủ quản"),
                "school.setup_step": _("làm một bước thiết lập"),
                "school.make_year": _("tạo năm học"),
                "school.open_year": _("mở năm học"),
                "school.close_year": _("kết thúc năm học"),
                "school.change_year": _("sửa năm học"),
                "school.remove_year": _("xoá năm học"),
                "school.make_weeks": _("đánh số lại tuần học"),
                "school.change_term": _("sửa học kì"),
                "school.save_holiday": _("ghi ngày nghỉ"),
                "school.remove_holiday": _("xoá ngày nghỉ"),
                "school.save_make_up_day": _("ghi ngày dạy bù"),
                "school.remove_make_up_day": _("xoá ngày dạy bù"),
                "school.move_week": _("dời tuần học"),
                "school.save_campus": _("ghi điểm trường"),
                "school.remove_campus": _("xoá điểm trường"),
                "school.save_bells": _("ghi giờ học"),
                "school.remove_bells": _("xoá giờ học"),
                "school.seed_subjects": _("lấy môn học của chương trình"),
                "school.save_subject": _("sửa môn học"),
                "school.remove_subject": _("xoá môn học"),
                "school.save_periods": _("sửa số tiết"),
                "school.make_class": _("tạo lớp"),
                "school.change_class": _("sửa lớp"),
                "school.remove_class": _("xoá lớp"),
                "school.make_group": _("tạo tổ"),
                "school.change_group": _("sửa tổ"),
                "school.remove_group": _("xoá tổ"),
            }
        )
