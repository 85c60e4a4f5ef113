"""What the yearly pages add to the log's words and to the page "Nhà trường"."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from truongso.audit import verbs
from truongso.people.roles import Role
from truongso.school import hub


def register() -> None:
    verbs.register(
        {
            "roster.order_slips": _("yêu cầu in phiếu đăng nhập"),
            "roster.print_slips": _("làm tệp phiếu đăng nhập"),
            "roster.fetch_slips": _("mở tệp phiếu đăng nhập"),
            "roster.wipe_slips": _("xoá tệp phiếu đăng nhập"),
            "roster.start_rollover": _("lập kế hoạch năm học mới"),
            "roster.change_rollover": _("sửa kế hoạch năm học mới"),
            "roster.drop_rollover": _("bỏ kế hoạch năm học mới"),
            "roster.ask_to_open_year": _("yêu cầu mở năm học mới"),
            "roster.open_year": _("mở năm học mới và cho lên lớp"),
            "roster.merge_persons": _("gộp hai hồ sơ của một người"),
            "roster.set_apart": _("ghi rằng hai hồ sơ là hai người"),
            "roster.propose_again": _("xem lại hai hồ sơ giống nhau"),
        }
    )
    hub.register(
        hub.Entry(
            "rollover", _("Lên lớp và năm học mới"), _("Xếp lớp, lên lớp, ở lại, hoàn thành; mở năm học mới"),
            "people", frozenset({Role.HEAD, Role.DEPUTY, Role.CLERK, Role.IT_ADMIN}), 50,
        ),
        hub.Entry(
            "accounts", _("Tài khoản và phiếu"), _("Ai chưa có tài khoản, ai chưa vào lần nào; in phiếu cả lớp, cả khối"),
            "people", frozenset({Role.IT_ADMIN, Role.HEAD, Role.DEPUTY, Role.HOMEROOM}), 60,
        ),
        hub.Entry(
            "duplicates", _("Người trùng"), _("Hồ sơ có thể là của cùng một người; xem rồi gộp"),
            "people", frozenset({Role.IT_ADMIN, Role.HEAD}), 70,
        ),
    )  # fmt: skip
