"""Names of the built frontend's files."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@cache
def _manifest(path: Path) -> dict[str, dict[str, str]]:
    try:
        loaded: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ImproperlyConfigured("The frontend is not built: run make build.") from None
    return loaded


def asset(source: str) -> str:
    """The address of a built file by its source path ("styles/app.css")."""
    return f"{settings.STATIC_URL}{_manifest(settings.FRONTEND_DIST / 'manifest.json')[source]['file']}"
