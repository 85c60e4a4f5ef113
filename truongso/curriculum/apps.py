from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurriculumConfig(AppConfig):
    name = "truongso.curriculum"
    label = "curriculum"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from truongso.audit import verbs

        verbs.register(
            {
                "curriculum.make_programme": _("lập chương trình môn học"),
                "curriculum.set_state": _("đổi trạng thái chương trình"),
                "curriculum.copy_programme": _("chép chương trình sang năm khác"),
                "curriculum.apply_draft": _("nhập chương trình từ bảng"),
                "curriculum.add_topic": _("thêm chương, chủ đề"),
                "curriculum.change_topic": _("sửa chương, chủ đề"),
                "curriculum.drop_topic": _("cất chương, chủ đề"),
                "curriculum.restore_topic": _("lấy lại chương, chủ đề"),
                "curriculum.add_lesson": _("thêm bài học"),
                "curriculum.change_lesson": _("sửa bài học"),
                "curriculum.drop_lesson": _("cất bài học"),
                "curriculum.restore_lesson": _("lấy lại bài học"),
                "curriculum.shift": _("đổi chỗ bài học"),
            }
        )
