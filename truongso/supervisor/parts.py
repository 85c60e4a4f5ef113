"""The parts of the product: how each is started, and how to tell that it serves."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from truongso.lib import env
from truongso.lib.datadir import DataDir
from truongso.supervisor import binaries
from truongso.supervisor.cluster import Cluster

WEB_PROCESSES = 2
WEB_THREADS = 3
DOOR_THREADS = 12


@dataclass(frozen=True)
class Part:
    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)


def python(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


def web_command(
    data: DataDir, name: str = "web", processes: int = WEB_PROCESSES, threads: int = WEB_THREADS
) -> list[str]:
    """gunicorn: bounded threads, connections kept; never met by a slow phone directly."""
    return python(
        "gunicorn", "truongso.wsgi:application", "--worker-class", "gthread", "--workers", str(processes),
        "--threads", str(threads), "--bind", f"unix:{data.socket(name)}", "--timeout", "60", "--graceful-timeout", "20",
        "--keep-alive", "60", "--log-level", "warning", "--worker-tmp-dir", _memory_folder(), "--forwarded-allow-ips", "*",
        "--no-control-socket",
    )  # fmt: skip


def door_command(data: DataDir) -> list[str]:
    """The same pages in a process of its own for signing in: a thousand passwords to hash hold up nobody who is inside.

    Many threads may wait there for the one hash at a time; measured in docs/decisions/0001.
    """
    return web_command(data, "door", 1, DOOR_THREADS)


def _memory_folder() -> str:
    return "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp"  # noqa: S108


def children(data: DataDir, database_url: str) -> list[Part]:
    """What runs beside the database, in the order of starting."""
    shared = {"DATABASE_URL": database_url, "TRUONGSO_DATA": str(data.root), "TMPDIR": str(data.tmp)}
    # Each hash takes 19 MB; with an arena a thread the C library kept that twelve times over (measured: 320 to 147 MB).
    shared |= {"MALLOC_ARENA_MAX": "2"}
    return [
        Part("web", web_command(data), shared),
        Part("door", door_command(data), shared),
        Part("gateway", python("truongso", "gateway"), shared),
        Part("worker", python("truongso", "worker"), shared),
        Part("front", [binaries.caddy(), "run", "--config", str(data.caddy / "Caddyfile"), "--adapter", "caddyfile"],
             {"XDG_DATA_HOME": str(data.caddy), "XDG_CONFIG_HOME": str(data.caddy), "HOME": str(data.caddy), "GOMEMLIMIT": "96MiB"}),
    ]  # fmt: skip


def private_cluster(data: DataDir) -> Cluster | None:
    """The cluster in the data folder, unless DATABASE_URL names another database."""
    return None if os.environ.get("DATABASE_URL", "").strip() else Cluster.of(data)


def address() -> str:
    """Where to open the browser."""
    mode = env.choice("TRUONGSO_TLS", ["localhost", "lan", "domain"], default="localhost")
    port = env.integer("TRUONGSO_PORT", default=8000, low=1, high=65535)
    host = env.text("TRUONGSO_DOMAIN", default="localhost")
    scheme, usual = ("http", 80) if mode == "localhost" else ("https", 443)
    return f"{scheme}://{host}" + ("" if port == usual else f":{port}")
