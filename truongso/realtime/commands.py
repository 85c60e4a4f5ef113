"""`truongso gateway`"""

from __future__ import annotations

import uvicorn

from truongso.lib.datadir import DataDir


def run_gateway() -> None:
    """Serve until SIGTERM; then every page is told to come again."""
    socket = DataDir.from_env().socket("gateway")
    socket.unlink(missing_ok=True)
    uvicorn.run(
        "truongso.realtime.gateway:app",
        uds=str(socket),
        log_level="warning",
        ws="websockets-sansio",
        ws_ping_interval=25,
        ws_ping_timeout=25,
        ws_max_size=65536,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=3,
        access_log=False,
    )
