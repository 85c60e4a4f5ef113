from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "truongso.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from truongso.audit import verbs

        verbs.register(
            {
                "people.add_person": _("thêm người"),
                "people.rename_person": _("sửa thông tin người"),
                "people.set_codes": _("ghi mã định danh"),
                "people.read_codes": _("xem mã định danh"),
                "people.issue_account": _("cấp tài khoản"),
                "people.issue_slip": _("cấp phiếu đăng nhập"),
                "people.use_slip": _("dùng phiếu đăng nhập"),
                "people.change_password": _("đổi mật khẩu"),
                "people.set_email": _("ghi địa chỉ thư"),
                "people.close_account": _("đóng tài khoản"),
                "people.open_account": _("mở tài khoản"),
                "people.lock": _("tạm nghỉ vì sai mật khẩu"),
                "people.unlock": _("mở lại sau khi tạm nghỉ"),
                "people.remove_second_factor": _("gỡ lớp thứ hai"),
                "people.end_session": _("cho một máy thoát ra"),
                "people.end_sessions": _("cho các máy khác thoát ra"),
                "people.assign_role": _("giao vai trò"),
                "people.end_role": _("ghi ngày hết vai trò"),
                "people.delegate": _("uỷ quyền"),
                "people.add_guardian": _("ghi người giám hộ"),
                "people.start_support": _("bắt đầu xem thay"),
                "people.stop_support": _("thôi xem thay"),
                "jobs.retry": _("chạy lại việc"),
                "jobs.cancel": _("thôi việc"),
            }
        )
