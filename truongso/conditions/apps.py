from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConditionsConfig(AppConfig):
    name = "truongso.conditions"
    label = "conditions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from truongso.audit import verbs
        from truongso.people.roles import STAFF, Role
        from truongso.school import hub

        readers = frozenset({*STAFF, Role.INSPECTOR})
        survey = frozenset({Role.HEAD, Role.DEPUTY, Role.CLERK, Role.IT_ADMIN, Role.INSPECTOR, Role.HOMEROOM})
        hub.register(
            hub.Entry("rooms", _("Phòng và thiết bị"), _("Phòng học, góc studio, máy móc, báo hỏng"), "conditions", readers, 10),
            hub.Entry("booking_rooms", _("Đặt phòng"), _("Giữ góc studio, phòng tin học theo giờ"), "conditions", STAFF, 20),
            hub.Entry("survey_rounds", _("Khảo sát thiết bị và mạng"), _("Em nào thiếu máy, thiếu mạng ở nhà"), "conditions", survey, 30),
        )  # fmt: skip
        verbs.register(
            {
                "conditions.save_room": _("ghi sổ phòng"),
                "conditions.save_equipment": _("ghi sổ thiết bị"),
                "conditions.report_fault": _("báo hỏng"),
                "conditions.repair": _("ghi đã sửa xong"),
                "conditions.book": _("đặt phòng"),
                "conditions.cancel_booking": _("huỷ đặt phòng"),
                "conditions.save_round": _("mở hoặc sửa đợt khảo sát"),
                "conditions.answer_survey": _("trả lời khảo sát thiết bị"),
                "conditions.remind": _("nhắc trả lời khảo sát"),
            }
        )
