"""One `truongso up` on one data folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from truongso.lib.datadir import DataDir
from truongso.supervisor.say import Stop


@contextmanager
def hold(data: DataDir) -> Iterator[None]:
    """Hold the folder while the body runs; a second holder is refused with a sentence. The kernel lets go at death."""
    path = data.run / "up.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            other = path.read_text().strip() or "?"
            raise Stop(
                f"Trường Số đang chạy trên thư mục {data.root} (tiến trình {other}). "
                "Xin dừng bản ấy trước, hoặc đặt TRUONGSO_DATA sang thư mục khác.",
                f"Trường Số already runs on {data.root} (process {other}). "
                "Stop that one first, or set TRUONGSO_DATA to another folder.",
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def is_held(data: DataDir) -> bool:
    """Does `up` run on this folder?"""
    path: Path = data.run / "up.lock"
    if not path.exists():
        return False
    handle = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
