"""`truongso backup FILE`: database, files and keys in one encrypted file."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from truongso.lib.datadir import DataDir
from truongso.supervisor import archive
from truongso.supervisor.binaries import postgres_bin
from truongso.supervisor.passphrase import passphrase
from truongso.supervisor.say import Stop, reason, say

FORMAT = 1
NOT_KEPT = {"incoming"}  # uploads on their way


def backup(file: str, passphrase_file: str | None) -> int:
    from truongso.cli.commands import database
    from truongso.supervisor.up import prepared

    target = Path(file).absolute()
    if target.is_dir():
        raise Stop(
            f"{target} là một thư mục. Xin cho tên tệp, ví dụ {target / 'truong-so.backup'}.",
            f"{target} is a folder. Name a file, such as {target / 'truong-so.backup'}.",
        )
    if not target.parent.is_dir():
        raise Stop(f"Không có thư mục {target.parent}.", f"There is no folder {target.parent}.")
    secret = passphrase(passphrase_file, new=True)
    data = prepared()
    with database(data):
        dump = data.tmp / f"backup-{os.getpid()}.dump"
        try:
            migrations = _migrations()
            pg_dump(dump)
            write(data, dump, target, secret, migrations)
        except OSError as error:
            raise Stop(
                f"Không ghi được bản sao lưu: {reason(error)}.", f"Cannot write the backup: {reason(error)}."
            ) from None
        finally:
            dump.unlink(missing_ok=True)
    size = target.stat().st_size // 2**10
    sys.stdout.write(say(f"Đã sao lưu vào {target} ({size} kB).\n", f"Backed up into {target} ({size} kB).\n"))
    (data.root / "last-backup").write_text(datetime.now(UTC).isoformat())
    return 0


def conninfo() -> str:
    """How PostgreSQL's tools reach the database that Django uses."""
    from truongso.realtime.conninfo import conninfo as found

    return found()


def _migrations() -> list[str]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def pg_dump(target: Path) -> None:
    tool = postgres_bin() / "pg_dump"
    with target.open("wb") as out:
        target.chmod(0o600)
        done = subprocess.run(
            [tool, "--format=custom", "--no-owner", "--no-privileges", "--dbname", conninfo()],
            stdout=out,
            stderr=subprocess.PIPE,
        )
    if done.returncode:
        raise Stop(
            f"Không xuất được cơ sở dữ liệu: {done.stderr.decode().strip()}",
            f"The database could not be dumped: {done.stderr.decode().strip()}",
        )


def write(data: DataDir, dump: Path, target: Path, secret: str, migrations: list[str]) -> None:
    """Everything into the encrypted tar, the manifest first."""
    manifest = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(),
        "migrations": migrations,
        "database_sha256": _digest(dump),
        "files": sum(1 for path in _files(data)),
    }
    with archive.writing(target, secret) as tar:
        _add_bytes(tar, "manifest.json", json.dumps(manifest, indent=1).encode())
        tar.add(dump, "database.dump")
        for key in sorted(data.keys.iterdir()):
            if key.is_file() and not key.name.startswith("."):
                tar.add(key, f"keys/{key.name}")
        for path in _files(data):
            with contextlib.suppress(FileNotFoundError):  # deleted meanwhile: then it is not in the dump either
                tar.add(path, f"files/{path.relative_to(data.files)}")


def _files(data: DataDir) -> list[Path]:
    found = (path for path in sorted(data.files.rglob("*")) if path.is_file())
    return [path for path in found if path.relative_to(data.files).parts[0] not in NOT_KEPT]


def _digest(path: Path) -> str:
    found = sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(1 << 20):
            found.update(chunk)
    return found.hexdigest()


def _add_bytes(tar: tarfile.TarFile, name: str, body: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(body), 0o600
    tar.addfile(info, BytesIO(body))
