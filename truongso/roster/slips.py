"""Sign-in slips on paper: eight on a page of A4, with lines to cut along and a QR that opens the first sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import segno
from django.utils.translation import gettext as _

from truongso.documents.pdf import render_typst
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
                "unit": _("lớp %(name)s") % {"name": slip.class_name} if slip.class_name else "",
                "login": slip.login,
                "password": slip.first_password,
                "until": dates.show(slip.expires.date()),
                "site": address.split("://", 1)[-1],
                "qr": _qr(address + slip.path),
            }
            for slip in slips
        ],
    }
    return render_typst(TEMPLATE, data)


def _qr(text: str) -> list[str]:
    """The squares of the code, a text of 0 and 1 a line: typst draws them, so no picture is needed."""
    return ["".join("1" if bit else "0" for bit in row) for row in segno.make(text, error="m", micro=False).matrix]
