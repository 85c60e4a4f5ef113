from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolConfig(AppConfig):
    name = "truongso.school"
    label = "school"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from truongso.audit import verbs

        verbs.register(
            {
                "school.save_profile": _("sửa thông tin nhà trường"),
                "school.set_managing_body": _("ghi cơ quan chủ quản"),
            }
        )
