from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "truongso.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from truongso.audit import verbs

        verbs.register(
            {
                "documents.add_file": _("cất tệp"),
                "documents.delete_file": _("xoá tệp"),
                "documents.restore_file": _("lấy lại tệp"),
                "documents.erase_file": _("xoá hẳn tệp"),
            }
        )
