from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentConfig(AppConfig):
    name = "truongso.consent"
    label = "consent"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from truongso.audit import verbs
        from truongso.people.roles import Role
        from truongso.school import hub

        keepers = frozenset({Role.HEAD, Role.DEPUTY, Role.CLERK, Role.IT_ADMIN})
        readers = keepers | {Role.INSPECTOR, Role.HOMEROOM}
        hub.register(
            hub.Entry("consent_classes", _("Đồng ý về dữ liệu"), _("Gia đình nào đã trả lời, in phiếu, ghi phiếu giấy"), "conditions", readers, 40),
            hub.Entry("data_requests", _("Yêu cầu về dữ liệu"), _("Xem, sửa, xoá, rút lại: hạn trả lời theo luật"), "conditions", keepers, 50),
            hub.Entry("purposes", _("Các mục xin đồng ý"), _("Lời văn, thời hạn giữ, bản mới"), "conditions", keepers, 60),
        )  # fmt: skip
        verbs.register(
            {
                "consent.answer": _("trả lời về dữ liệu"),
                "consent.withdraw": _("rút lại đồng ý về dữ liệu"),
                "consent.record_paper": _("ghi phiếu đồng ý trên giấy"),
                "consent.remind": _("nhắc trả lời về dữ liệu"),
                "consent.save_version": _("sửa mục xin đồng ý"),
                "consent.set_active": _("dùng hoặc thôi dùng một mục xin đồng ý"),
                "consent.receive_request": _("nhận yêu cầu về dữ liệu"),
                "consent.request_step": _("xử lí yêu cầu về dữ liệu"),
                "consent.set_deadline": _("sửa thời hạn trả lời yêu cầu"),
            }
        )
