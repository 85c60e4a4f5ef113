"""Asking the running product how it is, over its own socket (no port, no certificate in between)."""

from __future__ import annotations

import http.client
import json
import socket
from typing import Any

from truongso.lib.datadir import DataDir


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str, timeout: float = 5) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def ask(data: DataDir) -> tuple[int, dict[str, Any]]:
    """(status, body) of /healthz; (0, {}) when nobody answers."""
    call = UnixConnection(str(data.socket("web")))
    try:
        call.request("GET", "/healthz", headers={"Host": "localhost"})
        answer = call.getresponse()
        return answer.status, json.loads(answer.read())
    except (OSError, ValueError, http.client.HTTPException):
        return 0, {}
    finally:
        call.close()


def healthz(data: DataDir) -> int:
    return ask(data)[0]
