"""Sign-in with Microsoft 365 and Google, when the school has set it up: "client_id:secret" or "client_id:secret:tenant"."""

from __future__ import annotations

from typing import Any

from truongso.lib import env


def oidc_providers() -> dict[str, dict[str, Any]]:
    """allauth's settings for the providers whose variable is set; none by default, and then no button is shown."""
    found: dict[str, dict[str, Any]] = {}
    for provider, name in (("google", "TRUONGSO_OIDC_GOOGLE"), ("microsoft", "TRUONGSO_OIDC_MICROSOFT")):
        value = env.text(name, default="")
        if not value:
            continue
        parts = value.split(":")
        if len(parts) not in {2, 3} or not all(parts):
            raise env.EnvError(
                name, "xin viết theo dạng mã_ứng_dụng:khoá_bí_mật[:tenant].", "write it as client_id:secret[:tenant]."
            )
        app: dict[str, Any] = {"client_id": parts[0], "secret": parts[1]}
        if len(parts) == 3:
            app["settings"] = {"tenant": parts[2]}
        found[provider] = {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
    return found
