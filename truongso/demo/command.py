"""`truongso demo`: load when empty; `--accounts` lists the sign-ins, one a role (more with --json)."""

from __future__ import annotations

import json
import sys

from truongso.demo.load import load
from truongso.demo.sign_ins import SignIn, sign_ins
from truongso.demo.size import Size
from truongso.people.roles import Role
from truongso.supervisor.say import say


def demo(size: Size) -> int:
    sys.stdout.write(
        say("Đã tạo trường mẫu.\n", "The demo school was made.\n") if load(size)
        else say("Đã có dữ liệu, không tạo lại trường mẫu.\n", "There is data already; nothing was made.\n")
    )  # fmt: skip
    return 0


def tell_sign_ins(*, as_json: bool) -> int:
    found = sign_ins()
    if as_json:
        listed = [{k: getattr(s, k) for k in SignIn.__slots__} for s in found]
        sys.stdout.write(json.dumps(listed, ensure_ascii=False, indent=1) + "\n")
        return 0
    shown: set[str] = set()
    for sign_in in found:
        if sign_in.role in shown:
            continue
        shown.add(sign_in.role)
        second = (
            f"  {say('mã lớp hai', 'second factor')}: {sign_in.totp_now} (truongso demo --accounts)"
            if sign_in.totp_secret
            else ""
        )
        label = str(Role(sign_in.role).label)
        sys.stdout.write(f"  {label:<22} {sign_in.login:<14} {sign_in.password}{second}\n")
    return 0
