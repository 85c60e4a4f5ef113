"""Work that a page does not wait for. `@task` names a function, `enqueue` queues it with the change that asks for it."""

from truongso.jobs.registry import Cancelled, JobHandle, Task, task

__all__ = ["Cancelled", "JobHandle", "Task", "enqueue", "task"]


def enqueue(work: "Task", *, owner: "int | None", label: str, **ids: "int | str") -> "Job":
    """Queue `work` in the caller's transaction: it starts after the commit, or never when that rolls back.

    `owner` is the person id who may watch it (None: the system's own), `label` what the page calls it, `ids` what the
    function gets: ids, never bodies. Returns the Job, whose progress page is `job` in the address book.
    """
    from truongso.jobs.actions import queue

    return queue(work, owner=owner, label=label, ids=ids)


from typing import TYPE_CHECKING  # noqa: E402

if TYPE_CHECKING:
    from truongso.jobs.models import Job
