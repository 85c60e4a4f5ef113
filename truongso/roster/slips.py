"""Sign-in slips on paper: eight on a page of A4, with lines to cut along and a QR that opens the first sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from truongso.documents.pdf import render_typst
from truongso.documents.qr import qr_svg
from truongso.lib import dates
from truongso.people.actions.accounts import Slip

TEMPLATE = Path(__file__).parent / "typst" / "slips.typ"


def slips_pdf(slips: Sequence[Slip], *, school: str, address: str) -> bytes:
    """`address` is what stands before the path, as phones reach the school: https://truong.example:8443"""
    data = {
        "school": school,
        "words": {
            "title": _("Phiếu đăng nhập"),
            "login": _("Tên đăng nhập"),
            "password": _("Mật khẩu lần đầu"),
            "scan": _("Quét mã bằng máy ảnh của điện thoại để khỏi phải gõ."),
            "until": _("Dùng một lần, hết hạn"),
            "site": _("Địa chỉ"),
        },
        "slips": [
            {
                "name": slip.person_name,
                "unit": slip.about or (_("lớp %(name)s") % {"name": slip.class_name} if slip.class_name else ""),
                "login": slip.login,
                "password": slip.first_password,
                "until": dates.show(slip.expires.date()),
                "site": address.split("://", 1)[-1],
                "qr": qr_svg(address + slip.path),
            }
            for slip in slips
        ],
    }
    return render_typst(TEMPLATE, data)


def address_for_phones(scheme: str, host: str) -> str:
    """What is printed: the address by which the page was opened; the school's own when that was this very machine."""
    here = host.rsplit(":", 1)[0] in {"localhost", "127.0.0.1", "[::1]"}
    return settings.SITE_ADDRESS if here and settings.DOMAIN else f"{scheme}://{host}"
