"""Child processes that do not outlive us, and their watch."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from truongso.supervisor.parts import Part

PR_SET_PDEATHSIG = 1
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 15.0
STEADY_SECONDS = 30  # after so long a child's earlier deaths are forgotten
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(sig: int = signal.SIGTERM) -> Callable[[], None]:
    """For preexec: should the supervisor be killed, the kernel tells the child."""
    parent = os.getpid()

    def arrange() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, sig, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)

    return arrange


@dataclass
class Child:
    """One part under watch: started, restarted with growing pauses, stopped."""

    part: Part
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started: float = 0.0
    again_at: float = 0.0
    _stopping: bool = field(default=False, repr=False)

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.part.command, env=os.environ | self.part.env, stdin=subprocess.DEVNULL,
            start_new_session=True, preexec_fn=die_with_parent(),  # noqa: PLW1509 (one thread)
        )  # fmt: skip
        self.started = time.monotonic()

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def state(self) -> str:
        return "running" if self.alive else "restarting"

    def watch(self, now: float, *, excused: bool = False) -> bool:
        """Restart it when it has died and its pause is over; True when something changed.

        Its pause grows with each death; `excused` says that the fault was another's (the database was away).
        """
        if self.alive or self._stopping:
            return False
        if self.process is not None:
            lived = now - self.started
            self.deaths = 1 if excused or lived > STEADY_SECONDS else self.deaths + 1
            code = self.process.returncode
            self._sweep()
            self.process = None
            self.again_at = now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (self.deaths - 1))
            sys.stderr.write(f"truongso: {self.part.name} ended ({code}), starting it again\n")
            return True
        if now >= self.again_at:
            self.start()
            return True
        return False

    def ask_to_stop(self) -> None:
        self._stopping = True
        if self.alive and self.process is not None:
            self.process.terminate()

    def wait_stopped(self, until: float) -> None:
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, until - time.monotonic()))
        self._sweep()
        self.process.wait()

    def _sweep(self) -> None:
        """Whatever the child itself had started goes with it: orphans would answer on its old socket."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
