"""The page that teaches a device to trust the school's computer."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.test import Client

from truongso.lib.datadir import DataDir

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(settings: Any, tmp_path: Path) -> Path:
    """A school on its own network whose front has not started yet; gives where its root certificate will lie."""
    settings.TLS_MODE, settings.DATA = "lan", DataDir(tmp_path)
    return settings.DATA.authority


def made(path: Path) -> bytes:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    found = builder.sign(key, SHA256())
    path.parent.mkdir(parents=True)
    path.write_bytes(found.public_bytes(Encoding.PEM))
    return found.public_bytes(Encoding.DER)


@pytest.mark.parametrize("path", ["/certificate/", "/certificate/truong-so.crt"])
def test_there_is_no_page_where_there_is_no_authority(path: str, lan: Path, settings: Any) -> None:
    assert Client().get(path).status_code == 404
    made(lan)
    assert Client().get(path).status_code == 200
    settings.TLS_MODE = "domain"
    assert Client().get(path).status_code == 404


def test_a_visitor_gets_the_certificate_and_its_mark(lan: Path) -> None:
    plain = made(lan)
    mark = sha256(plain).hexdigest().upper()
    answer = Client().get("/certificate/", headers={"host": "192.168.1.10:8443"}, secure=True)
    page = answer.content.decode().replace("<wbr>", "")
    assert ":".join(mark[n : n + 2] for n in range(0, 64, 2)) in page
    assert "https://192.168.1.10:8443/certificate/" in page and "data:image/svg+xml" in page
    for device in ("Android", "iPhone", "Windows", "Chromebook"):
        assert device in page
    assert not answer.cookies, "a page that goes over plain http must hand out nothing"
    file = Client().get("/certificate/truong-so.crt")
    assert file.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert file.content == plain == ssl.PEM_cert_to_DER_cert(lan.read_text())
    assert "truong-so.crt" in file.headers["Content-Disposition"]
    assert not file.cookies


def test_the_poster_never_names_this_very_computer(lan: Path, settings: Any) -> None:
    made(lan)
    page = Client().get("/certificate/", headers={"host": "localhost:8443"}).content.decode()
    assert "data:image/svg+xml" not in page and "không phải localhost" in page
    settings.DOMAIN, settings.SITE_ADDRESS = "truong.lan", "https://truong.lan:8443"
    page = Client().get("/certificate/", headers={"host": "localhost:8443"}).content.decode()
    assert "https://truong.lan:8443/certificate/" in page and "data:image/svg+xml" in page
