"""A file that somebody names on the command line."""

from __future__ import annotations

from pathlib import Path

from truongso.supervisor.say import Stop, reason


def content_of(path: Path, most: int) -> bytes:
    """Its bytes, one more than `most` at the most, so that the reader sees that it is too large."""
    try:
        with path.open("rb") as handle:
            return handle.read(most + 1)
    except OSError as error:
        why = reason(error)
        raise Stop(f"Không đọc được tệp {path}: {why}.", f"The file {path} cannot be read: {why}.") from None
