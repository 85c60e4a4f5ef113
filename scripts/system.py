"""The machine below the checkout: its packages and its browser, with nothing but Python's own library."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def run(*command: str | Path, **options: object) -> None:
    done = subprocess.run([str(part) for part in command], **options)  # type: ignore[call-overload]
    if done.returncode:
        line = " ".join(str(part) for part in command[:4])
        sys.exit(
            f"“{line} …” không xong (mã {done.returncode}). Xin xem lỗi ở trên, kiểm tra mạng rồi chạy lại lệnh vừa rồi."
        )


def as_root(*command: str) -> list[str]:
    if os.geteuid() == 0:
        return list(command)
    if shutil.which("sudo"):
        return ["sudo", *command]
    sys.exit(f"Cần cài gói của hệ điều hành. Xin nhờ người có quyền root chạy: {' '.join(command)}")


_updated = False


def apt(*packages: str) -> None:
    """Install them; what an interrupted run left half installed is finished first, as dpkg demands.

    The lock may be held for minutes by a fresh machine's own updates: that is waited for. Settings that were written
    before their package came (`postgres`) are kept without a question.
    """
    if not shutil.which("apt-get"):
        sys.exit(f"Máy này không có apt-get. Xin tự cài: {' '.join(packages)}")
    say(f"cài gói: {' '.join(packages)}")
    update()
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_MODE=l"]
    # Its verdict does not count: what still lacks a package is completed by the next line.
    subprocess.run(as_root(*quiet, "dpkg", "--force-confold", "--configure", "-a"), stderr=subprocess.DEVNULL)
    patient = [
        "-y",
        "-qq",
        "--no-install-recommends",
        "-o",
        "DPkg::Lock::Timeout=600",
        "-o",
        "Dpkg::Options::=--force-confold",
    ]
    run(*as_root(*quiet, "apt-get", "install", "--fix-broken", *patient, *packages))


def update() -> None:
    """The lists of packages, once a run. A foreign source that does not answer is no reason to stop: Debian's do."""
    global _updated
    if _updated:
        return
    command = as_root(
        "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "update", "-qq", "-o", "DPkg::Lock::Timeout=600"
    )
    if subprocess.run(command).returncode:
        say("có nguồn gói không trả lời; thử cài từ các nguồn còn lại")
    _updated = True


def half_installed(pattern: str) -> bool:
    """Did an interrupted dpkg leave one of these packages unpacked but not set up?"""
    if not shutil.which("dpkg-query"):
        return False
    asked = ["dpkg-query", "-W", "-f", "${db:Status-Status}\\n", pattern]
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()
    return not {"unpacked", "half-configured", "half-installed"}.isdisjoint(told)


def own_chromium() -> str | None:
    """The machine's Chromium, unless it is Ubuntu's, which only points to snap: a browser in a snap cannot be driven.

    That one is either a link into /snap or a few lines of shell, where the real one is a program or Debian's starter.
    """
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found is None:
            continue
        real = Path(found).resolve()
        if "snap" in real.parts or real.name == "snap" or b"/snap/" in _beginning(real):
            continue
        return found
    return None


def candidate(package: str) -> str | None:
    """The version that apt would install; None when it knows of none."""
    if not shutil.which("apt-cache"):
        return None
    plain = {**os.environ, "LC_ALL": "C"}
    told = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True, check=False, env=plain)
    return candidate_in(told.stdout)


def candidate_in(policy: str) -> str | None:
    """Read `apt-cache policy`: "Installed: (none)" says nothing about the candidate."""
    found = re.search(r"^\s*Candidate:\s*(\S+)", policy, re.M)
    return found[1] if found and found[1] != "(none)" else None


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)
