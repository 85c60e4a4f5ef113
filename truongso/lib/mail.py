"""Letters: to a file by default (data/mail), by SMTP when TRUONGSO_EMAIL_URL says where."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from truongso.lib import env
from truongso.lib.datadir import DataDir

FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def mail_settings(data: DataDir) -> dict[str, Any]:
    """Django's EMAIL_* settings from TRUONGSO_EMAIL_URL: smtp://user:password@host:587?tls=1&from=a@b, or smtps://."""
    value = env.text("TRUONGSO_EMAIL_URL", default="")
    if not value:
        return {
            "EMAIL_BACKEND": FILE_BACKEND,
            "EMAIL_FILE_PATH": str(data.mail),
            "DEFAULT_FROM_EMAIL": "truongso@localhost",
        }
    parts = urlsplit(value)
    query = parse_qs(parts.query)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or set(query) - {"tls", "from"}:
        raise env.EnvError(
            "TRUONGSO_EMAIL_URL",
            "xin viết như smtp://tên:mật_khẩu@máy_chủ:587?tls=1&from=truong@vidu.edu.vn",
            "write it as smtp://user:password@host:587?tls=1&from=school@example.org",
        )
    return {
        "EMAIL_BACKEND": SMTP_BACKEND,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": query.get("tls", ["0"])[0] == "1",
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": query.get("from", ["truongso@localhost"])[0],
    }
