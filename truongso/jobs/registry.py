"""The functions that can be queued, by name, and what each gets in hand."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

TASKS: dict[str, Task] = {}
PROGRESS_SECONDS = 0.5  # a page need not know more often


class Cancelled(Exception):
    """Somebody stopped this job, or another try has taken it over: leave without a trace."""


@dataclass(frozen=True)
class Task:
    name: str
    run: Callable[..., None]
    queue: str = "default"
    retries: int = 5  # tries after the first


@dataclass
class JobHandle:
    """What the running function knows of its job."""

    job_id: int
    attempt: int
    finished: bool = False
    _told: float = field(default=0.0, repr=False)

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Tell the page how far it is; cheap to call often. Raises Cancelled when the work should stop.

        Call it outside transactions: inside one nobody would see it before the commit.
        """
        now = time.monotonic()
        if done < total and now - self._told < PROGRESS_SECONDS:
            return
        self._told = now
        from truongso.jobs import actions

        actions.note_progress(self, done, total, message)

    @contextmanager
    def finishing(self) -> Iterator[None]:
        """Do the effect and finish the job in one transaction: the effect happens exactly once, whoever dies when.

        Raises Cancelled before the effect when another try has taken over or the job was cancelled.
        """
        from truongso.jobs import actions

        with transaction.atomic():
            actions.hold(self)
            yield
            actions.finish(self)


def task(*, queue: str = "default", retries: int = 5) -> Callable[[Callable[..., None]], Task]:
    """Make a function `f(job: JobHandle, **ids)` a Task under its module's and its own name."""

    def declare(function: Callable[..., None]) -> Task:
        app = function.__module__.split(".")[1]
        made = Task(f"{app}.{function.__name__}", function, queue, retries)
        if TASKS.setdefault(made.name, made) is not made and TASKS[made.name].run is not function:
            raise ValueError(f"two tasks are called {made.name}")
        return made

    return declare


def find(name: str) -> Task | None:
    return TASKS.get(name)


Ids = dict[str, Any]
