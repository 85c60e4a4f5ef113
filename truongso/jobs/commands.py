"""`truongso worker`"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import UTC, datetime
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

STALLED_SECONDS = 15


class _OneLine(logging.Filter):
    """A database that went away is one line in the log; the supervisor starts the worker again."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], ConnectorException):
            record.exc_info, record.exc_text = None, None
        return True


def run_worker(queues: list[str] | None = None, concurrency: int = 1, stalled: float = STALLED_SECONDS) -> None:
    """Work until SIGTERM, which lets the running job finish for 20 s; what is not finished is given back.

    A worker that gave no sign of life for `stalled` seconds is taken for dead, and its jobs are taken over.
    """
    for handler in logging.getLogger().handlers:
        handler.addFilter(_OneLine())
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_work(queues, concurrency, stalled))


async def _work(queues: list[str] | None, concurrency: int, stalled: float) -> None:
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    only: dict[str, Any] = {"queues": queues} if queues else {}  # an empty list would mean: no queue at all
    async with worker_app.open_async():
        await _take_back(worker_app, stalled)
        await worker_app.run_worker_async(
            concurrency=concurrency,
            name="truongso",
            shutdown_graceful_timeout=20,
            update_heartbeat_interval=stalled / 3,
            stalled_worker_timeout=stalled,
            fetch_job_polling_interval=5,
            delete_jobs="successful",
            **only,
        )


async def _take_back(worker_app: object, stalled: float) -> None:
    """At the start: what a killed predecessor was doing, as soon as its heartbeat is old enough to be sure."""
    manager = worker_app.job_manager  # type: ignore[attr-defined]

    async def later() -> None:
        for pause in (0, stalled * 1.3):
            await asyncio.sleep(pause)
            for job in await manager.get_stalled_jobs(seconds_since_heartbeat=stalled):
                await manager.retry_job(job, retry_at=datetime.now(UTC))

    _take_back.task = asyncio.create_task(later())  # type: ignore[attr-defined]
