"""Room on the disk of the data folder. The database stops at a full disk, so files leave it a reserve."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

RESERVE = 200 * 2**20  # no file is taken that would leave less
LEAST = 50 * 2**20  # below it nothing can be relied on: people cannot even sign in


def free(folder: Path) -> int:
    """Bytes that may still be written."""
    return shutil.disk_usage(folder).free


def is_full(error: BaseException | None) -> bool:
    """Does this error, or one it came from, say that the disk is full? PostgreSQL says it with code 53100."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return True
        if getattr(error, "sqlstate", None) == "53100":
            return True
        error = error.__cause__ or error.__context__
    return False
