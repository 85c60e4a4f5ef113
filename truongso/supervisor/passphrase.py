"""Where the passphrase of a backup comes from: the environment, a file, or the keyboard."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from truongso.supervisor.say import Stop, reason, say

SHORTEST = 10


def passphrase(file: str | None, *, new: bool) -> str:
    """TRUONGSO_BACKUP_PASSPHRASE, else the first line of `file`, else asked for (twice when `new`)."""
    found = os.environ.get("TRUONGSO_BACKUP_PASSPHRASE", "")
    if not found and file:
        try:
            found = Path(file).read_text(encoding="utf-8").split("\n", 1)[0].strip()
        except OSError as error:
            raise Stop(f"Không đọc được {file}: {reason(error)}.", f"Cannot read {file}: {reason(error)}.") from None
    if not found:
        found = _ask(new=new)
    if new and len(found) < SHORTEST:
        raise Stop(
            f"Mật khẩu của bản sao lưu cần ít nhất {SHORTEST} kí tự. Mất mật khẩu này thì không ai mở lại được.",
            f"The passphrase of a backup needs at least {SHORTEST} characters. Nobody can open it without.",
        )
    return found


def _ask(*, new: bool) -> str:
    if not sys.stdin.isatty():
        raise Stop(
            "Cần mật khẩu của bản sao lưu: đặt TRUONGSO_BACKUP_PASSPHRASE hoặc dùng --passphrase-file.",
            "A passphrase is needed: set TRUONGSO_BACKUP_PASSPHRASE or use --passphrase-file.",
        )
    first = getpass.getpass(say("Mật khẩu của bản sao lưu: ", "Passphrase of the backup: "))
    if new and getpass.getpass(say("Gõ lại mật khẩu: ", "Type it again: ")) != first:
        raise Stop("Hai lần gõ khác nhau. Xin làm lại.", "The two differ. Try again.")
    return first
