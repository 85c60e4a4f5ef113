"""`truongso audit verify`"""

from __future__ import annotations

import sys

from truongso.audit.verify import verify as walk
from truongso.supervisor.say import say

_FAULTS = {
    "altered": ("Dòng số {entry} của nhật kí đã bị sửa.", "Row {entry} of the log was altered."),
    "missing": ("Dòng thứ {place} của nhật kí đã bị xoá.", "The row at place {place} of the log was deleted."),
    "unchained": ("Dòng số {entry} được chèn vào ngoài chuỗi.", "Row {entry} was inserted outside the chain."),
    "tail": (
        "Phần cuối nhật kí đã bị cắt, từ dòng thứ {place}.",
        "The end of the log was cut off, from place {place}.",
    ),
    "checkpoint": ("Nhật kí đã bị viết lại trước dòng thứ {place}.", "The log was rewritten before place {place}."),
}


def verify() -> int:
    """0 when the chain is whole, 1 when not; one sentence either way."""
    verdict = walk()
    if verdict.fault is None:
        sys.stdout.write(
            say(
                f"Nhật kí nguyên vẹn: {verdict.rows} dòng.\n",
                f"The log is whole: {verdict.rows} rows.\n",
            )
        )
        return 0
    vi, en = _FAULTS[verdict.fault]
    sys.stdout.write(say(vi, en).format(entry=verdict.entry, place=verdict.place) + "\n")
    return 1
