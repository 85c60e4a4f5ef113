"""The data folder: everything of this school that is not the program. One folder, one school, one backup."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from truongso.lib import env

SOCKET_LIMIT = 100  # a unix socket's path may have 107 bytes; leave room for PostgreSQL's own name
SHORT = Path("/tmp")  # noqa: S108 (a folder of ours in it, whose owner is checked)
KEY_BYTES = 32


def default_root() -> Path:
    """A folder that always works: root's is under /var/lib (a 0700 home would shut out the cluster's owner)."""
    if os.geteuid() == 0:
        return Path("/var/lib/truongso")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "truongso"


@dataclass(frozen=True)
class DataDir:
    root: Path

    @classmethod
    def from_env(cls) -> DataDir:
        return cls(env.path("TRUONGSO_DATA", default=default_root()))

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def files(self) -> Path:
        return self.root / "files"

    @property
    def caddy(self) -> Path:
        return self.root / "caddy"

    @property
    def authority(self) -> Path:
        """The root certificate of the install's own authority, which the front makes at its first start with TLS=lan."""
        return self.caddy / "storage" / "pki" / "authorities" / "local" / "root.crt"

    @property
    def mail(self) -> Path:
        return self.root / "mail"

    @property
    def tmp(self) -> Path:
        return self.root / "tmp"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    def create(self) -> None:
        """Make the folders that are missing. The root may be walked through (the cluster's owner does), not listed."""
        self.root.mkdir(parents=True, exist_ok=True)
        self.root.chmod(0o711)
        self.run.mkdir(exist_ok=True)
        self.run.chmod(0o711)
        for folder in (self.keys, self.files, self.caddy, self.mail, self.tmp, self.logs):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)

    def socket(self, name: str) -> Path:
        """Where the socket `name` lives. A folder with a long path gets a short one under /tmp instead: under TMPDIR the
        parts, whose own is in the data folder, would look in another place than whoever started them."""
        path = self.run / f"{name}.sock"
        if len(os.fsencode(path)) <= SOCKET_LIMIT - len("/.s.PGSQL.5432"):
            return path
        mark = sha256(os.fsencode(self.root)).hexdigest()[:16]
        folder = SHORT / f"truongso-{os.geteuid()}-{mark}"
        folder.mkdir(mode=0o711, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            raise PermissionError(f"{folder} belongs to somebody else")
        return folder / f"{name}.sock"

    @property
    def postgres_sockets(self) -> Path:
        """The folder of the private cluster's socket; it belongs to the cluster's owner."""
        return self.socket("pg").with_suffix("")

    def secret(self, name: str) -> bytes:
        """The key `name`: 32 random bytes, made once, atomically, readable by its owner only."""
        path = self.keys / name
        if not path.exists():
            self.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self.keys / f".{name}.{secrets.token_hex(6)}"
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(secrets.token_bytes(KEY_BYTES))
                out.flush()
                os.fsync(out.fileno())
            try:
                path.hardlink_to(draft)  # fails when somebody else was first: then theirs is the key
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        key = path.read_bytes()
        if len(key) != KEY_BYTES:
            raise ValueError(f"{path}: a key has {KEY_BYTES} bytes, this file has {len(key)}")
        return key
