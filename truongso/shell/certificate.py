"""The page by which a phone learns to trust this school's computer: with TRUONGSO_TLS=lan only."""

from __future__ import annotations

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from truongso.lib import certificate
from truongso.people.policy import public

LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})


def _must_be_there() -> None:
    if settings.TLS_MODE != "lan" or not settings.DATA.authority.exists():
        raise Http404


@public
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What to do on each kind of device, the fingerprint, and the address as a QR for the wall."""
    _must_be_there()
    address = _address(request)
    shown = {
        "fingerprint": certificate.fingerprint(settings.DATA.authority),
        "address": address,
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(scale=6, border=2) if address else "",
    }
    return render(request, "shell/certificate.html", shown)


def _address(request: HttpRequest) -> str:
    """The page's own address as a phone can open it; none when it was opened on the very computer under no other name."""
    if request.get_host().rsplit(":", 1)[0] not in LOCAL:
        return request.build_absolute_uri(request.path)
    return f"{settings.SITE_ADDRESS}{request.path}" if settings.DOMAIN else ""


@public
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The root certificate; the type makes a phone offer to install it."""
    _must_be_there()
    answer = HttpResponse(certificate.der(settings.DATA.authority), content_type="application/x-x509-ca-cert")
    answer.headers["Content-Disposition"] = 'attachment; filename="truong-so.crt"'
    return answer
