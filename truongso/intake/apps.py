from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "truongso.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from truongso.audit import verbs
        from truongso.intake.rules import READERS
        from truongso.school import hub

        hint = _("Từ CSDL ngành, SMAS, vnEdu hay Excel của trường; và ngược lại")
        hub.register(hub.Entry("imports", _("Nhập và xuất danh sách"), hint, "people", frozenset(READERS), 40))

        verbs.register(
            {
                "intake.commit": _("nhập danh sách từ tệp"),
                "intake.undo": _("hoàn tác một lần nhập danh sách"),
                "intake.map_columns": _("chọn ý nghĩa các cột của tệp"),
                "intake.export": _("xuất danh sách ra tệp"),
            }
        )
