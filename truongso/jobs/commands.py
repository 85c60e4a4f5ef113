"""`truongso worker`"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime

from procrastinate.contrib.django import app

STALLED_SECONDS = 15


def run_worker(queues: list[str] | None = None, concurrency: int = 1) -> None:
    """Work until SIGTERM, which lets the running job finish for 20 s; what is not finished is given back."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_work(queues, concurrency))


async def _work(queues: list[str] | None, concurrency: int) -> None:
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker_app.open_async():
        await _take_back(worker_app)
        await worker_app.run_worker_async(
            queues=queues or [],
            concurrency=concurrency,
            name="truongso",
            shutdown_graceful_timeout=20,
            update_heartbeat_interval=5,
            stalled_worker_timeout=STALLED_SECONDS,
            fetch_job_polling_interval=5,
            delete_jobs="successful",
        )


async def _take_back(worker_app: object) -> None:
    """At the start: what a killed predecessor was doing, as soon as its heartbeat is old enough to be sure."""
    manager = worker_app.job_manager  # type: ignore[attr-defined]

    async def later() -> None:
        for pause in (0, STALLED_SECONDS + 5):
            await asyncio.sleep(pause)
            for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
                await manager.retry_job(stalled, retry_at=datetime.now(UTC))

    _take_back.task = asyncio.create_task(later())  # type: ignore[attr-defined]
