from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotifyConfig(AppConfig):
    name = "truongso.notify"
    label = "notify"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from truongso.audit import verbs
        from truongso.notify import actions, channels

        channels.register("mail", actions.queue_mail)
        verbs.register(
            {
                "notify.send": _("gửi thông báo"),
                "notify.confirm": _("xác nhận đã đọc"),
                "notify.withdraw": _("thu hồi thông báo"),
            }
        )
