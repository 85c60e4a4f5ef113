"""`truongso restore FILE`: the same school again. Everything is looked at before anything is touched."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from truongso.lib.datadir import DataDir
from truongso.supervisor import archive, lock
from truongso.supervisor.backup import FORMAT
from truongso.supervisor.binaries import postgres_bin
from truongso.supervisor.cluster import Cluster, running
from truongso.supervisor.parts import private_cluster
from truongso.supervisor.passphrase import passphrase
from truongso.supervisor.say import Stop, say

KEPT = ("postgres", "keys", "files")


def restore(file: str, passphrase_file: str | None, *, replace: bool) -> int:
    from truongso.supervisor.up import prepared

    source = Path(file).absolute()
    if not source.is_file():
        raise Stop(f"Không có tệp {source}.", f"There is no file {source}.")
    data = prepared()
    if lock.is_held(data):
        raise Stop(
            "Trường Số đang chạy. Xin dừng trước khi khôi phục.", "Trường Số is running. Stop it before restoring."
        )
    cluster = private_cluster(data)
    if cluster is None:
        raise Stop(
            "Khôi phục vào DATABASE_URL riêng: xin giải nén và dùng pg_restore như trong docs/operating.md.",
            "To restore into DATABASE_URL, unpack and use pg_restore as in docs/operating.md.",
        )
    if cluster.version is not None and not replace:
        raise Stop(
            f"Thư mục {data.root} đã có dữ liệu. Xin đặt TRUONGSO_DATA sang thư mục trống, hoặc thêm --replace để cất dữ liệu cũ sang bên.",
            f"The folder {data.root} holds data. Set TRUONGSO_DATA to an empty folder, or add --replace to put the old data aside.",
        )
    staging = data.root / "restoring"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o711)
    try:
        archive.unpack(source, passphrase(passphrase_file, new=False), staging)
        check(staging, source)
        _rebuild(staging, data)
        aside = _exchange(staging, data)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        _forget_socket(staging)
    sys.stdout.write(say(f"Đã khôi phục vào {data.root}.\n", f"Restored into {data.root}.\n"))
    if aside is not None:
        sys.stdout.write(say(f"Dữ liệu cũ nằm ở {aside}.\n", f"The old data is in {aside}.\n"))
    return 0


def check(staging: Path, source: Path) -> None:
    """Is everything there, and is this program new enough for it?"""
    try:
        manifest = json.loads((staging / "manifest.json").read_text())
        whole = (staging / "database.dump").is_file() and (staging / "keys" / "field").is_file()
    except (OSError, ValueError):
        raise archive.broken(source) from None
    if not whole:
        raise archive.broken(source)
    unknown = sorted(set(manifest["migrations"]) - _known_migrations())
    if manifest["format"] > FORMAT or unknown:
        raise Stop(
            "Bản sao lưu thuộc bản mới hơn chương trình này. Xin cài bản mới rồi khôi phục; chưa có gì bị sửa.",
            "The backup belongs to a newer version than this program. Install that one; nothing was changed.",
        )


def _known_migrations() -> set[str]:
    import django
    from django.apps import apps

    django.setup()
    found = set()
    for config in apps.get_app_configs():
        folder = Path(config.path) / "migrations"
        names = {p.stem for p in folder.glob("[0-9]*.py")} if folder.is_dir() else set()
        found |= {f"{config.label}.{name}" for name in names}
    return found


def _rebuild(staging: Path, data: DataDir) -> None:
    """A cluster beside the old one, filled from the dump. The program's own keys are the backup's from now on."""
    cluster = Cluster(staging / "postgres", DataDir(staging).postgres_sockets)  # a long path gets a short socket
    dump = staging / "database.dump"
    with running(cluster):
        cluster.ensure_database()
        done = subprocess.run(
            [
                postgres_bin(cluster.version) / "pg_restore", "--exit-on-error", "--no-owner", "--no-privileges",
                "--dbname", f"host={cluster.sockets} user=truongso dbname=truongso", dump,
            ],
            capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise Stop(
                f"Không nạp được cơ sở dữ liệu: {done.stderr.strip()}; dữ liệu cũ còn nguyên.",
                f"The database could not be loaded: {done.stderr.strip()}; the old data is untouched.",
            )


def _forget_socket(staging: Path) -> None:
    """A folder with a long path had its socket elsewhere."""
    sockets = DataDir(staging).postgres_sockets
    if staging not in sockets.parents:
        shutil.rmtree(sockets.parent, ignore_errors=True)


def _exchange(staging: Path, data: DataDir) -> Path | None:
    """Put the new parts where the old ones were, which move aside: a few renames."""
    aside: Path | None = None
    if (data.postgres / "PG_VERSION").exists():
        aside = data.root / f"before-restore-{datetime.now():%Y%m%d-%H%M%S}"
        aside.mkdir(mode=0o700)
    (staging / "files").mkdir(exist_ok=True)
    for name in KEPT:
        old = data.root / name
        if aside is not None and old.exists():
            old.rename(aside / name)
        elif old.exists():
            shutil.rmtree(old)
        (staging / name).rename(old)
    for folder in (data.keys, data.files):
        folder.chmod(0o700)
    for key in data.keys.iterdir():
        key.chmod(0o600)
    return aside
