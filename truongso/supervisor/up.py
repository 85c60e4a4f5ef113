"""`truongso up`: the whole product, started, watched and stopped by one small process."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from truongso.lib import env
from truongso.lib.datadir import DataDir
from truongso.supervisor import caddyfile, lock
from truongso.supervisor.children import STEADY_SECONDS, Child, die_with_parent
from truongso.supervisor.cluster import Cluster, stop
from truongso.supervisor.parts import address, children, private_cluster, python
from truongso.supervisor.say import Stop, reason, say

LEAST_DISK = 300 * 2**20
STOP_SECONDS = 25
READY_SECONDS = 60


class Asked(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


class Supervisor:
    def __init__(self, data: DataDir, *, demo: bool) -> None:
        self.data = data
        self.demo = demo
        self.cluster: Cluster | None = None
        self.postgres: subprocess.Popen[bytes] | None = None
        self.children: list[Child] = []
        self.stopping = False
        self.database_back = float("-inf")  # when the database was last started again

    def run(self) -> int:
        signal.signal(signal.SIGTERM, self._asked)
        signal.signal(signal.SIGINT, self._asked)
        try:
            with lock.hold(self.data):
                try:
                    self._start()
                    self._watch()
                finally:
                    self._stop()
        except Asked:
            sys.stdout.write(say("Đã dừng.\n", "Stopped.\n"))
        return 0

    def _asked(self, number: int, frame: FrameType | None) -> None:
        if not self.stopping:
            self.stopping = True
            raise Asked

    # -- starting ------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        sweep_leftovers(self.data)
        port = env.integer("TRUONGSO_PORT", default=8000, low=1, high=65535)
        check_port(port)
        caddyfile.site(port)  # a mode without its domain is told before the database is made
        check_disk(self.data)
        url = os.environ.get("DATABASE_URL", "").strip()
        self.cluster = private_cluster(self.data)
        if self.cluster is not None:
            self.cluster.create()
            self._start_postgres()
            self.cluster.ensure_database()
            url = self.cluster.url
        parts = children(self.data, url)
        self._once(python("truongso", "migrate", "--quiet"), parts[0].env)
        if self.demo:
            self._once(python("truongso", "demo", "--quiet"), parts[0].env)
        caddyfile.write(self.data)
        for part in parts:
            child = Child(part)
            self.children.append(child)
            child.start()
        self._tell()
        self._wait_ready()
        sys.stdout.write(say(f"\nTrường Số đã sẵn sàng: {address()}\n", f"\nTrường Số is ready: {address()}\n"))
        if self.demo:
            sys.stdout.write(say("Đăng nhập thử:\n", "Demo sign-ins:\n"))
            sys.stdout.flush()
            self._once(python("truongso", "demo", "--accounts"), parts[0].env)
        sys.stdout.write(say("Ctrl-C để dừng.\n", "Ctrl-C stops it.\n"))
        sys.stdout.flush()

    def _start_postgres(self) -> None:
        assert self.cluster is not None
        log = (self.data.logs / "postgres.log").open("ab")
        self.postgres = self.cluster.spawn(
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGINT),
        )
        log.close()
        self.cluster.wait_ready(self.postgres)

    def _once(self, command: list[str], more: dict[str, str]) -> None:
        """A command that must succeed before we go on; its own sentence has been printed when it does not."""
        done = subprocess.Popen(command, env=os.environ | more, stdin=subprocess.DEVNULL, preexec_fn=die_with_parent())  # noqa: PLW1509 (one thread)
        try:
            code = done.wait()
        except BaseException:
            done.terminate()
            done.wait()
            raise
        if code:
            raise Stop("Chưa khởi động được; xin xem câu ở trên.", "It did not start; see the sentence above.")

    def _wait_ready(self) -> None:
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            self._look_after()
            if self._healthy():
                return
            time.sleep(0.15)
        raise Stop(
            "Các phần đã chạy nhưng chưa trả lời. Xin chạy: truongso doctor",
            "The parts run but do not answer. Run: truongso doctor",
        )

    def _healthy(self) -> bool:
        from truongso.supervisor.probe import healthz

        return healthz(self.data) == 200

    # -- watching ------------------------------------------------------------------------------------------------

    def _watch(self) -> None:
        while True:
            time.sleep(0.2)
            self._look_after()

    def _look_after(self) -> None:
        changed = False
        if self.cluster is not None and self.postgres is not None and self.postgres.poll() is not None:
            sys.stderr.write("truongso: postgres ended, starting it again\n")
            self._tell()
            self._start_postgres()
            self.database_back = time.monotonic()
            changed = True
        now = time.monotonic()
        for child in self.children:
            changed = child.watch(now, excused=now - self.database_back < STEADY_SECONDS) or changed
        if changed:
            self._tell()

    def _tell(self) -> None:
        """Write what runs where /healthz and the system page read it."""
        parts = {child.part.name: child.state for child in self.children if child.part.name in {"front", "door"}}
        if self.postgres is not None:
            parts["postgres"] = "running" if self.postgres.poll() is None else "restarting"
        draft = self.data.run / "state.json.draft"
        pids = {c.part.name: c.process.pid for c in self.children if c.process}
        if self.postgres is not None:
            pids["postgres"] = self.postgres.pid
        draft.write_text(json.dumps({"parts": parts, "pids": pids, "supervisor": os.getpid()}))
        draft.replace(self.data.run / "state.json")

    # -- stopping ------------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        self.stopping = True
        end = time.monotonic() + STOP_SECONDS
        order = {"front": 0, "door": 1, "web": 1, "gateway": 2, "worker": 3}
        for child in sorted(self.children, key=lambda c: order.get(c.part.name, 9)):
            child.ask_to_stop()
        for child in self.children:
            child.wait_stopped(end)
        if self.postgres is not None:
            stop(self.postgres)
        (self.data.run / "state.json").unlink(missing_ok=True)


def sweep_leftovers(data: DataDir) -> None:
    """Parts that outlived a killed supervisor leave before new ones start; we hold the folder, so they are nobody's.

    PostgreSQL is asked to stop by `Cluster.spawn`: it must write everything down first.
    """
    path = data.run / "state.json"
    try:
        pids: dict[str, int] = json.loads(path.read_text())["pids"]
    except (OSError, ValueError, KeyError):
        return
    left = [pid for name, pid in pids.items() if name != "postgres" and _is_ours(pid, data)]
    for pid in left:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    end = time.monotonic() + 5
    while time.monotonic() < end and any(_is_ours(pid, data) for pid in left):
        time.sleep(0.05)
    path.unlink(missing_ok=True)


def _is_ours(pid: int, data: DataDir) -> bool:
    """Is this process one of this data folder's parts? A number may long belong to somebody else."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return os.fsencode(data.root) in words


def check_port(port: int) -> None:
    """Refuse a port that somebody has, or that we may not take, before anything starts."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Stop(
                    f"Không được phép dùng cổng {port}. Xin đặt TRUONGSO_PORT lớn hơn 1023, ví dụ 8443.",
                    f"Port {port} is not permitted. Set TRUONGSO_PORT above 1023, such as 8443.",
                ) from None
            raise Stop(
                f"Cổng {port} đang có chương trình khác dùng. Xin dừng nó, hoặc đặt TRUONGSO_PORT sang số khác, ví dụ {port + 1}.",
                f"Port {port} is taken by another program. Stop it, or set TRUONGSO_PORT to another number, such as {port + 1}.",
            ) from None


def check_disk(data: DataDir) -> None:
    free = shutil.disk_usage(data.root).free
    if free < LEAST_DISK:
        raise Stop(
            f"Ổ đĩa chứa {data.root} chỉ còn {free // 2**20} MB. Xin dọn bớt, cần ít nhất {LEAST_DISK // 2**20} MB.",
            f"The disk of {data.root} has only {free // 2**20} MB left. Make room: at least {LEAST_DISK // 2**20} MB.",
        )


def up(*, demo: bool) -> int:
    data = prepared()
    return Supervisor(data, demo=demo).run()


def prepared() -> DataDir:
    """The data folder, made when missing; refused with a sentence when it cannot be used."""
    from truongso.lib.datadir import default_root

    data = DataDir.from_env()
    try:
        data.create()
        probe = data.tmp / ".write"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise Stop(
            f"Không dùng được thư mục dữ liệu {data.root}: {reason(error)}. Xin đặt TRUONGSO_DATA={default_root()} hoặc thư mục mà mình ghi được.",
            f"The data folder {data.root} cannot be used: {reason(error)}. Set TRUONGSO_DATA={default_root()} or a folder you may write to.",
        ) from None
    return data
