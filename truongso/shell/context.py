"""What the frame around every page needs: navigation by role, the school's name, the unread count."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor of all our pages; lazy where it would cost a query."""
    return {"actor": getattr(request, "actor", None)}
