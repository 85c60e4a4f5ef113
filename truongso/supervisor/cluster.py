"""The school's own PostgreSQL: a cluster in the data folder, on a unix socket only, owned by an unprivileged user.

PostgreSQL refuses to run as root. Started by root it belongs to `postgres`, the user that Debian's package makes;
otherwise to whoever starts it. People of this machine are let in by who they are (peer), never by a password.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truongso.lib.datadir import DataDir, default_root
from truongso.supervisor.binaries import postgres_bin
from truongso.supervisor.say import Stop

NAME = "truongso"
ROOTS_OWNER = "postgres"
_ENCODING = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=peer", "--data-checksums"]


@dataclass(frozen=True)
class Cluster:
    folder: Path  # PGDATA
    sockets: Path  # the folder of the socket
    durable: bool = True

    @classmethod
    def of(cls, data: DataDir) -> Cluster:
        return cls(data.postgres, data.postgres_sockets)

    # -- who owns it ---------------------------------------------------------------------------------------------

    @property
    def owner(self) -> pwd.struct_passwd:
        if os.geteuid() != 0:
            return pwd.getpwuid(os.geteuid())
        try:
            return pwd.getpwnam(ROOTS_OWNER)
        except KeyError:
            raise Stop(
                "Chạy bằng root cần người dùng “postgres” của gói postgresql. Xin cài gói postgresql.",
                "Running as root needs the user “postgres” of the package postgresql. Install it.",
            ) from None

    @property
    def identity(self) -> dict[str, Any]:
        """What subprocess needs to become the owner; nothing when we are the owner already."""
        if os.geteuid() != 0:
            return {}
        return {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}

    def _run(self, *command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(part) for part in command],
            capture_output=True, text=True, cwd="/", env=_plain_environment(), **self.identity, **options,
        )  # fmt: skip

    # -- making it -----------------------------------------------------------------------------------------------

    @property
    def version(self) -> int | None:
        """The major version the cluster was made with; None before it is made."""
        with contextlib.suppress(FileNotFoundError):
            return int((self.folder / "PG_VERSION").read_text().strip())
        return None

    @property
    def bin(self) -> Path:
        return postgres_bin(self.version)

    def check_reachable(self) -> None:
        """The owner must be able to walk to the folder; refuse with a sentence that names one that works."""
        parent = self.folder.parent
        if self._run("test", "-x", parent).returncode != 0:
            owner, works = self.owner.pw_name, default_root()
            raise Stop(
                f"Người dùng “{owner}” không vào được thư mục {parent}. "
                f"Xin đặt TRUONGSO_DATA={works}, hoặc cho phép đi qua (chmod o+x) các thư mục ở trên.",
                f"The user “{owner}” cannot reach {parent}. "
                f"Set TRUONGSO_DATA={works}, or let others pass (chmod o+x) the folders above.",
            )

    def create(self) -> None:
        """Make the cluster when there is none. Made beside and renamed: an interrupted attempt leaves nothing."""
        self.sockets.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(self.sockets, self.owner.pw_uid, self.owner.pw_gid)
        self.check_reachable()
        if self.version is not None:
            return
        draft = self.folder.with_name(self.folder.name + ".draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(draft, self.owner.pw_uid, self.owner.pw_gid)
        made = self._run(self.bin / "initdb", "-D", draft, "-U", NAME, *_ENCODING, *([] if self.durable else ["-N"]))
        if made.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            raise Stop(
                f"Không tạo được cơ sở dữ liệu: {made.stderr.strip()}",
                f"The database could not be made: {made.stderr.strip()}",
            )
        if self.folder.exists():
            self.folder.rmdir()
        draft.rename(self.folder)

    def configure(self) -> None:
        """Write the settings of this start: who may come in, where, and how much memory."""
        people = sorted({"root", self.owner.pw_name, pwd.getpwuid(os.geteuid()).pw_name})
        self._write("pg_hba.conf", f"local all {NAME} peer map={NAME}\n")
        self._write("pg_ident.conf", "".join(f"{NAME} {who} {NAME}\n" for who in people))
        lines = [f"{key} = '{value}'" for key, value in self.settings().items()]
        self._write("truongso.conf", "\n".join(lines) + "\n")
        main = self.folder / "postgresql.conf"
        if "truongso.conf" not in main.read_text():
            with main.open("a") as out:
                out.write("\ninclude 'truongso.conf'  # written anew at every start\n")

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(text)
        path.chmod(0o600)
        if os.geteuid() == 0:
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)

    def settings(self) -> Mapping[str, str]:
        """Sized to the machine: an eighth of the memory as shared buffers, 64 MB to 1 GB; they are taken only as used."""
        total_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
        shared = max(64, min(1024, total_mb // 8))
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0777",
            "max_connections": "60",
            "shared_buffers": f"{shared}MB",
            "effective_cache_size": f"{total_mb // 2}MB",
            "work_mem": "8MB",
            "maintenance_work_mem": "64MB",
            "huge_pages": "off",
            "jit": "off",
            "timezone": "Asia/Ho_Chi_Minh",
            "log_timezone": "Asia/Ho_Chi_Minh",
            "logging_collector": "off",
            "max_worker_processes": "2",
            "autovacuum_max_workers": "2",
            "idle_in_transaction_session_timeout": "10min",
        }
        if not self.durable:
            settings |= {
                "fsync": "off",
                "full_page_writes": "off",
                "synchronous_commit": "off",
                "max_connections": "200",
            }
        return settings

    # -- running it ----------------------------------------------------------------------------------------------

    def command(self) -> list[str]:
        return [str(self.bin / "postgres"), "-D", str(self.folder)]

    def spawn(self, **options: Any) -> subprocess.Popen[bytes]:
        """Start the server as our child; the caller waits with `wait_ready` and stops it with SIGINT (fast)."""
        self.clear_leftover()
        self.configure()
        return subprocess.Popen(self.command(), cwd="/", env=_plain_environment(), **self.identity, **options)

    def postmaster(self) -> int | None:
        """The process id of a server that runs on this folder, if one does."""
        try:
            pid = int((self.folder / "postmaster.pid").read_text().splitlines()[0])
            name = Path(f"/proc/{pid}/comm").read_text().strip()
        except (OSError, ValueError, IndexError):
            return None
        return pid if name.startswith("postgres") else None

    def clear_leftover(self) -> None:
        """A server that outlived its supervisor is asked to stop, so that the new one is its child again."""
        pid = self.postmaster()
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        for _ in range(300):
            if self.postmaster() is None:
                return
            time.sleep(0.1)
        raise Stop(
            f"Một PostgreSQL khác (tiến trình {pid}) đang giữ {self.folder}. Xin dừng nó rồi thử lại.",
            f"Another PostgreSQL (process {pid}) holds {self.folder}. Stop it and try again.",
        )

    def ready(self) -> bool:
        return self._run(self.bin / "pg_isready", "-h", self.sockets, "-q", "-t", "2").returncode == 0

    def wait_ready(self, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
        """Until it answers; crash recovery may take a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if process.poll() is not None:
                break
            if self.ready():
                return
            time.sleep(0.05)
        raise Stop(
            f"PostgreSQL không khởi động được. Xin xem dòng lỗi ở trên, hoặc thư mục {self.folder}.",
            f"PostgreSQL did not start. See the lines above, or the folder {self.folder}.",
        )

    def ensure_database(self) -> None:
        """The database `truongso`, made once."""
        there = self.sql("SELECT 1 FROM pg_database WHERE datname = 'truongso'", database="postgres")
        if not there.strip():
            self.sql("CREATE DATABASE truongso", database="postgres")

    def sql(self, statement: str, *, database: str = NAME) -> str:
        done = self._run(
            self.bin / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", self.sockets, "-U", NAME, "-d", database,
            "-c", statement,
        )  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        return done.stdout

    @property
    def url(self) -> str:
        return f"postgresql:///{NAME}?host={self.sockets}&user={NAME}"


def stop(process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    """Fast shutdown: sessions are ended, everything is written; kill only what does not listen."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def running(cluster: Cluster) -> Iterator[str]:
    """For one command while `up` is not running: the server is started, and stopped after. Yields the URL."""
    cluster.create()
    if cluster.postmaster() is not None and cluster.ready():
        yield cluster.url
        return
    process = cluster.spawn(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        cluster.wait_ready(process)
        cluster.ensure_database()
        yield cluster.url
    finally:
        stop(process)


@contextlib.contextmanager
def temporary() -> Iterator[str]:
    """A throw-away cluster for tests: fast, not durable, gone afterwards. Yields the URL of its database."""
    folder = Path(tempfile.mkdtemp(prefix="tspg-"))
    folder.chmod(0o711)
    cluster = Cluster(folder / "postgres", folder / "run", durable=False)
    try:
        with running(cluster) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _plain_environment() -> dict[str, str]:
    """No PG* variable of the caller may lead the server or its tools elsewhere; messages in plain English."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "Asia/Ho_Chi_Minh"}
