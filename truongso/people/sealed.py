"""Codes of a person at rest: AES-GCM for reading back, HMAC-SHA256 for look-up. Keys live in the data folder."""

from __future__ import annotations

import hmac
import os
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


def seal(text: str, *, use: str) -> bytes:
    """Encrypt `text`; `use` (such as "sector_code") is bound in, so that columns cannot be swapped."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(settings.FIELD_KEY).encrypt(nonce, text.encode(), use.encode())


def unseal(sealed: bytes | memoryview, *, use: str) -> str:
    """Read back what `seal` wrote; raises cryptography's InvalidTag when altered or of another use."""
    raw = bytes(sealed)
    return AESGCM(settings.FIELD_KEY).decrypt(raw[:_NONCE], raw[_NONCE:], use.encode()).decode()


def lookup(text: str, *, use: str) -> bytes:
    """The keyed hash under which a code is found again (32 bytes)."""
    return hmac.new(settings.LOOKUP_KEY, f"{use}:{text}".encode(), sha256).digest()
