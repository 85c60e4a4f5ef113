"""The backup file: one encrypted stream (docs/decisions/0004-backup-format.md).

    TRUONGSO-BACKUP 1\\n  |  length of the wrapped key, 4 bytes  |  the key, wrapped by the passphrase (age, scrypt)
    |  a tar, encrypted to that key (age, X25519): manifest.json, database.dump, keys/*, files/*

Both layers are age's own format: with the passphrase, the standard tool opens them even without this program.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pyrage

from truongso.supervisor.say import Stop, reason

MAGIC = b"TRUONGSO-BACKUP 1\n"
MOST_KEY_BYTES = 4096


def wrong_passphrase() -> Stop:
    return Stop(
        "Mật khẩu của bản sao lưu chưa đúng. Chưa có gì bị sửa.",
        "The passphrase of the backup is not right. Nothing was changed.",
    )


def broken(path: Path) -> Stop:
    return Stop(
        f"Tệp {path} không nguyên vẹn (chép dở hoặc đã bị sửa). Xin dùng bản sao lưu khác; chưa có gì bị sửa.",
        f"The file {path} is not whole (half copied, or altered). Use another backup; nothing was changed.",
    )


@contextlib.contextmanager
def writing(path: Path, passphrase: str) -> Iterator[tarfile.TarFile]:
    """A tar that is encrypted into `path` while it is written; a failed one leaves no file behind."""
    identity = pyrage.x25519.Identity.generate()
    wrapped = pyrage.passphrase.encrypt(str(identity).encode(), passphrase)
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("wb") as out:
            draft.chmod(0o600)
            out.write(MAGIC + len(wrapped).to_bytes(4, "big") + wrapped)
            with (
                _piped(lambda source: pyrage.encrypt_io(source, out, [identity.to_public()])) as sink,
                tarfile.open(fileobj=sink, mode="w|", format=tarfile.PAX_FORMAT) as tar,
            ):
                yield tar
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _piped(work: object) -> Iterator[BinaryIO]:
    """Run `work(reader)` beside the body, which writes to the other end of a pipe."""
    incoming, outgoing = os.pipe()
    failure: list[BaseException] = []

    def run() -> None:
        with os.fdopen(incoming, "rb") as source:
            try:
                work(source)  # type: ignore[operator]
            except BaseException as error:
                failure.append(error)
                with contextlib.suppress(OSError):
                    while source.read(1 << 20):  # let the writer end
                        pass

    thread = threading.Thread(target=run)
    thread.start()
    try:
        with os.fdopen(outgoing, "wb") as sink:
            yield cast(BinaryIO, sink)
    finally:
        thread.join()
    if failure:
        raise failure[0]


def unpack(path: Path, passphrase: str, folder: Path) -> None:
    """Decrypt the whole backup into `folder`. Raises Stop, and has touched nothing else, when it is not whole."""
    try:
        source = path.open("rb")
    except OSError as error:
        raise Stop(f"Không mở được {path}: {reason(error)}.", f"Cannot open {path}: {reason(error)}.") from None
    with source:
        identity = _identity(source, path, passphrase)
        try:
            with _extracting(folder) as sink:
                pyrage.decrypt_io(source, sink, [identity])
        except (pyrage.DecryptError, tarfile.TarError, OSError, EOFError, ValueError) as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise Stop("Ổ đĩa không đủ chỗ để khôi phục.", "The disk has no room to restore.") from None
            raise broken(path) from None


def _identity(source: BinaryIO, path: Path, passphrase: str) -> pyrage.x25519.Identity:
    magic = source.read(len(MAGIC))
    if magic.startswith(b"TRUONGSO-BACKUP ") and magic != MAGIC:
        raise Stop(
            "Tệp sao lưu thuộc bản mới hơn chương trình này. Xin cài bản mới rồi khôi phục.",
            "The backup belongs to a newer version than this program. Install that one, then restore.",
        )
    size = int.from_bytes(source.read(4), "big")
    if magic != MAGIC or not 0 < size <= MOST_KEY_BYTES:
        raise Stop(f"{path} không phải là tệp sao lưu của Trường Số.", f"{path} is not a backup of Trường Số.")
    wrapped = source.read(size)
    if len(wrapped) != size:
        raise broken(path)
    try:
        return pyrage.x25519.Identity.from_str(pyrage.passphrase.decrypt(wrapped, passphrase).decode())
    except pyrage.DecryptError:
        raise wrong_passphrase() from None


@contextlib.contextmanager
def _extracting(folder: Path) -> Iterator[BinaryIO]:
    """A sink whose bytes are unpacked as a tar into `folder`."""

    def unpack_all(source: BinaryIO) -> None:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            tar.extractall(folder, filter="data")

    with _piped(unpack_all) as sink:
        yield sink
