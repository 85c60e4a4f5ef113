"""A certificate file: as devices install it, and the mark by which people compare it."""

from __future__ import annotations

import ssl
from hashlib import sha256
from pathlib import Path


def der(pem: Path) -> bytes:
    """The certificate in the form that every kind of device installs."""
    return ssl.PEM_cert_to_DER_cert(pem.read_text(encoding="ascii"))


def fingerprint(pem: Path) -> str:
    """SHA-256 as devices show it: pairs of capitals with colons."""
    return ":".join(f"{byte:02X}" for byte in sha256(der(pem)).digest())
