"""Strict readers of the environment: a value is right, or the command stops with a sentence that names it."""

from __future__ import annotations

import difflib
import os
from collections.abc import Sequence
from pathlib import Path

KNOWN = (
    "TRUONGSO_BACKUP_PASSPHRASE",
    "TRUONGSO_DATA",
    "TRUONGSO_DEBUG",
    "TRUONGSO_DOMAIN",
    "TRUONGSO_EMAIL_URL",
    "TRUONGSO_HTTP_PORT",
    "TRUONGSO_LANG",
    "TRUONGSO_OIDC_GOOGLE",
    "TRUONGSO_OIDC_MICROSOFT",
    "TRUONGSO_PORT",
    "TRUONGSO_TLS",
)
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


class EnvError(SystemExit):
    """A wrong environment value. Printed as it is and ends the command with exit code 2."""

    def __init__(self, name: str, vi: str, en: str) -> None:
        self.name = name
        english = os.environ.get("TRUONGSO_LANG", os.environ.get("LANG", "")).startswith("en")
        self.sentence = f"{name}: {en if english else vi}"
        super().__init__(2)

    def __str__(self) -> str:
        return self.sentence


def check_known(prefix: str = "TRUONGSO_") -> None:
    """Refuse a variable that nothing reads: a misspelt setting would silently not apply."""
    for name in os.environ:
        if name.startswith(prefix) and name not in KNOWN:
            near = difflib.get_close_matches(name, KNOWN, n=1)
            vi = f"không có biến này; có phải là {near[0]} không?" if near else "không có biến này; xin bỏ đi."
            en = f"there is no such variable; did you mean {near[0]}?" if near else "no such variable; remove it."
            raise EnvError(name, vi, en)


def text(name: str, *, default: str | None = None) -> str:
    """The variable as text without surrounding space; `default` when unset or empty."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise EnvError(name, "cần đặt biến này.", "this variable must be set.")
    return default


def integer(name: str, *, default: int, low: int, high: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise EnvError(
            name,
            f"“{value}” không phải là số nguyên từ {low} đến {high}.",
            f"“{value}” is not a whole number from {low} to {high}.",
        )
    return int(value)


def boolean(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in _TRUE | _FALSE:
        raise EnvError(name, f"“{value}” không rõ; xin viết 1 hoặc 0.", f"“{value}” is unclear; write 1 or 0.")
    return value in _TRUE


def choice(name: str, options: Sequence[str], *, default: str) -> str:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in options:
        listed = ", ".join(options)
        raise EnvError(name, f"“{value}” không dùng được; xin chọn: {listed}.", f"“{value}” is not one of: {listed}.")
    return value


def path(name: str, *, default: Path) -> Path:
    """An absolute path; `~` is the home folder, a relative one counts from where the command was called."""
    value = os.environ.get(name, "").strip()
    if "\0" in value:
        raise EnvError(name, "đường dẫn có kí tự không hợp lệ.", "the path holds an invalid character.")
    return Path(value).expanduser().absolute() if value else default
