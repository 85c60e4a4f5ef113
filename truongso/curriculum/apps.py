from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurriculumConfig(AppConfig):
    name = "truongso.curriculum"
    label = "curriculum"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from truongso.audit import verbs
        from truongso.curriculum.rules import READERS
        from truongso.school import hub

        hub.register(
            hub.Entry(
                "programmes", _("Chương trình môn học"), _("Bài học, số tiết, yêu cầu cần đạt của từng môn và khối"),
                "teaching", frozenset(READERS), 5,
            )
        )  # fmt: skip
        verbs.register(
            {
                "curriculum.make_programme": _("lập chương trình môn học"),
                "curriculum.copy_programme": _("chép chương trình từ năm trước"),
                "curriculum.set_state": _("đổi trạng thái chương trình"),
                "curriculum.apply_draft": _("đưa bảng vào chương trình"),
                "curriculum.add_topic": _("thêm chủ đề"),
                "curriculum.change_topic": _("sửa chủ đề"),
                "curriculum.drop_topic": _("cất chủ đề"),
                "curriculum.restore_topic": _("lấy lại chủ đề"),
                "curriculum.split_topic": _("tách chủ đề"),
                "curriculum.merge_topic": _("gộp chủ đề"),
                "curriculum.add_lesson": _("thêm bài học"),
                "curriculum.change_lesson": _("sửa bài học"),
                "curriculum.drop_lesson": _("cất bài học"),
                "curriculum.restore_lesson": _("lấy lại bài học"),
                "curriculum.shift": _("chuyển lên, xuống"),
                "curriculum.place": _("chuyển chỗ bài học"),
                "curriculum.arrange": _("trở lại thứ tự trước"),
            }
        )
