"""The state of every part, as /healthz and the system page tell it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso.jobs.queries import worker_beat_age
from truongso.lib import disk
from truongso.supervisor.probe import UnixConnection

WORKER_SILENT_SECONDS = 40


def health() -> dict[str, Any]:
    """{"ok": bool, "parts": {name: {"ok": bool, "note": str}}}"""
    parts = {"web": _say(True), "database": _database()}
    if parts["database"]["ok"]:
        age = worker_beat_age()
        parts["worker"] = _say(
            age is not None and age < WORKER_SILENT_SECONDS, f"{age:.0f}s" if age is not None else "none"
        )
    else:
        parts["worker"] = _say(False, "unknown")
    parts["gateway"] = _gateway(settings.DATA.socket("gateway"))
    parts["disk"] = _disk()
    for name, state in _supervised(settings.DATA.run / "state.json").items():
        parts.setdefault(name, _say(state == "running", state))
    return {"ok": all(part["ok"] for part in parts.values()), "parts": parts}


def _say(ok: bool, note: str = "") -> dict[str, Any]:
    return {"ok": ok, "note": note}


def _database() -> dict[str, Any]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version')")
            row = cursor.fetchone()
        return _say(True, str(row[0]) if row else "")
    except DatabaseError as error:
        return _say(False, str(error).splitlines()[0])


def _disk() -> dict[str, Any]:
    free = disk.free(settings.DATA.root)
    return _say(free >= disk.LEAST, f"{free // 2**20} MB")


def _gateway(path: Path) -> dict[str, Any]:
    call = UnixConnection(str(path), timeout=2)
    try:
        call.request("GET", "/gateway/healthz")
        answer = call.getresponse()
        return _say(answer.status == 200, answer.read(200).decode())
    except OSError as error:
        return _say(False, str(error))
    finally:
        call.close()


def _supervised(path: Path) -> dict[str, str]:
    """What the supervisor wrote of its children; nothing when a part runs under another manager."""
    try:
        found: dict[str, str] = json.loads(path.read_text())["parts"]
    except (OSError, ValueError, KeyError):
        return {}
    return found


def in_words(name: str, note: str) -> str:
    """The note of a part as the system page shows it; /healthz tells it to machines."""
    if name == "worker" and note.endswith("s") and note[:-1].isdigit():
        return ngettext("lên tiếng %(num)s giây trước", "lên tiếng %(num)s giây trước", int(note[:-1])) % {
            "num": note[:-1]
        }
    if name == "worker":
        return _("chưa lên tiếng")
    if name == "gateway" and note.startswith("{"):
        pages = int(json.loads(note).get("pages", 0))
        return ngettext("%(num)s trang đang mở", "%(num)s trang đang mở", pages) % {"num": pages}
    if name == "database" and note[:1].isdigit():
        return f"PostgreSQL {note.split(maxsplit=1)[0]}"
    if name == "disk":
        return _("còn trống %(room)s") % {"room": note}
    return {"running": "", "restarting": _("đang khởi động lại")}.get(note, note)
